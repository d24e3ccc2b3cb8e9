"""Signs that Word takes from a font of pictures or Greek (`w:sym`: ECMA-376, part 1, 17.3.3.30)."""

#: The places of such fonts in Unicode's private area.
_PRIVATE = 0xF000
#: Adobe's Symbol encoding (https://unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt).
_GREEK = dict(
    zip(
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL = _GREEK | {
    0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xAC: "←", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC6: "∅",
    0xCE: "∈", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑",
    0xF2: "∫",
}  # fmt: skip
#: Wingdings: what forms and lists take from it.
_WINGDINGS = {
    0x6E: "■", 0x6F: "□", 0x6C: "●", 0x71: "❑", 0x77: "◆", 0x28: "☎", 0x2A: "✉", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "☒", 0xFC: "✔", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✔", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def sign(font_name: str, char: str) -> str:
    """The sign at the place `char` (hexadecimal) of a font, "" where nobody knows it."""
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    font = _FONTS.get(font_name.casefold())
    if font is None or not 0 <= code % _PRIVATE <= 0xFF:
        return chr(code) if 0x20 < code < 0xD800 else ""
    place = code - _PRIVATE if code >= _PRIVATE else code
    return font.get(place, chr(place) if place < 0x7F and font is _SYMBOL else "")
