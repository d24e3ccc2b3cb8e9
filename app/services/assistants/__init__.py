"""Named ways to answer: `service.AssistantService`, with `starters` to begin with; question
`templates`; and `prompts`, the texts of resources/prompts by their use and language.
"""
