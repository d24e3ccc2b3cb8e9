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
    """`candidates` a leg; `dense_weight` of the normalised fusion; `reach` neighbours a side."""

    candidates: int = 60
    dense_weight: float = 0.65
    keyword_weight_exact: float = 0.6
    reach: int = 1
    segments: int = 8

    def least_cosine(self, embedding_model: str, *, same_language: bool) -> float:
        """Below this the nearest passage has nothing to do with the question.

        e5, half of XQuAD dev indexed, 150 questions each: at 0.815 in one language 3–6 % of the
        answerable ones are refused and 86–95 % of the others caught; across languages cosines lie
        lower (at 0.79 already 45 % refused). Other models are not calibrated and refuse nothing.
        """
        if "e5" not in embedding_model:
            return -1.0
        return 0.815 if same_language else 0.76


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
