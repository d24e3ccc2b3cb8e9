"""larets bench ingest: files into a scratch workspace, and where the time goes."""

import tempfile
from pathlib import Path

from app.cli.bench.workspace import scratch_profile
from app.cli.output import Output
from app.cli.session import Session
from app.services.ingest_bench import IngestBench, IngestReport

_STAGES = ("reading", "embedding", "storing", "waiting")


def measure(session: Session, output: Output) -> dict[str, object]:
    """Add PATH with the product's defaults and the models of the kit."""
    arguments = session.arguments
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as scratch:
        services = scratch_profile(session.begin, Path(scratch))
        try:
            services.warm()
            bench = IngestBench(services.library, services.models, output.note)
            report = bench.measure(arguments.path, arguments.limit)
        finally:
            services.close()
    return _values(report)


def _values(report: IngestReport) -> dict[str, object]:
    passages = report.per_second(report.passages)
    return {
        "documents": report.documents,
        "failed": report.failed,
        "pages": report.pages,
        "passages": report.passages,
        "characters": report.characters,
        "seconds": round(report.seconds, 2),
        "pages_per_second": round(report.per_second(report.pages), 2),
        "passages_per_second": round(passages, 2),
        "characters_per_second": round(report.per_second(report.characters), 1),
        "stage_share": {each: round(report.share(each), 4) for each in _STAGES},
        "reading_pages_per_second": round(report.reading_pages, 2),
        "peak_memory": report.memory,
        "embedding_floor_passages_per_second": round(report.floor, 2),
        "ratio_to_floor": round(passages / max(report.floor, 1e-9), 4),
    }
