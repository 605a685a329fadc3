"""Which small picture stands beside a choice: named in `data/pictures.toml`, drawn in `pictures.svg`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

PICTURES: Final = Path(__file__).parent / "data" / "pictures.toml"
DRAWN: Final = Path(__file__).parent / "static" / "pictures.svg"
_SYMBOL: Final = re.compile(r'<symbol id="([a-z-]+)" viewBox="0 0 24 24" ')


@cache
def pictures() -> Mapping[str, Mapping[str, str]]:
    """Return the names of the pictures by list and code; a list that is not there has none."""
    return {
        name: {str(code): str(picture) for code, picture in codes.items()}
        for name, codes in tomllib.loads(PICTURES.read_text("utf-8")).items()
    }


def picture_of(vocabulary: str | None, code: str) -> str:
    """Return the name of the picture of a choice, or an empty text."""
    return pictures().get(vocabulary or "", {}).get(code, "")


def symbols() -> frozenset[str]:
    """Return the names of the symbols that are drawn."""
    return frozenset(_SYMBOL.findall(DRAWN.read_text("utf-8")))
