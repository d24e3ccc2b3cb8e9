"""How often true claims are confirmed, and false ones: `python -m tests.bench.claims [--held]`.

The claims are made of XQuAD's paragraphs in both languages (../shared/data/xquad), by rules, so
that their truth is known. True: a sentence as it stands; question and answer as a statement; the
bare answer. False, each with a paragraph that looks as if it said so: a figure moved (another
figure of the paragraph stands in its place), a subject swapped (another name of the paragraph),
negated, half true (the end of a sentence from elsewhere), from another passage, and a question with
the answer to another question of the same paragraph: every word of it stands there, said of
something else. The halves are split by article; thresholds were chosen on the first.
"""

import argparse
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import paths
from app.domain.chat.conversation import TextSpan
from app.domain.evidence.support import support
from app.domain.text.sentences import sentences
from app.engines.embedding.embedder import SentenceEmbedder
from app.stems import stems

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "xquad"
_FIGURE = re.compile(r"(?<![\w.,])\d[\d.,\u00a0 ]*\d|(?<![\w.,])\d(?![\w])")
_NAME = re.compile(r"(?<=[а-яёa-z,] )([A-ZА-ЯЁ][\w’-]{3,})")
_NEGATED = {
    "en": re.compile(r"\b(is|was|were|are|has|had|can|could|would|will|did|does)\b(?! not)"),
    "ru": re.compile(
        r"(?<=\s)(?<!не )([а-яё]{3,}(?:ил|ал|ел|ыл|ила|ала|ела|ыла|или|али|ели|ыли|ует|ают|яют|ает"
        r"|яет|ится|ется|ются))\b"
    ),
}
_ASKING = {
    "ru": re.compile(
        r"\b(кто|что|где|когда|сколько|как|почему|зачем|куда|откуда|чем|чей|чья|чьё|ко(го|му|м)"
        r"|чего|чему|как(ой|ая|ое|ие|ого|ому|ую|им|их|ими)|котор\w+|называ(ется|лся|лась|ют|ли)"
        r"|был[аои]?|является|ли)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(who|whom|whose|what|which|where|when|why|how (many|much|long|old|often)|how|is|was"
        r"|are|were|do|does|did|has|have|had)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Claim:
    """`kind` names how it was made; `question` is what it would answer, "" for none."""

    kind: str
    true: bool
    language: str
    text: str
    question: str
    passage: str


def claims(language: str, *, held: bool, seed: int = 7) -> Iterator[Claim]:
    """Of each paragraph of a half some of each kind."""
    chance = random.Random(f"{seed}{language}")
    paragraphs = list(_paragraphs(language, held=held))
    for place, (context, questions) in enumerate(paragraphs):
        own = [context[start:end] for start, end in sentences(context)]
        own = [each for each in own if 40 <= len(each) <= 260]
        if not own:
            continue
        other = paragraphs[(place + 7) % len(paragraphs)][0]
        sentence = chance.choice(own)
        yield Claim("copied", True, language, sentence, "", context)
        if moved := _moved(chance, sentence, context):
            yield Claim("figure moved", False, language, moved, "", context)
        if swapped := _swapped(chance, sentence, context):
            yield Claim("subject swapped", False, language, swapped, "", context)
        if negated := _negated(sentence, language):
            yield Claim("negated", False, language, negated, "", context)
        if len(own) > 2:
            beginning = sentence[: len(sentence) // 2].rsplit(" ", 1)[0]
            far = [each for each in (other[s:e] for s, e in sentences(other)) if len(each) > 80]
            if far:
                ending = chance.choice(far)
                ending = ending[len(ending) // 2 :].split(" ", 1)[-1]
                yield Claim("half true", False, language, f"{beginning} {ending}", "", context)
        yield Claim("another passage", False, language, sentence, "", other)
        yield from _asked(chance, questions, context, language)


def _asked(
    chance: random.Random, questions: Sequence[tuple[str, str]], context: str, language: str
) -> Iterator[Claim]:
    for question, answer in questions[:3]:
        yield Claim(
            "stated", True, language, _stated(question, answer, language), question, context
        )
        if len(answer.split()) >= 2:
            yield Claim(
                "short", True, language, f"{answer[:1].upper()}{answer[1:]}.", question, context
            )
        wrong = [
            each
            for asked, each in questions
            if asked != question
            and _alike(each, answer)
            and not set(stems(each)) & set(stems(answer))
            and not set(stems(each)) <= set(stems(question))
        ]
        if wrong:
            other = chance.choice(wrong)
            text = _stated(question, other, language)
            yield Claim("other answer", False, language, text, question, context)
            if len(other.split()) >= 2 or re.search(r"\d", other):
                yield Claim("other answer, short", False, language, f"{other}.", question, context)


def _alike(one: str, other: str) -> bool:
    """Of a kind: both with figures, or both names, or neither."""
    figures = [bool(re.search(r"\d", each)) for each in (one, other)]
    names = [each[:1].isupper() for each in (one, other)]
    return figures[0] == figures[1] and names[0] == names[1]


def _stated(question: str, answer: str, language: str) -> str:
    bare = _ASKING[language].sub("", question).strip(" ?¿.").strip()
    bare = " ".join(bare.split())
    return f"{bare[:1].upper()}{bare[1:]} — {answer}."


def _moved(chance: random.Random, sentence: str, context: str) -> str:
    own = _FIGURE.findall(sentence)
    others = [each.strip() for each in _FIGURE.findall(context) if each not in own]
    if not own or not others:
        return ""
    old = chance.choice(own)
    return sentence.replace(old, chance.choice(others), 1)


def _swapped(chance: random.Random, sentence: str, context: str) -> str:
    own = _NAME.findall(sentence)
    known = set(stems(sentence))
    others = [each for each in _NAME.findall(context) if not set(stems(each)) & known]
    if not own or not others:
        return ""
    return sentence.replace(chance.choice(own), chance.choice(others), 1)


def _negated(sentence: str, language: str) -> str:
    if re.search(r"\b(не|ни|нет|not|no|never)\b", sentence, re.IGNORECASE):
        return ""
    if language == "en":
        text, count = _NEGATED["en"].subn(r"\1 not", sentence, count=1)
    else:
        text, count = _NEGATED["ru"].subn(r"не \1", sentence, count=1)
    return text if count else ""


def _paragraphs(language: str, *, held: bool) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    titles = [
        each["title"] for each in json.loads((DATA / "dev.en.json").read_text("utf-8"))["data"]
    ]
    data = json.loads((DATA / f"dev.{language}.json").read_text("utf-8"))["data"]
    for title, article in zip(titles, data, strict=True):
        if (hashlib.sha256(title.encode()).digest()[0] % 2 == 1) == held:
            for each in article["paragraphs"]:
                asked = [(qa["question"], qa["answers"][0]["text"]) for qa in each["qas"]]
                yield " ".join(each["context"].split()), asked


class Judge:
    """The product's own judgement, with its second reader."""

    def __init__(self) -> None:
        kit = paths.find()
        folder = kit.kit / "multilingual-e5-small"
        self._reader = SentenceEmbedder(str(folder), threads=2).second_reader(
            str(kit.resources / "second-reader" / "multilingual-e5-small.safetensors")
        )

    def confirms(self, claim: Claim) -> bool:
        nearness: tuple[float, ...] = ()
        if claim.question:
            spans = [TextSpan(*span) for span in sentences(claim.passage)]
            (read,) = self._reader.read(claim.question, [claim.passage], [spans])
            nearness = read.sentences
        return support(claim.text, claim.passage, claim.question, nearness=nearness).confirmed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--held", action="store_true", help="the half that chose no threshold")
    parser.add_argument("--show", default="", help="a kind whose mistakes are written out")
    arguments = parser.parse_args()
    table: dict[tuple[bool, str, str], list[bool]] = defaultdict(list)
    judge, say = Judge(), sys.stdout.write
    for language in ("ru", "en"):
        for claim in claims(language, held=arguments.held):
            confirmed = judge.confirms(claim)
            table[claim.true, claim.kind, language].append(confirmed)
            table[claim.true, "all", "both"].append(confirmed)
            if claim.kind == arguments.show and confirmed != claim.true:
                say(f"{claim.text}\n   {claim.question}\n   {claim.passage}\n\n")
    say("| | | n | confirmed |\n|---|---|---|---|\n")
    for (true, kind, language), found in sorted(table.items(), key=lambda each: not each[0][0]):
        share = sum(found) / len(found)
        say(
            f"| {kind} | {'true' if true else 'false'}, {language} | {len(found)} | {share:.1%} |\n"
        )


if __name__ == "__main__":
    main()
