"""What `larets bench` measures, each kind beside the simplest thing that could work.

The way in is `measure(begin, arguments, note)` of each module that is named after a kind; it makes
a scratch workspace with the product's defaults, and returns what the command prints. Nothing of the
user's is touched.

    retrieval   is the right passage found, and how early      questions, coverage: what is asked
    answers     are questions answered rightly, from the right passage, how soon
                answer_scores: by which rules   peers: other ways with the same models
    reading     are the words of files read, and read right      independent: what others see
    ingest      files into a library, and where the time goes
    index       search over many passages, beside bare USearch and FTS5     synthetic: the passages
    department  search and queue of a department's server, beside bare SQL
    generate    our streaming path beside a bare llama.cpp loop
    train       our training beside a plain transformers and peft loop
"""
