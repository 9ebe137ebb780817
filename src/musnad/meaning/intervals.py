"""The bounds of a quantity, worked out from its number and a policy of quantity-policies.tsv."""

from __future__ import annotations

__all__ = ["find_limit", "plain_number", "scale_of"]


def find_limit(
    bound: tuple[float, float] | None, value: float | None, *, measured: bool
) -> tuple[int | float | None, bool]:
    """Give a bound of an interval, and whether it is open.

    What is counted has a next number: fewer than 500 soldiers are 499 at most. What is `measured` has none,
    so that the bound itself is open.

    >>> find_limit((1.0, -1.0), 500, measured=False), find_limit((1.0, -1.0), 500, measured=True)
    ((499, False), (500, True))
    """
    if bound is None:
        return None, False
    factor, shift = bound
    scaled = (value or 0.0) * factor
    if factor and shift and (measured or scaled != int(scaled)):
        return plain_number(scaled), True
    return plain_number(round(scaled + shift, 9)), False


def plain_number(value: float) -> int | float:
    """Give a whole number as int.

    >>> plain_number(2.0), plain_number(2.5)
    (2, 2.5)
    """
    return int(value) if value == int(value) else value


def scale_of(value: float) -> float:
    """Give the magnitude a number is counted in: 10 million in millions.

    >>> scale_of(10_000_000)
    1000000.0
    """
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3) if value >= scale), 1.0)
