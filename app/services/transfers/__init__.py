"""What travels between workspaces in a file of its own.

collections   a collection exported, looked at, and taken in
assistants    the same of an assistant, in the open
"""
