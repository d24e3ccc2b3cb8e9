"""Backups of the workspace: `taking` them while a profile is open, also by a schedule, and putting
one part back; `restoring` whole ones, listing and checking, with nothing but a password at hand.
"""
