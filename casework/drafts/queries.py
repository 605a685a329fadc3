"""A person's own drafts: which there are, and what stands in those of one page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from pydantic import ValidationError
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.drafts.access import may_write_at
from casework.drafts.content import DraftText, about
from casework.drafts.places import Place, place_at
from casework.drafts.rules import KEPT_FOR
from casework.drafts.tables import StaffDraft
from office.sealing.boxes import CannotOpen, unseal
from office.stores.keyroom import Staff


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft without its text."""

    place: Place
    kept_on: date
    version: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft of whoever looks, opened.

    Attributes:
        fields: what was typed; nothing if it cannot be opened.
        kept_at: when, in UTC; None if it cannot be opened.
        version: how often it was kept.
    """

    place: Place
    version: int
    kept_at: datetime | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def page_version(self) -> str:
        """The version of the case from which it was written, if its form tells one."""
        return self.fields.get("version", [""])[-1]

    @property
    def texts(self) -> list[str]:
        """What was written in words, without codes, days and numbers."""
        return [text for values in self.fields.values() for text in values if " " in text.strip()]


def own_lines(session: Session, act: Act) -> list[DraftLine]:
    """Return the drafts of whoever acts that are not too old, without opening any; the newest first."""
    wanted = (
        select(col(StaffDraft.place), col(StaffDraft.kept_on), col(StaffDraft.version))
        .where(StaffDraft.staff_id == act.who.id, col(StaffDraft.kept_on) >= act.on - KEPT_FOR)
        .order_by(col(StaffDraft.kept_on).desc(), col(StaffDraft.place))
    )
    return [
        DraftLine(place, kept_on, version)
        for path, kept_on, version in session.exec(wanted)
        if (place := place_at(path)) is not None
    ]


def allowed_lines(session: Session, act: Act) -> list[DraftLine]:
    """Return those drafts whose case or report whoever acts may open now."""
    staff = session.get_one(Staff, act.who.id)
    return [line for line in own_lines(session, act) if may_write_at(session, staff, line.place)]


def opened(session: Session, act: Act, lines: Iterable[DraftLine]) -> dict[str, Draft]:
    """Return drafts with their text, by place. One that cannot be opened has none, and breaks nothing."""
    found: dict[str, Draft] = {}
    for line in lines:
        row = session.get(StaffDraft, (act.who.id, line.place.path))
        if row is None:
            continue
        try:
            clear = unseal(row.sealed, act.who.key, about=about(act.who.id, line.place.path))
            text = DraftText.model_validate_json(clear)
        except (CannotOpen, ValidationError):
            found[line.place.path] = Draft(line.place, row.version)
            continue
        found[line.place.path] = Draft(line.place, row.version, text.kept_at, text.fields)
    return found
