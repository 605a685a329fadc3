"""Attributes that say to assistive technology what a page element is."""

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """Return `aria-` attributes: `aria(labelledby="x")` is `aria-labelledby`."""
    return {f"aria-{name}": words for name, words in said.items()}
