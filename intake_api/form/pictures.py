"""Which small picture stands beside a choice: named in `data/pictures.toml`, drawn in `pictures.svg`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from intake_api.form.questions import Question

PICTURES: Final = Path(__file__).parents[1] / "data" / "pictures.toml"
DRAWN: Final = Path(__file__).parents[1] / "data" / "pictures.svg"
_SYMBOL: Final = re.compile(r'<symbol id="([a-z-]+)" viewBox="0 0 24 24" [^>]*>(.*?)</symbol>')


@cache
def pictures() -> Mapping[str, Mapping[str, str]]:
    """Return the names of the pictures by list and code; a list that is not there has none."""
    return {
        name: {str(code): str(picture) for code, picture in codes.items()}
        for name, codes in _data().items()
        if isinstance(codes, dict)
    }


def picture_of(question: Question, code: str) -> str:
    """Return the name of the picture of a choice of `question`, or an empty text."""
    return pictures().get(question.vocabulary or question.code, {}).get(code, "")


@cache
def turned() -> frozenset[str]:
    """Return the names of the pictures that run as the writing runs."""
    return frozenset(_data()["turned"])


@cache
def symbols() -> Mapping[str, Markup]:
    """Return what is drawn, by the name of the symbol.

    It is put into the page itself: a page of the form asks for three files and not for a fourth.
    """
    return {name: Markup(lines) for name, lines in _SYMBOL.findall(DRAWN.read_text("utf-8"))}  # our own file


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(PICTURES.read_text("utf-8"))
