"""What is known of the ways to reach the person of a case."""

from dataclasses import dataclass

from sqlmodel import Session, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.safe_contact.content import SafeWords
from casework.safe_contact.guards import allowed_anyway
from casework.safe_contact.rules import WAYS
from casework.safe_contact.tables import SafeContact
from casework.timeline.queries import names_of


@dataclass(frozen=True, slots=True)
class ShownWay:
    """One way, with its rule (empty if nobody asked), its words in clear, and who noted it."""

    way: str
    rule: str
    words: SafeWords
    row: SafeContact | None
    name: str


def ways_of(session: Session, case: CaseFile, act: Act) -> list[ShownWay]:
    """Return every way there is, in the order of `WAYS`."""
    rows = session.exec(select(SafeContact).where(SafeContact.case_id == case.id)).all()
    opened = open_rows(session, case, rows, act)
    words = {
        row.way_code: SafeWords.model_validate_json(clear) for row, clear in zip(rows, opened, strict=True)
    }
    anyway = allowed_anyway(case)
    by_way = {row.way_code: row for row in rows}
    names = names_of(session, [row.set_by for row in rows])
    return [
        ShownWay(
            way,
            row.rule_code if row is not None else anyway.get(way, ""),
            words.get(way, SafeWords()),
            row,
            names.get(row.set_by, "") if row is not None else "",
        )
        for way in WAYS
        for row in (by_way.get(way),)
    ]
