"""What a user can do: one synchronous function an act. No Qt, no SQL, no model runtime.

session         what a window or a command holds: Start before unlocking, Services after it
chat            a question's way to its checked answer
questions       those that have several sides, or ask for a set of documents
conversations   turns kept, found, exported; titles and further questions
memory          summaries, notes, and what earlier conversations say to a question
library         collections and documents: added, read, embedded, watched, looked at
retrieval       passages for a question          searchable   what a search needs of a collection
department      collections on a server, shared by many
models          chat, embedding and reranking models; adapters and their files
datasets        rows to train from          training   runs, and what comes of them
assistants      named ways to answer, question templates, prompts
profiles        profiles, roles, preferences          health   is everything well?
administration  members, rights to collections, the audit log, losses
statistics      how the program serves, what the library lacks
transfers       collections as encrypted, signed files, assistants as files
exams           test questions of assistants, and what comes of them
interface       what other programs may do, and the keys with which they ask
backups         snapshots taken, checked and restored      salvage   what damage has left, exported
wording         errors in words          reachable  errors when the data folder has gone
jobs, events    the one way for slow work, the one way to tell of a change
"""
