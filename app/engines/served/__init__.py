"""A chat model on servers of one's own network; the way in is `chat_model.open_served`. `endpoint`
speaks to one server, at the local socket of a relay.
"""
