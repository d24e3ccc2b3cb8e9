"""larets bench index: search over many synthetic passages, beside bare USearch and FTS5."""

import tempfile
from pathlib import Path

from app.cli.output import Output
from app.cli.session import Session
from app.services.index_bench import IndexBench, Spread


def measure(session: Session, output: Output) -> dict[str, object]:
    """Fill a scratch collection with `--vectors` passages, build its index and ask it."""
    arguments = session.arguments
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as scratch:
        bench = IndexBench(Path(scratch), output.note)
        report = bench.measure(arguments.vectors, arguments.dimensions)
    return {
        "vectors": arguments.vectors,
        "fill_seconds": round(report.fill, 1),
        "build_seconds": round(report.build, 1),
        "memory": report.memory,
        "file_size": report.file_size,
        "search_ms": _milliseconds(report.search),
        "exact_ms": _milliseconds(report.exact),
        "graph_ms": _milliseconds(report.graph),
        "words_ms": _milliseconds(report.words),
        "hybrid_ms": _milliseconds(report.hybrid),
        "bare_ms": _milliseconds(report.bare),
        "hybrid_ratio": round(report.ratio, 3),
        "recall@10": round(report.recall, 4),
    }


def _milliseconds(spread: Spread) -> dict[str, float]:
    return {"p50": round(spread.p50, 2), "p95": round(spread.p95, 2)}
