"""How far a share that was counted may be from the true one."""

#: Of the normal distribution, two-sided 95 %.
_Z = 1.96


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share
    (https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval)."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, _Z * _Z
    middle = (share + square / (2 * count)) / (1 + square / count)
    reach = share * (1 - share) + square / (4 * count)
    reach = _Z * (reach / count) ** 0.5 / (1 + square / count)
    return round(middle - reach, 3), round(middle + reach, 3)
