"""What a shape is: the page that was about to be shown, and the model that names what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request

from casework.showing import View
from office.languages import Language


class Shown(BaseModel):
    """Something a page shows. Only what is named in a model goes out; codes stay codes, days are ISO 8601."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Page:
    """A page about to be shown: by whom and in which language, its template, and what that was given."""

    view: View
    name: str
    context: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return what the template knows by this name."""
        return self.context[name]


Shape = Callable[[Page], Shown]
"""Makes the model of a page; the annotated result is what the interface is described by (OpenAPI)."""


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """A page about to be shown to somebody of whom nothing is known yet."""

    request: Request
    language: Language
    name: str
    context: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return what the template knows by this name."""
        return self.context[name]


DoorShape = Callable[[AtTheDoor], Shown]
"""The same of a page for which nobody need be signed in."""
