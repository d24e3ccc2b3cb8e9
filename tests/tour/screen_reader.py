"""Reads what a screen reader is told, over AT-SPI: /usr/bin/python3 screen_reader.py APPLICATION

One command a line on standard input, one JSON answer a line. `look` gives the windows of the
application: role, name, description, states, box in pixels of the screen, text and children of all
that is in view. `heard` gives what was announced since the start. The system's Python runs it,
which has libatspi's bindings; so it imports nothing of the house.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

#: Children of one part that are read: a table of a thousand rows is not walked through.
_MOST = 250
#: Signs of a text that are read.
_LONGEST = 4000
_STATES = (
    "SHOWING", "ENABLED", "FOCUSED", "FOCUSABLE", "CHECKED", "SELECTED", "EDITABLE", "MODAL",
    "EXPANDED", "ACTIVE",
)  # fmt: skip


def windows(application: str, menus: list[Any]) -> list[dict[str, Any]]:
    """Its windows, then the menus that popped up: Qt leaves those out among its children."""
    desktop = Atspi.get_desktop(0)
    found: list[dict[str, Any]] = []
    for place in range(desktop.get_child_count()):
        one = desktop.get_child_at_index(place)
        if one is None or one.get_name() != application:
            continue
        for at in range(one.get_child_count()):
            window = one.get_child_at_index(at)
            part = _part(window) if window is not None else None
            if part is not None:
                found.append(part)
    return [*found, *(part for part in map(_part, menus) if part is not None)]


def _part(accessible: Any) -> dict[str, Any] | None:
    """None of what is not in view, or went away while it was read."""
    try:
        held = accessible.get_state_set()
        states = [name for name in _STATES if held.contains(getattr(Atspi.StateType, name))]
        if "SHOWING" not in states:
            return None
        box = accessible.get_extents(Atspi.CoordType.SCREEN)
        children = range(min(accessible.get_child_count(), _MOST))
        parts = [accessible.get_child_at_index(place) for place in children]
        return {
            "role": accessible.get_role_name(),
            "name": accessible.get_name(),
            "about": accessible.get_description(),
            "states": states,
            "box": [box.x, box.y, box.width, box.height],
            "text": _text(accessible),
            "children": [part for part in map(_part, filter(None, parts)) if part],
        }
    except GLib.Error:
        return None


def _text(accessible: Any) -> str:
    interface = accessible.get_text_iface()
    if interface is None:
        return ""
    length = min(interface.get_character_count(), _LONGEST)
    return str(interface.get_text(0, length)) if length else ""


def main() -> None:
    application, heard, menus = sys.argv[1], list[str](), list[Any]()
    loop = GLib.MainLoop()

    def hear(event: Any) -> None:
        heard.append(str(event.any_data))

    def open_menu(event: Any) -> None:
        with suppress(GLib.Error):  # it may be gone already
            if event.detail1 and event.source.get_role_name() == "popup menu":
                menus.append(event.source)

    def answer(stream: Any, _condition: Any) -> bool:
        asked = stream.readline().strip()
        if not asked:
            loop.quit()
            return False
        said = heard if asked == "heard" else windows(application, menus)
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        return True

    Atspi.init()
    listeners = [Atspi.EventListener.new(each) for each in (hear, open_menu)]
    listeners[0].register("object:announcement")
    listeners[1].register("object:state-changed:showing")
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, answer)
    loop.run()


if __name__ == "__main__":
    main()
