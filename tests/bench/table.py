"""The report as a Markdown table: means, and differences from Larets with their intervals."""

from typing import Any

_COLUMNS = (
    "found@250", "found@500", "found@1000", "found@2000", "passage@1", "passage@5", "document@1",
    "page@5", "sent",
)  # fmt: skip


def table(report: dict[str, Any]) -> str:
    """One row a contestant; * where the interval of the difference does not hold 0."""
    measured = report["measured"]
    columns = [each for each in _COLUMNS if each in measured["larets"]]
    lines = [
        f"{report['set']}: {report['questions']} questions, {report['documents']} documents; "
        f"difference from Larets [95 %, {report['resamples']} resamples]",
        "",
        "| | " + " | ".join(columns) + " | tokens sent |",
        "|---" * (len(columns) + 2) + "|",
    ]
    for name, row in measured.items():
        cells = [_cell(row[each]) for each in columns]
        lines.append(f"| {name} | {' | '.join(cells)} | {row['sent_tokens']['mean']:.0f} |")
    return "\n".join(lines)


def _cell(value: dict[str, float]) -> str:
    if "low" not in value:
        return f"{value['mean']:.3f}"
    mark = "*" if value["low"] > 0 or value["high"] < 0 else ""
    return f"{value['mean']:.3f} [{value['low']:+.2f} {value['high']:+.2f}]{mark}"
