"""Named ways to answer: `service.AssistantService`; question `templates`; and `prompts`, the
texts of resources/prompts by their use and language.
"""
