"""Values and rules. Standard library only: no files, clock, threads, or text for users.

errors      every failure that is expected, as one tree that carries facts
events      what changed      progress   what slow work may do while it runs
settings    numbers that tune the program, with what chose them      roles   who may do what
policies    what is decided for everybody      losses   what a workspace lost
passwords   which are refused, and why      access_keys   with which other programs ask
backups     what is told of them, which of them stay      repairs   of what can be mended
salvage     what came out of damaged data
transfers   a collection in a file, and who sent it      storage   what takes room
statistics  how the program serves      intervals   how far a counted share may be off
department  people who share a server
chat, questions, evidence, library, retrieval, memory, models, training, exams, text
            the nouns of the house; each room's docstring says what stands in it
"""
