"""Larets: ask your own documents, offline, encrypted, with a model that you can teach.

The map of the house. An import may only point down; import-linter keeps it so.

    __main__   arguments, the log, the three excepthooks; then the window or a command
    wiring     the only place that builds objects: start() before unlocking, its open() after
    ui | cli   everything Qt | the same services without a screen
    bench      what `larets bench` measures
    services   what a user can do, one synchronous function an act; jobs.py runs the slow ones
    engines | documents | store
               local models | file → blocks with locators | encrypted databases and files
    domain     values and rules
    processes  what every process of the program gives up at its start
    log | paths | offline | stems | heap | guesses
               what happened, without a user's words | where data lies | no sockets, proven |
               words to stems | memory given back | what a password is worth

Each noun (chat, library, retrieval, memory, models, training, profiles) is a room of its own in
every layer, and the rooms of a layer lean one way; a room's docstring is its map. app/README.md
draws the three ways through, CONTRIBUTING.md says where a new thing goes.

Slow work: services.jobs.Worker. `answers` is the inference worker thread, `indexing` embeds what
`reading-ahead` parsed (services.library.ingest; the database lies between them), `attaching` and
`attaching-ahead` do so for the files of one conversation, `reading` loads what is looked at,
`background` does the rest. Pages begin work through ui.acts.Acts alone, which says what fails;
callbacks reach the window through ui.main_thread.MainThread.post, and only there.
Child processes, each of which calls processes.begin first: parsers (documents.reading.sandbox; the
one that reads a database on a server is the only process that may open a socket, to that server,
and is started by processes.launcher), a model's first use
(engines.llama.smoke_test) and the chat template of an unknown one
(engines.inspection.template_trial), so that no file can bring the program down; the graph over many
vectors (store.index.graph_building), so that building it holds nothing up; what embeds and reranks
(engines.embedding.process), so that loading torch holds up nothing either: it starts while a
password is typed, is heard on a thread of its own, and ends when idle or with the profile; and a
training (engines.training.process), which outlives a lock: services.training.runs listens to it on
a thread of its own and writes what it saves under a key of its own.
Each child's standard error goes through a pipe to the log (log.ChildStderr).
Nothing at module level holds state, so a lock leaves nothing behind; but for the log and the
guard of the network, which are the process's own.
"""

__version__ = "0.1.0"
