"""Questions about a document as a whole, which name nothing that could be searched for: "О чём этот
документ?", "Summarise the main points"."""

import re
from functools import cache

from app.stems import stems

#: What such a question asks for.
_CALL = re.compile(
    r"\bо\s+ч[её]м\b|переска|кратк|\bсуть|содержан|главн|основн|резюм|обзор|тезис|вывод|итог"
    r"|расскаж|summar|\babout\b|overview|\bgist\b|\bmain\b|\bkey\b|\bbrief|outline|conclusion",
    re.IGNORECASE,
)
#: Words that say what kind of a document it is and how it is to be told, and nothing of its matter.
_EMPTY = """
    документ документе файл файле текст тексте договор договоре контракт контракте отчёт отчёте
    письмо письме приказ приказе инструкция инструкции статья статье доклад докладе акт акте
    протокол протоколе презентация презентации таблица таблице книга книге политика регламент
    говорится речь идёт рассказывается написано сказано изложено перескажи перескажите пересказ
    расскажи расскажите опиши опишите сделай сделайте дай дайте составь напиши назови перечисли
    кратко краткий краткое вкратце коротко подробно двух трёх словах предложениях абзацах пунктах
    суть содержание главное главные главная основное основные основная мысль мысли идея идеи
    пункты тезисы условия положения моменты выводы итоги резюме обзор пожалуйста данный данном
    about document file text contract agreement report letter order manual article paper minutes
    presentation spreadsheet book policy summary summarise summarize overview gist outline brief
    briefly short shortly main key point points idea ideas term terms condition conditions
    conclusion conclusions content contents message tell give write make describe say says said
    please few words sentences bullet bullets one two three all whole entire
"""


def calls_for_whole(question: str) -> bool:
    """Whether it may ask what a document says as a whole, by the words that ask for it."""
    return bool(_CALL.search(question))


def asks_about_whole(question: str) -> bool:
    """Whether it asks what a document says and names nothing that stands in it."""
    return calls_for_whole(question) and _empty_stems().issuperset(stems(question))


@cache
def _empty_stems() -> frozenset[str]:
    return frozenset(stems(_EMPTY))
