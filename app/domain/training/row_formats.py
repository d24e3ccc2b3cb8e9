"""How files of rows are written by other programs, and which of their columns are what."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.training.rows import Row


class RowFormat(StrEnum):
    """LARETS: what this program writes. ALPACA: instruction, input, output. SHAREGPT:
    conversations of from and value. MESSAGES: OpenAI's, of role and content. COLUMNS: a column for
    questions and one for answers, by whatever name."""

    LARETS = "larets"
    ALPACA = "alpaca"
    SHAREGPT = "sharegpt"
    MESSAGES = "messages"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class RowColumns:
    """Names of columns; `context` holds the passage that an answer rests on, `added` what belongs
    to the question, "" where there is none."""

    question: str
    answer: str
    context: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class RowFile:
    """What a file looks like: its columns in order, up to a few rows as they would be read, and
    which columns they would come from; `mapping` None where a user has to say, and for
    conversations, which have no columns to choose from."""

    format: RowFormat
    columns: tuple[str, ...]
    sample: tuple[Row, ...]
    mapping: RowColumns | None


#: Names under which columns are found, in lower case.
_QUESTIONS = ("question", "вопрос", "instruction", "инструкция", "prompt", "запрос", "query", "q")
_ANSWERS = (
    "answer", "ответ", "output", "response", "completion", "reply", "answers", "ответы", "a"
)  # fmt: skip
_CONTEXTS = ("context", "passage", "контекст", "отрывок", "фрагмент", "цитата")
_ADDED = ("input", "ввод", "вход")


def proposed(columns: tuple[str, ...]) -> RowColumns | None:
    """Which columns are questions and answers, by their names; None where they are not to be
    found."""
    by_name = {column.strip().strip(":").casefold(): column for column in columns}

    def named(names: tuple[str, ...]) -> str:
        return next((by_name[name] for name in names if name in by_name), "")

    question, answer = named(_QUESTIONS), named(_ANSWERS)
    if not question or not answer:
        return None
    return RowColumns(question, answer, named(_CONTEXTS), named(_ADDED))
