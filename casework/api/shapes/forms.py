"""What the forms of a page offer, and how codes of a feature's own lists are said.

A form of a page is a field that is there when the page shows the form. In it each thing has the name under
which it is sent: the choices there are, or the value the page sends by itself. What is only typed is named by
the description of the act.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from jinja2 import Environment
from jinja2.filters import do_truncate

from casework.api.shapes.parts import Choice
from casework.api.shown import Page, Shown
from casework.tracks.rules import TAKEN_BACK
from office.languages import mark

YES_NO: Final = {"yes": mark("Yes"), "no": mark("No")}
_TEMPLATES: Final = Environment(autoescape=True)


class Versioned(Shown):
    """A form of something that others may change meanwhile: its version is sent back with it."""

    version: int


class By(Shown):
    """Who did something, and on which day."""

    name: str
    on: date


class ChoiceCounted(Choice):
    """A choice of a list with how many lines it shows."""

    count: int


def said(page: Page, sentences: Mapping[str, str], code: str) -> Choice:
    """Return a code with its sentence of a feature's own list, in the language of the reader."""
    return Choice(code=code, label=page.view.text(sentences[code]))


def said_each(
    page: Page, sentences: Mapping[str, str], codes: Iterable[str] | None = None
) -> tuple[Choice, ...]:
    """Return several codes with their sentences: all of the list, or these."""
    return tuple(said(page, sentences, code) for code in (sentences if codes is None else codes))


def labelled(page: Page, name: str, code: str) -> Choice:
    """Return a code with its label in one of the office's lists."""
    return Choice(code=code, label=page.view.label(name, code))


def yes_or_no(page: Page) -> tuple[Choice, ...]:
    """Return the two answers to a plain question."""
    return said_each(page, YES_NO)


def by(name: str, on: date | None) -> By | None:
    """Return who did something and when; None while nobody did."""
    return By(name=name, on=on) if on else None


def shortened(text: str, most: int) -> str:
    """Return as much of a text as a list of a page shows of it."""
    return str(do_truncate(_TEMPLATES, text, most))


def undone_of(steps: Iterable[Any], row: Any) -> Any:
    """Return the step that another takes back; None if it takes none back."""
    if row.step_code != TAKEN_BACK:
        return None
    return next((one for one in steps if one.id == row.takes_back), None)
