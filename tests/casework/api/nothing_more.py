"""Whether a shape tells more than its page: every word, day and id that it tells must stand there."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from typing import Any, Final, Literal, get_args, get_origin
from urllib.parse import unquote_plus
from uuid import UUID

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from starlette.responses import Response

from casework.api.shapes import SHAPES
from casework.api.shapes.parts import Code
from casework.api.shown import Page
from casework.showing import View, common

CODE: Final = Code.__metadata__[0]  # type: ignore[attr-defined]  # an Annotated


@dataclass
class Compared:
    """What was compared: how often each page, and what programs are told of it and nobody is shown."""

    pages: Counter[str] = field(default_factory=Counter)
    more: dict[str, None] = field(default_factory=dict)


@contextmanager
def looking_on() -> Iterator[Compared]:
    """Make the shape of each page as it is shown, and compare the two; the page itself goes on as it was."""
    compared, plain = Compared(), View.render

    def render(self: View, name: str, status: int = 200, **context: Any) -> Response:
        shape = SHAPES.get(name) if status < 400 else None
        known = {**common(self.desk, self.language), "person": self.act.who, "today": self.act.on}
        shown = shape(Page(self, name, known | context)) if shape else None
        answer = plain(self, name, status, **context)
        if shown is not None and answer.media_type == "text/html":
            compared.pages[name] += 1
            found = hidden(shown, bytes(answer.body).decode(), self)
            compared.more |= {f"{name} · {where}: {value!r}": None for where, value in found}
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(View, "render", render)
        yield compared


def hidden(shown: BaseModel, html: str, view: View) -> list[tuple[str, object]]:
    """Return each value that does not stand on the page, with where it stands in the shape."""
    text = unescape(html)
    page = " ".join(f"{text} {re.sub(r'<[^>]+>', '', text)} {_fields(html)}".split())
    addresses = unquote_plus(text)
    found = []
    for where, value in _values(shown, ""):
        ways = [" ".join(way.split()) for way in _ways(view, value)]
        if not any(way in page or way in addresses for way in ways):
            found.append((where, value))
    return found


def _typed(day: date) -> str:
    """Return a day as three fields of a form hold it, in `_fields` of the page."""
    return f"‹{day.day}.{day.month}.{day.year}›"


def _fields(html: str) -> str:
    """Return the days that stand in the forms of a page."""
    typed = dict(re.findall(r'name="([\w-]+-(?:day|month|year))"[^>]* value="(\d+)"', html))
    return "".join(
        f"‹{day}.{typed.get(name[:-3] + 'month')}.{typed.get(name[:-3] + 'year')}›"
        for name, day in typed.items()
        if name.endswith("-day")
    )


def _values(model: BaseModel, where: str) -> Iterator[tuple[str, Any]]:
    for name, info in type(model).model_fields.items():
        if not _is_code(info):
            yield from _within(getattr(model, name), f"{where}.{name}".removeprefix("."))


def _within(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, BaseModel):
        yield from _values(value, where)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _within(each, f"{where}.{key}")
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _within(each, f"{where}[]")
    elif value not in (None, "") and isinstance(value, str | UUID | date):
        yield where, value


def _is_code(info: FieldInfo) -> bool:
    """Say whether a field holds a code: its label, or what follows from it, is shown, and not itself."""
    kinds = (info.annotation, *get_args(info.annotation))
    is_marked = CODE in info.metadata or CODE in repr(info.annotation)
    return is_marked or any(get_origin(one) is Literal for one in kinds)


def _ways(view: View, value: Any) -> list[str]:
    """Return how a value may be written on a page."""
    language = view.language
    if isinstance(value, datetime):
        here = value.astimezone(view.act.zone)
        return [
            value.isoformat(),
            *(f"{language.date(here.date())}{at}{here:%H:%M}" for at in (" a las ", ", ")),
        ]
    if isinstance(value, date):
        return [value.isoformat(), language.date(value), language.short_date(value), _typed(value)]
    text = str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return [text, _typed(date.fromisoformat(text))]
    if re.fullmatch(r"\d{4}-W\d{2}", text):
        return [language.gettext("week %(number)s of %(year)s", number=int(text[6:]), year=text[:4])]
    if re.fullmatch(r"\d{4}-Q\d", text):
        return [language.quarter(text)]
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return [text, language.month(text)]
    return [text, *([view.shown(text)] if re.fullmatch(r"[0-9A-Z]{9}", text) else [])]
