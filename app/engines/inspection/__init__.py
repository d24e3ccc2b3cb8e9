"""What a model file says of itself, believed by nobody: `header` (shape, quantisation, licence),
`chat_template` (a family's marks worked out of its template, tried by `template_trial` in a `child`
process), `chat_format` (the families that are known).

Before that `model_file` says whether a file is a chat model at all: by where everything lies in it
(`gguf_layout`), whether llama.cpp knows its `architectures`, or which `foreign_file` it is.
"""
