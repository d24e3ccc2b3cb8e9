"""A GGUF file as a torch module, the very weights that llama.cpp serves; the way in is
`gguf_model.open_model`.

`gguf_file` maps tensors, `families` says how an architecture is laid out, `blocks` and
`torch_blocks` unpack quantised blocks, `packed` and `four_bit` compute with them packed
(`frozen` is what they share), `rounding` computes as llama.cpp rounds. `gguf_out` writes such a
file.
"""
