"""Local models. Heavy libraries are imported inside functions, off the start-up path.

base            what the rest of the house knows of a model: Protocols and values
llama           a chat model on llama.cpp       inspection   what a model file says of itself
served          one on a server of the network
embedding       vectors and cross-encoders      hardware     devices, memory, cores
gguf            a GGUF file as a torch module   lora         adapters on it, written and checked
training        the process that trains; `training_messages` pass between it and the program
fake, fake_training
                deterministic ones for tests
turns           of a conversation, as a model reads them
native          llama.cpp as a library: loaded, silenced, listened to, stopped
parts           whether the part with torch is installed
"""
