"""A chat model on llama.cpp; the way in is `opening.open_chat`, which gives a `chat_model.Llama`.

A thin decode loop over the low-level calls: `kv_cache` knows what was read, `sampler` chooses,
`prompt_lookup` guesses what an answer copies, `stream_decoder` turns bytes of tokens into text,
`adapter` switches LoRA, `memory_file` gives it bytes as a file, `held_files` keeps a model's files
from being cut under it. `smoke_test` is a file's first use, in a child process; `bare_loop` is the
yardstick of `larets bench generate`.
"""
