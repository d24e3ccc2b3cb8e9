"""The text of HTML, as it is divided into words by what is shown in one line."""

from typing import Any

#: Elements that are not shown.
_UNSHOWN = "//script|//style|//head|//noscript|//template|//select"
#: Elements that stand within a line and do not part a word.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span"
    " strike strong sub sup tt u var wbr".split()
)
#: Attributes that a browser shows or a screen reader speaks.
_SPOKEN = ("alt", "title", "placeholder", "value", "aria-label", "content")


def shown(root: Any) -> str:
    """What is shown, every piece of markup a line of its own."""
    for node in root.xpath(_UNSHOWN):
        node.drop_tree()
    return "\n".join(root.itertext())


def told(data: bytes) -> str:
    """What may be read of a page: its title, options, alternative texts, and all text once more
    with words whole where markup stands inside of them."""
    from lxml import html

    root = html.fromstring(data)
    pieces: list[str] = []
    for node in root.iter():
        if isinstance(node.tag, str):
            inline = node.tag in _INLINE
            pieces += ["" if inline else "\n", node.text or ""]
            pieces += [f"\n{node.get(name)}\n" for name in _SPOKEN if node.get(name)]
        pieces.append(node.tail or "")
    return "".join(pieces)
