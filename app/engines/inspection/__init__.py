"""What a model file says of itself, believed by nobody: `header` (shape, quantisation, licence),
`chat_template` (a family's marks worked out of its template, tried by `template_trial` in a `child`
process), `chat_format` (the families that are known).
"""
