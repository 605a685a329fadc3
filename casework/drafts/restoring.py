"""Drafts on the pages they belong to: what was typed comes back into its form, and the form says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session
from starlette.requests import Request

from casework.acts import Act
from casework.drafts.places import Place, below_language, place_at
from casework.drafts.queries import Draft, opened, own_lines

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageDrafts:
    """What a page needs to know of its reader's drafts.

    Attributes:
        here: the drafts of forms on this page, by place.
        unsent: the place of the form that was just refused; its text is newer than any draft.
        total: how many drafts the reader has altogether.
    """

    here: dict[str, Draft] = field(default_factory=dict)
    unsent: str = ""
    total: int = 0

    @property
    def waiting(self) -> list[tuple[Place, str]]:
        """The drafts that came back into forms of this page, each with the field its longest text is in."""
        return [
            (draft.place, max(draft.fields, key=lambda name: len("".join(draft.fields[name]))))
            for place, draft in self.here.items()
            if draft.fields and place != self.unsent
        ]

    def into(self, given: Given) -> dict[str, Any]:
        """Return the values of the page's forms with those of the drafts; what was just typed stays."""
        typed = dict(given)
        for place, draft in self.here.items():
            fields = {name: values for name, values in draft.fields.items() if name != "version"}
            if place == self.unsent:
                continue
            typed = {**fields, **typed} if self.unsent else {**typed, **fields}
        return typed


def drafts_of_page(session: Session, act: Act, request: Request) -> PageDrafts:
    """Return the reader's drafts for the page that answers a request."""
    path, is_sent = below_language(request.url.path), request.method == "POST"
    posted = place_at(path) if is_sent else None
    pages = {posted.page} if posted else {path, path.rpartition("/")[0]} if is_sent else {path}
    lines = own_lines(session, act)
    here = opened(session, act, (line for line in lines if line.place.page in pages))
    return PageDrafts(here, posted.path if posted else "", len(lines))
