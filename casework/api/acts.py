"""What each act reads, as data: the fields of its form, their kinds, and what a form writes for them.

`fields/*.toml` has a table for each address that takes a form, named as below the language. A field is
written `name = "kind"`; a question mark says that it may be missing. A name with `{}` in it stands for many:
of two that fit, the longer is meant (`law1_on` is `law{}_on` and no `law{}`), and a plain name before both.

    code     one code of a list                 text
    codes    several codes                      list of texts
    text     what somebody writes               text
    day      a day                              "2026-11-29": the form has it in three fields
    number   a whole number from 0              whole number
    flag     a box to tick                      true or false
    file     a file                             its bytes in base64
    typed    whatever a form of ours holds      text, or list of texts: only for drafts of forms
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from casework.api.errors import FieldOfAnotherKind, FieldUnknown
from office.errors import TooLarge
from office.web.forms import BODY_LIMIT, FIELDS_LIMIT, Form, TooManyFields, as_typed

FOLDER: Final = Path(__file__).parent / "fields"
KINDS: Final = ("code", "codes", "text", "day", "number", "flag", "file", "typed")
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
LARGEST: Final = 10**9
MANY: Final = r"[A-Za-z0-9_.-]+"
"""What may stand where a name has `{}`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an act: its name, its kind, and whether it must be sent."""

    name: str
    kind: str
    is_needed: bool

    @classmethod
    def told(cls, name: str, written: str) -> "Field":
        """Return the field as it is written in the file."""
        kind = written.removesuffix("?")
        if kind not in KINDS:
            raise ValueError(f"{name}: no such kind: {written}")
        return cls(name, kind, kind == written)

    @property
    def pattern(self) -> str:
        """What its names look like."""
        return MANY.join(re.escape(part) for part in self.name.split("{}"))

    def put(self, form: Form, name: str, value: Any) -> None:
        """Write a value as the form of the page would; raise FieldOfAnotherKind."""
        if self.kind == "codes" or (self.kind == "typed" and isinstance(value, list)):
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise FieldOfAnotherKind(field=self.name)
            form[name] = [as_typed(one) for one in value]
        elif self.kind == "day":
            form.update(_day(self, name, value))
        elif self.kind == "number":
            if type(value) is not int or not 0 <= value < LARGEST:
                raise FieldOfAnotherKind(field=self.name)
            form[name] = [str(value)]
        elif self.kind == "flag":
            if type(value) is not bool:
                raise FieldOfAnotherKind(field=self.name)
            if value:
                form[name] = ["yes"]
        elif isinstance(value, str):
            form[name] = [value if self.kind == "file" else as_typed(value)]
        else:
            raise FieldOfAnotherKind(field=self.name)


def _day(field: Field, name: str, value: Any) -> dict[str, list[str]]:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise FieldOfAnotherKind(field=field.name)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise FieldOfAnotherKind(field=field.name) from None
    return {f"{name}-{part}": [str(getattr(day, part))] for part in ("year", "month", "day")}


def _length(value: Any) -> int:
    if isinstance(value, list):
        return sum(len(one) for one in value if isinstance(one, str))
    return len(value) if isinstance(value, str) else 0


def field_of(act: Mapping[str, Field], name: str) -> Field | None:
    """Return the field of an act that a name means: a plain one, or the longest of those that are many."""
    return act.get(name) or max(
        (one for one in act.values() if "{}" in one.name and re.fullmatch(one.pattern, name)),
        key=lambda one: len(one.name),
        default=None,
    )


def form_of(act: Mapping[str, Field], sent: Mapping[str, Any]) -> Form:
    """Return the form that a page would have sent; null is the same as not sent.

    Raises:
        FieldUnknown: the act reads no such field.
        FieldOfAnotherKind: a value is not of its field's kind.
        FormDamaged: a text holds control characters.
        TooManyFields: there are more values than in any form of ours.
        TooLarge: there are more words than in any form of ours; only a file may be larger.
    """
    form = Form()
    words = 0
    for name, value in sent.items():
        field = field_of(act, name)
        if field is None or "{}" in name:
            raise FieldUnknown
        if field.kind != "file":
            words += _length(value)
            if words > BODY_LIMIT:  # before anybody looks at each sign of it
                raise TooLarge(limit=str(BODY_LIMIT))
        if value is not None:
            field.put(form, name, value)
    if sum(len(values) for values in form.values()) > FIELDS_LIMIT:
        raise TooManyFields
    return form


@cache
def acts() -> dict[str, dict[str, Field]]:
    """Return the fields of every act, by its address below the language."""
    found: dict[str, dict[str, Field]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for path, fields in tomllib.loads(file.read_text()).items():
            if path in found:
                raise ValueError(f"{path} is told twice, again in {file.name}")
            found[path] = {name: Field.told(name, written) for name, written in fields.items()}
    return found
