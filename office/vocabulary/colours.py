"""Whether text can be read on a colour, as the accessibility guidelines reckon it."""

from typing import Final

READABLE: Final = 4.5
"""Least contrast of text with what is behind it: WCAG 2.2, 1.4.3."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written `#rrggbb`: 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2), 0 for black and 1 for white."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
