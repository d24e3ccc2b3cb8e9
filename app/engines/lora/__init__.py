"""LoRA on a torch model: `lora` attaches it by peft, `lora_layer` makes each way one operation,
`gguf_adapter` writes it as llama.cpp reads it, `export_check` proves that both compute the same.
"""
