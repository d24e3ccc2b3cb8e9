"""larets assistants compare

With --json prints "comparisons": of each pair "one" and "other", "wins" and "losses" of the first,
"ties", of which so many were "alike" and "bad", and "wins_95", the 95 % interval of the share of
wins among the questions where one was better.
"""

from app.cli.output import Output
from app.cli.session import Session
from app.domain.exams.blind import Tally, Variant


def compare(session: Session, output: Output) -> None:
    """What this profile preferred in the window, where the answers stand side by side."""
    with session.opened() as services:
        if session.arguments.reset:
            services.blind.reset()
        tallies = services.blind.tallies()
    rows = [_row(each) for each in tallies]
    output.result(
        {"comparisons": rows}, "\n".join(map(_line, tallies)) or "Nothing was compared yet."
    )


def _row(tally: Tally) -> dict[str, object]:
    return {
        "one": _variant(tally.one),
        "other": _variant(tally.other),
        "wins": tally.wins,
        "losses": tally.losses,
        "ties": tally.ties,
        "alike": tally.alike,
        "bad": tally.bad,
        "wins_95": list(tally.interval),
    }


def _variant(variant: Variant) -> dict[str, object]:
    return {
        "assistant": variant.name or None,
        "version": variant.version or None,
        "model": variant.model,
        "adapters": not variant.bare,
    }


def _line(tally: Tally) -> str:
    line = (
        f"{_spoken(tally.one)}  against  {_spoken(tally.other)}\n"
        f"    wins {tally.wins}, losses {tally.losses}, ties {tally.ties}"
    )
    if tally.wins + tally.losses:
        low, high = tally.interval
        line += f"; of those that differ {low:.0%} to {high:.0%} are won (95 % interval)"
    return line


def _spoken(variant: Variant) -> str:
    version = f" version {variant.version}" if variant.version else ""
    bare = ", without adapters" if variant.bare else ""
    return f"{variant.name or 'no assistant'}{version} ({variant.model}{bare})"
