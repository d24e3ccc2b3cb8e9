"""Make the second reader's LoRA again: `python packaging/second_reader.py rows`, then `train`.

The second reader scores a passage by late interaction: the mean over the question's tokens of the
best cosine with any token of the passage (Khattab and Zaharia, "ColBERT", arXiv 2004.12832), with
the token vectors of the embedding model that is there anyway. The LoRA teaches these vectors, which
were never trained for it, to meet in the passage, and in the sentence, that answers.

`rows` indexes question files (SQuAD JSON, or a list beside its documents) in a scratch workspace
with the product's defaults and writes a row a question: the passage that holds the answer, and the
best candidates that lack it. Questions of one language over documents of another are made of
parallel files. `train` learns from the rows on the processor.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Candidates that are looked at for hard negatives, and kept.
CANDIDATES, NEGATIVES = 20, 6
#: Share of the gold paragraph's words from which on a passage with the answer is the gold one.
GOLD = 0.3
RANK, ALPHA = 16, 16
LEARNING_RATE, WARM_UP = 3e-4, 0.1
QUESTIONS, NEGATIVES_A_STEP = 6, 2
#: The temperature of the loss at the beginning; it is learned.
TEMPERATURE = 25.0
#: Weight of the choice among the passage's sentences beside the choice among passages.
SENTENCES = 0.5
LONGEST_QUESTION, LONGEST_PASSAGE = 64, 224


@dataclass(frozen=True)
class Row:
    """A question, where `answer` stands in `positive`, and passages that lack it; the texts of
    passages begin with their header and a line break."""

    question: str
    answer: str
    positive: str
    negatives: tuple[str, ...]


# -- rows ------------------------------------------------------------------------------------------


def write_rows(sets: Sequence[tuple[Path, Path]], out: Path) -> None:
    """For each pair (questions, documents) the rows of the first file's questions over the second
    file's documents; the same file twice is the usual case."""
    with out.open("w", encoding="utf-8") as file:
        for questions, documents in sets:
            count = 0
            for row in _mined(questions, documents):
                file.write(json.dumps(row.__dict__, ensure_ascii=False) + "\n")
                count += 1
            print(f"{questions} over {documents}: {count} rows")


def _mined(questions: Path, documents: Path) -> Iterator[Row]:
    from app import wiring
    from app.bench.coverage import _share
    from app.bench.questions import read
    from app.bench.workspace import scratch
    from app.domain.exams.expected_words import contains
    from app.domain.progress import NoControl

    with (
        tempfile.TemporaryDirectory(prefix="larets-rows-") as folder,
        scratch(wiring.start) as services,
    ):
        asked = read(questions, Path(folder), None).questions
        found = read(documents, Path(folder), None)  # its articles lie there now
        services.library.add(found.files, NoControl())
        collection = next(iter(services.library.open_collections))
        of_name = {each.name: each.id for each in collection.store.documents()}
        for question, known in zip(asked, found.questions, strict=True):
            document = of_name.get(known.document)
            if document is None or not known.answer:
                continue
            best = max(
                collection.store.passages_of(document),
                key=lambda each: (
                    contains(each.passage.text, known.answer),
                    _share(each.passage.text, known.context)
                    + _share(known.context, each.passage.text),
                ),
                default=None,
            )
            if best is None or _share(best.passage.text, known.context) < GOLD:
                continue
            hits = services.retrieval.find(question.question, CANDIDATES).segments
            ids = [passage for hit in hits for passage in hit.passages if passage != best.id]
            others = collection.store.passages(ids)
            negatives = [
                f"{others[each].passage.header}\n{others[each].passage.text}"
                for each in ids
                if each in others and not contains(others[each].passage.text, known.answer)
            ]
            if negatives:
                positive = f"{best.passage.header}\n{best.passage.text}"
                yield Row(question.question, known.answer, positive, tuple(negatives[:NEGATIVES]))


# -- training --------------------------------------------------------------------------------------


