"""Numbers that tune the program, one frozen value each, with what chose them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. `temperature` 0 takes the likeliest; `seed` None is random.

    `grammar` is GBNF with the root rule "root"; `stop` ends the answer before the string.
    """

    temperature: float = 0.1
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.05
    repeat_window: int = 256
    seed: int | None = None
    max_tokens: int = 512
    stop: tuple[str, ...] = ()
    grammar: str = ""


@dataclass(frozen=True, slots=True)
class Splitting:
    """Passage sizes in the embedding model's tokens. Small passages on paragraph borders, merged
    with their neighbours afterwards, beat everything else tried (facts: retrieval)."""

    target: int = 220
    limit: int = 400


@dataclass(frozen=True, slots=True)
class Retrieval:
    """`candidates` a leg; `dense_weight` of the fused score; `reach` neighbours a side.

    Both legs are put on absolute scales, so that a score means the same for every question and
    also tells whether there is evidence at all (theoretical instead of observed minimum and
    maximum: Bruch et al., arXiv 2210.11934). Passage recall@1 / MRR, cosines of all candidates
    known, 0.65 unless said otherwise:

        XQuAD dev, 578 questions each   ru→ru          en→en          ru→en
        dense alone                     0.917 / 0.952  0.934 / 0.961  0.856 / 0.911
        min-max of the candidates       0.964 / 0.981  0.983 / 0.990  0.858 / 0.913
        absolute, 0.5                   0.967 / 0.983  0.986 / 0.992  0.860 / 0.914
        absolute, 0.6                   0.967 / 0.982  0.986 / 0.992  0.862 / 0.915
        absolute, 0.7                   0.959 / 0.977  0.974 / 0.985  0.860 / 0.914

        long Russian articles (ru-rag, 63 questions, 2,480 passages): min-max 0.381 / 0.467,
        absolute 0.6 0.413 / 0.502, 0.7 0.429 / 0.503

    A neighbour joins a hit when its own score is at least `joins_from` of the hit's: the context
    is better spent on other hits than on neighbours that say nothing. Gold paragraph found within
    250 / 500 / 1,000 / 2,000 tokens:

                       ru-rag (63)           XQuAD ru→ru (193)     ru→en (193)
        all neighbours .46 .52 .65 .76       .55 .98 .99 1.0       .56 .91 .96 .98
        from 0.5       .46 .52 .64 .75       .80 .98 .98 1.0       .78 .93 .97 .98
        from 0.7       .48 .56 .67 .73       .93 .98 .98 1.0       .87 .95 .98 .98
        none           .44 .57 .65 .70       .97 .98 .98 .99       .91 .96 .97 .99
    """

    candidates: int = 60
    dense_weight: float = 0.62
    dense_weight_exact: float = 0.5
    reach: int = 1
    joins_from: float = 0.7
    segments: int = 8

    def nearness(self, embedding_model: str, cosine: float) -> float:
        """A cosine on a scale from 0, nothing in common, to 1. e5's lie between 0.7 and 0.95 for
        anything; other models use the whole range."""
        floor, span = (0.72, 0.2) if "e5" in embedding_model else (0.0, 0.8)
        return min(max((cosine - floor) / span, 0.0), 1.0)

    def least_score(self, embedding_model: str, *, same_language: bool) -> float:
        """Of the best passage, to answer from it. Other models than e5 are not calibrated and
        refuse nothing.

        At 8 % of the answerable questions refused (XQuAD dev as above, the document that answers
        taken away from the candidates): ru→ru 0.461 catches 0.986 of the others, en→en 0.458
        0.997, ru→en 0.145 0.70; ru-rag 0.410 0.62.
        """
        if "e5" not in embedding_model:
            return -1.0
        return 0.44 if same_language else 0.145


@dataclass(frozen=True, slots=True)
class Indexing:
    """When vectors are searched one by one, and how the graph above that is built and renewed.

    `exact_until` passages one matrix of f16 is read from end to end. `connectivity`,
    `expansion_build` and `expansion_search` are HNSW's M, ef_construction and ef. A new graph is
    due when more passages came than `most_new` and than `new_share` of it, or when more than
    `gone_share` of it went. A scope of up to `scope` passages is searched one by one.

    `larets bench index`, 384 dimensions in synthetic clusters, 60 wanted, on one core of a busy
    machine; milliseconds p50 / p95:

        passages  one by one   graph       recall@10  memory  build  whole search  bare
        20,000     2.2 / 12.1  3.4 / 13.6  0.981      19 MB    26 s  27.7 / 68.3   25.1 / 67.9
        50,000     5.8 / 13.0  3.6 /  8.8  1.000      47 MB   181 s  26.4 / 47.0   39.7 / 82.7
        100,000   13.4 / 22.9  4.2 /  9.0  1.000      95 MB   231 s  28.8 / 50.8   85.5 / 223.9

    They cross between 20,000 and 50,000. Up to there one by one costs a tenth of the 60 ms that a
    search may take, and neither minutes of building nor anything of the recall. "bare" is a query
    of USearch and one of FTS5, which scores every passage with any word.
    """

    exact_until: int = 50_000
    connectivity: int = 16
    expansion_build: int = 128
    expansion_search: int = 256
    most_new: int = 20_000
    new_share: float = 0.1
    gone_share: float = 0.15
    scope: int = 10_000


@dataclass(frozen=True, slots=True)
class PromptBudget:
    """Tokens of passages in a prompt, in the chat model's tokens: `usual` until the machine's speed
    is known, then as many as it reads within the user's patience, from `least` to `most`.

    Below about 300 a question often loses its passage (facts: 250 tokens find 0.5 of them, 1,000
    find 0.85); above 2,400 answers of small models get worse rather than better.
    """

    least: int = 300
    usual: int = 1000
    most: int = 2400


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a user chooses. `patience`: seconds until the first word; `use_graphics` False keeps the
    chat model on the processor."""

    patience: float = 15.0
    use_graphics: bool = True


#: Patience that can be chosen, in seconds.
PATIENCES = (5.0, 15.0, 30.0, 60.0)
