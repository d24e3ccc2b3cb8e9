"""What a part of the window says, put together from its labels."""

from typing import Any

#: Of each kind of part the labels in order, and what stands between them.
_LINES: dict[str, tuple[tuple[str, ...], str]] = {
    "AskBoth": (("_checked",), " · "),
    "AssistantCard": (("_name", "_line", "_facts"), "\n"),
    "Doing": (("_thing",), ""),
    "EstimateCard": (("_fits",), ""),
    "FileForm": (("_told",), ""),
    "NoAdaptersYet": (("_text", "_denied"), " "),
    "Origin": (("_signed", "_made"), " "),
    "ReportStep": (("_advised", "_reason"), " "),
    "RunStep": (("_step", "_pace"), " · "),
    "SampleCard": (("_title", "_question"), ": "),
    "SourceCard": (("_text",), ""),
}


def words_of(part: Any) -> str:
    """As a reader would say it; what is empty is left out."""
    names, between = _LINES[type(part).__name__]
    found = [getattr(part, name) for name in names]
    labels = [label for part in found for label in (part if isinstance(part, tuple) else (part,))]
    return between.join(label.text() for label in labels if label.text())
