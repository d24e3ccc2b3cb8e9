"""larets bench generate: our streaming path beside a bare llama.cpp loop, and how fast it stops."""

import sys
import tempfile
from pathlib import Path

import psutil

from app.cli.bench.workspace import scratch_profile
from app.cli.output import Output
from app.cli.session import Session
from app.services.speed import SpeedService


def measure(session: Session, output: Output) -> dict[str, object]:
    """Measure in a scratch workspace, with the model that is used by default or `--model`."""
    arguments = session.arguments
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as scratch:
        services = scratch_profile(session.begin, Path(scratch))
        try:
            if arguments.model:
                services.models.use(arguments.model)
            speed = SpeedService(services.inference, services.answers)
            report = speed.measure(arguments.tokens, arguments.stops, output.note)
        finally:
            services.close()
    return {
        "app_tokens_per_second": round(report.ours, 2),
        "bare_tokens_per_second": round(report.bare, 2),
        "ratio": round(report.ratio, 4),
        "first_token_ms": {
            "cold": round(report.cold_ms, 1),
            "follow_up": round(report.follow_up_ms, 1),
        },
        "stop_ms": {"p50": round(report.stop_ms_p50, 2), "p95": round(report.stop_ms_p95, 2)},
        "peak_memory": _peak_memory(),
        "memory": {
            "reported": report.memory.reported,
            "resident": report.memory.resident,
            "ratio": round(report.memory.resident / max(report.memory.reported, 1), 4),
        },
    }


def _peak_memory() -> int:
    """Bytes that were resident at most."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
