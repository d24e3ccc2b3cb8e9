"""What is too much for the local interface, and why."""

MB = 1 << 20
#: A question with its conversation; a million characters are far more than a model reads.
BODY = 1 * MB
#: Files that are added at once stay in memory until they are read.
FILES_BODY = 64 * MB
FILES = 20
#: Bytes of a request's headers, and connections that are open at once.
HEADERS, CONNECTIONS = 16_384, 256
#: Seconds within which a request has to have arrived, and an idle connection is closed.
ARRIVES, IDLE = 30, 15
#: Requests that wait in a lane, of all keys and of one: an answer takes seconds, and whoever is far
#: behind had better ask again later.
WAITING, WAITING_EACH = 64, 16
#: Requests of one key a minute.
A_MINUTE = 600
#: Seconds after which a program that was turned away may ask again.
AGAIN = 5
#: Texts that are embedded at once, characters of each, passages of a search or a document.
TEXTS, CHARACTERS, PASSAGES = 256, 32_000, 100
#: Turns of a conversation that are looked at.
TURNS = 200
#: Tokens of an answer.
ANSWER = 4096
