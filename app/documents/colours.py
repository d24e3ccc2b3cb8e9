"""Whether print can be seen: its colour against what lies behind it, and its size."""

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
#: Points; smaller print is a speck on paper and on a screen.
LEAST_POINTS = 2.0
#: Colours that differ by no more in any of red, green and blue (0–255) are told apart by nobody;
#: the palest watermarks of office programs differ from paper by 38 (#D9D9D9).
_ALIKE = 20


def alike(one: Colour, other: Colour) -> bool:
    """Whether print in one colour cannot be seen on the other."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ALIKE


def of_hex(code: str) -> Colour | None:
    """Of "1F2E3D", with or without "#"; None of anything else."""
    code = code.removeprefix("#")
    try:
        number = int(code, 16) if len(code) == 6 else -1
    except ValueError:
        return None
    return (number >> 16, number >> 8 & 255, number & 255) if number >= 0 else None
