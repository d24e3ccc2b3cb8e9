"""Numbers that tune the program, one frozen value each, and what a user may choose (Preferences).

The measurements behind them are tables in tests/bench/results, cited by their names.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. `temperature` 0 takes the likeliest; `seed` None is random.

    `grammar` is GBNF with the root rule "root"; `stop` ends the answer before the string.
    """

    temperature: float = 0.0
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
    with their neighbours afterwards, beat everything else tried (results/retrieval.md)."""

    target: int = 220
    limit: int = 400


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How passages are found (results/retrieval.md).

    `candidates` come from each retriever. `dense_weight` is the dense one's in the fused score,
    `dense_weight_exact` where the question names something exactly: quoted words, numbers, codes.
    `document_boost` is what a passage gains by its document's best ones. A neighbour of up to
    `neighbour_window` passages on either side joins a hit when its own score is at least
    `neighbour_ratio` of the hit's: the context is better spent on other hits than on neighbours
    that say nothing. `segments` are given at most. `nearly` so
    much evidence as is needed an answer may be tried.
    """

    candidates: int = 60
    dense_weight: float = 0.6
    dense_weight_exact: float = 0.5
    document_boost: float = 0.3
    margin_weight: float = 0.75
    nearly: float = 0.12
    neighbour_window: int = 1
    neighbour_ratio: float = 0.8
    segments: int = 8

    def evidence(self, score: float, margin: float) -> float:
        """What speaks for an answer in the best passage: its score, and how far the nearest one
        stands out. The score alone would need another threshold for every collection
        (results/calibration.md)."""
        return score + self.margin_weight * margin


@dataclass(frozen=True, slots=True)
class Reranking:
    """How many candidates a cross-encoder reads: what it manages in `seconds`, from `least` to
    `most`; too many make the order worse (arXiv 2411.11767), 20 to 50 are usual."""

    seconds: float = 1.0
    least: int = 8
    most: int = 40


@dataclass(frozen=True, slots=True)
class SecondReading:
    """How many candidates the second reader reads, and what its word counts
    (results/second-reader.md): as many as it manages in `seconds`, from `least` to `most`. `weight`
    is its share of the score."""

    seconds: float = 0.6
    least: int = 8
    most: int = 30
    weight: float = 0.3


@dataclass(frozen=True, slots=True)
class Ingesting:
    """`ahead` passages are read before reading waits for the embedding; `batch` of them are sorted
    by length together, across documents; `step` are embedded between two looks at Stop. Of a table
    the first `table_vectors` passages have vectors, all others are found by their words: a million
    rows would take half a day, and what is asked of rows is their names and numbers.
    """

    ahead: int = 1024
    batch: int = 512
    step: int = 64
    table_vectors: int = 5000


@dataclass(frozen=True, slots=True)
class Indexing:
    """When vectors are searched one by one, and how the graph above that is built and renewed
    (results/index.md).

    `exact_until` passages one matrix of f16 is read from end to end. `connectivity`,
    `expansion_build` and `expansion_search` are HNSW's M, ef_construction and ef. A new graph is
    due when more passages came than `most_new` and than `new_share` of it, or when more than
    `gone_share` of it went. A scope of up to `scope` passages is searched one by one.
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

    Below about 300 a question often loses its passage, above 2,400 answers of small models get
    worse rather than better (results/generation.md).
    """

    least: int = 300
    usual: int = 1000
    most: int = 2400


@dataclass(frozen=True, slots=True)
class EvidenceChoice:
    """What an ordinary question's prompt holds of the passages: the sentences that meet the
    question best, of `tokens` in all (results/answers.md); the first `least` passages come before
    more of one of them."""

    tokens: int = 240
    least: int = 2


@dataclass(frozen=True, slots=True)
class RowWriting:
    """How rows are written from documents. `gold` and `passages`: tokens of the passage that holds
    the answer and of all of a row, in the chat model's own: what a training step costs grows with
    them, and 600 leave room for three passages in the 1,024 that fit 8 GB (results/training.md).
    `distractors` at most; one row in `unanswered` lacks the answer: 15–20 % teach to refuse
    without teaching to refuse always. `most` questions a passage. A row and its second reading
    take up to `row_tokens` and `check_tokens`.
    """

    gold: int = 300
    passages: int = 600
    distractors: int = 3
    unanswered: int = 6
    most: int = 3
    row_tokens: int = 300
    check_tokens: int = 96


@dataclass(frozen=True, slots=True)
class IdleWork:
    """What the model may do while nobody waits. A title is written where that takes `title_seconds`
    at most; further questions come by themselves from these speeds on, in tokens a second."""

    title_seconds: float = 4.0
    title_tokens: int = 24
    suggest_tokens: int = 160
    least_prompt_speed: float = 200.0
    least_answer_speed: float = 20.0

    def suggests(self, prompt_speed: float, answer_speed: float) -> bool:
        return prompt_speed >= self.least_prompt_speed and answer_speed >= self.least_answer_speed


@dataclass(frozen=True, slots=True)
class SummaryWriting:
    """A part of a conversation is `turns` questions with their answers at most, of which the model
    reads so many characters, and writes `tokens`: so a turn costs no more than some 300 tokens read
    and 60 written, however long the conversation is."""

    turns: int = 6
    question: int = 400
    answer: int = 700
    tokens: int = 420


@dataclass(frozen=True, slots=True)
class Recalling:
    """What of earlier conversations a prompt may hold: `most` summaries and notes, of `tokens` in
    all, from a `nearness` on (results/memory.md).
    """

    most: int = 3
    tokens: int = 240
    nearness: float = 0.5


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a user chooses. `patience`: seconds until the first word; `use_graphics` False keeps the
    chat model on the processor; `suggest` further questions, None where the machine is quick
    enough; `send_by_enter` False sends by Ctrl+Enter alone; `summarise` conversations while nobody
    asks; `lock_after` minutes without a key or the mouse, 0 never."""

    patience: float = 15.0
    use_graphics: bool = True
    suggest: bool | None = None
    send_by_enter: bool = True
    summarise: bool = True
    lock_after: int = 15


#: Patience that can be chosen, in seconds.
PATIENCES = (5.0, 15.0, 30.0, 60.0)
#: Minutes until Larets locks itself; 0 never.
LOCKS = (5, 15, 30, 60, 0)
