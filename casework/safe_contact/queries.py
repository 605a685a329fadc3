"""What is known of the ways to reach the person of a case."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.safe_contact.content import SafeWords
from casework.safe_contact.guards import allowed_anyway, rules_of
from casework.safe_contact.rules import BY_NOTICE, NEVER, WAYS, WINDOW
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


def notices_wait(session: Session, case: CaseFile) -> bool:
    """Say whether "you have news" waits: it may go only on days and hours that nobody has ticked."""
    wanted = select(SafeContact.id).where(
        SafeContact.case_id == case.id,
        SafeContact.rule_code == WINDOW,
        col(SafeContact.way_code).in_(BY_NOTICE),
        col(SafeContact.window_days).is_(None),
    )
    return session.exec(wanted).first() is not None


def never_ways(session: Session, case: CaseFile, act: Act) -> list[ShownWay]:
    """Return the ways by which the person is never reached, each with its reason."""
    if NEVER not in rules_of(session, case).values():
        return []
    return [one for one in ways_of(session, case, act) if one.rule == NEVER]


def never_by(session: Session, case: CaseFile, way: str, act: Act) -> ShownWay | None:
    """Return this way if the person is never reached by it."""
    return next((one for one in never_ways(session, case, act) if one.way == way), None)


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