class Trainer:
    """Late interaction on a sentence-transformers folder with a LoRA in training."""

    def __init__(self, folder: Path, threads: int) -> None:
        import torch
        from peft import LoraConfig, get_peft_model
        from transformers import AutoModel, AutoTokenizer

        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        # Without dropout: its random numbers take longer than the layers on a processor.
        base = AutoModel.from_pretrained(
            folder,
            dtype=torch.float32,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        base.embeddings.requires_grad_(False)
        config = LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            target_modules=["query", "key", "value", "dense"],
            exclude_modules=["pooler.dense"],
        )
        self.model = get_peft_model(base, config)
        self.scale = torch.nn.Parameter(torch.tensor(math.log(TEMPERATURE)))

    def run(self, rows: Sequence[Row], steps: int, out: Path) -> None:
        """Train and write the LoRA's matrices as f16 to `out`."""
        import torch

        parameters = [each for each in self.model.parameters() if each.requires_grad]
        optimizer = torch.optim.AdamW([*parameters, self.scale], lr=LEARNING_RATE)
        chance = random.Random(0)
        began, order, losses = time.monotonic(), list[Row](), list[tuple[float, float]]()
        self.model.train()
        for step in range(steps):
            while len(order) < QUESTIONS:
                again = list(rows)
                chance.shuffle(again)
                order += again
            batch, order = order[:QUESTIONS], order[QUESTIONS:]
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * _share_of_rate(step / steps)
            with torch.autocast("cpu", torch.bfloat16):
                passages, sentences = self._losses(batch, chance)
            (passages + SENTENCES * sentences).backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append((float(passages.detach()), float(sentences.detach())))
            if step % 10 == 9:
                mean = [sum(each) / 10 for each in zip(*losses[-10:], strict=True)]
                minutes = (time.monotonic() - began) / 60
                print(
                    f"{step + 1}/{steps} passages {mean[0]:.3f} sentences {mean[1]:.3f}"
                    f" temperature {float(self.scale.exp()):.1f} {minutes:.1f} min",
                    flush=True,
                )
            if step % 100 == 99:
                self.save(out)
        self.save(out)

    def save(self, out: Path) -> None:
        import torch
        from safetensors.torch import save_file

        found = {}
        for name, value in self.model.state_dict().items():
            if "lora_" in name:
                short = name.removeprefix("base_model.model.").replace(".default.weight", "")
                found[short] = value.detach().to(torch.float16).contiguous()
        save_file(found, str(out), {"rank": str(RANK), "alpha": str(ALPHA)})

    def _losses(self, batch: Sequence[Row], chance: random.Random) -> tuple[Any, Any]:
        """The choice of the right passage among all of the batch, and of the right sentences."""
        import torch

        texts: list[str] = []
        right: list[int] = []
        for row in batch:
            right.append(len(texts))
            most = min(NEGATIVES_A_STEP, len(row.negatives))
            texts += [row.positive, *chance.sample(row.negatives, most)]
        questions, asked, _ = self._vectors("query: ", [row.question for row in batch])
        passages, said, offsets = self._vectors("passage: ", texts)
        near = torch.einsum("qid,pjd->qpij", questions, passages).float()
        weight = asked / asked.sum(1, keepdim=True)
        best = near.masked_fill(~said[None, :, None, :].bool(), -1).amax(3)
        scores = (best * weight[:, None, :]).sum(2) * self.scale.exp()
        chosen = torch.nn.functional.cross_entropy(scores, torch.tensor(right))
        parts = []
        for place, (row, at) in enumerate(zip(batch, right, strict=True)):
            masks, good = _sentence_masks(row, offsets[at])
            if masks is None:
                continue
            kept = torch.tensor(masks)
            inside = near[place, at][None].masked_fill(~kept[:, None, :], -1).amax(2)
            logits = (inside * weight[place]).sum(1) * self.scale.exp()
            parts.append(logits.logsumexp(0) - logits[torch.tensor(good)].logsumexp(0))
        return chosen, torch.stack(parts).mean() if parts else scores.sum() * 0

    def _vectors(self, prefix: str, texts: Sequence[str]) -> tuple[Any, Any, Any]:
        """Unit token vectors, which of them count, and their places in the texts."""
        import torch

        longest = LONGEST_QUESTION if prefix == "query: " else LONGEST_PASSAGE
        tokens = self.tokenizer(
            [prefix + text for text in texts],
            padding=True,
            truncation=True,
            max_length=longest,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = tokens.pop("offset_mapping") - len(prefix)
        counted = (offsets[:, :, 1] > 0) & (tokens["attention_mask"] > 0)
        vectors = self.model(**tokens).last_hidden_state
        return torch.nn.functional.normalize(vectors, dim=-1), counted.float(), offsets


def _sentence_masks(row: Row, offsets: Any) -> tuple[list[list[bool]] | None, list[int]]:
    """For each sentence of the positive passage the tokens that lie in it, and the numbers of the
    sentences that hold the answer; None where there is nothing to choose."""
    from app.domain.exams.expected_words import contains
    from app.domain.text.sentences import sentences

    body = row.positive.index("\n") + 1 if "\n" in row.positive else 0
    places = [(int(start), int(end)) for start, end in offsets]
    masks: list[list[bool]] = []
    good: list[int] = []
    for start, end in sentences(row.positive[body:]):
        first, last = start + body, end + body
        mask = [first <= a and b <= last and b > a for a, b in places]
        if not any(mask):
            continue
        if contains(row.positive[first:last], row.answer):
            good.append(len(masks))
        masks.append(mask)
    useful = good and len(good) < len(masks)
    return (masks, good) if useful else (None, [])


def _share_of_rate(done: float) -> float:
    """Linear warm-up, then a cosine to nothing."""
    if done < WARM_UP:
        return done / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (done - WARM_UP) / (1 - WARM_UP)))


def read_rows(paths: Sequence[str]) -> list[Row]:
    """Rows of files of `rows`; "file=N" counts a file N times."""
    rows = []
    for path in paths:
        name, _, times = path.partition("=")
        lines = Path(name).read_text("utf-8").splitlines()
        found = [
            Row(**{**line, "negatives": tuple(line["negatives"])})
            for line in map(json.loads, lines)
        ]
        rows += found * int(times or 1)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    acts = parser.add_subparsers(dest="act", required=True)
    rows = acts.add_parser("rows", help="write what it learns from")
    rows.add_argument("--set", nargs=2, type=Path, action="append", required=True)
    rows.add_argument("--out", type=Path, required=True)
    train = acts.add_parser("train", help="learn from rows")
    train.add_argument("rows", nargs="+", metavar="FILE[=TIMES]")
    train.add_argument("--model", type=Path, required=True, metavar="FOLDER")
    train.add_argument("--steps", type=int, default=600)
    train.add_argument("--threads", type=int, default=2)
    train.add_argument("--out", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    if arguments.act == "rows":
        write_rows(arguments.set, arguments.out)
    else:
        trainer = Trainer(arguments.model, arguments.threads)
        trainer.run(read_rows(arguments.rows), arguments.steps, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
