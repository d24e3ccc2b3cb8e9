"""What a model proposes as a conversation's title, made fit or refused; and the line below it."""

import re

from app.domain.text import language

_MOST_WORDS, _LONGEST = 6, 60
_LEADING = re.compile(
    r"(?:title|heading|subject|заголовок|название|тема)(?: разговора| беседы)?\s*[:—–-]\s*",
    re.IGNORECASE,
)
_DECORATION = " \t\"'«»“”„`*_#.:;,—–-"
#: Words of an answer or of an excuse; no heading has them.
_EXCUSE = re.compile(
    r"\b(?:извин\w*|к сожалению|не могу|я не|как (?:ии|языковая)|в документах нет|sorry|i cannot|"
    r"i can't|i am|i'm|as an ai|unable|documents do not|here is|sure|конечно|вот)\b",
    re.IGNORECASE,
)


#: Signs of Markdown, rules of tables, and marks of citations.
_MARKUP = re.compile(r"^\s*[>#-]+\s|\|[\s|:-]*|\*\*|`|\s*\[\d{1,3}\]", re.MULTILINE)


def accepted(said: str, question: str) -> str | None:
    """The title in one line; None for an excuse, a sentence, another language or the question
    itself."""
    lines = [line for line in said.splitlines() if line.strip(_DECORATION)]
    if not lines:
        return None
    line = _LEADING.sub("", lines[0].strip(_DECORATION), count=1)
    line = " ".join(line.split()).strip(_DECORATION)
    words = re.findall(r"\w+", line)
    if not words or len(line.split()) > _MOST_WORDS or len(line) > _LONGEST or _EXCUSE.search(line):
        return None
    if language.of(line) != language.of(question) or line.endswith("?"):
        return None
    if [word.casefold() for word in words] == re.findall(r"\w+", question.casefold()):
        return None
    return line[0].upper() + line[1:]


def preview(text: str) -> str:
    """An answer in one line without its Markdown: tables and lists as the words in them."""
    return " ".join(_MARKUP.sub(_blank, text).split())


def _blank(sign: re.Match[str]) -> str:
    """Emphasis stands within words; all else parts them."""
    return "" if sign[0] in ("**", "`") else " "
