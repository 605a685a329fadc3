"""When nobody is left who can open the cases: two shares of the escrow give their keys to a new holder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from casework.cases.holders import can_hold
from casework.cases.keys import grant_case_key
from casework.cases.rules import key_name
from casework.cases.tables import CaseFile, CaseKey, CaseKeyGrant
from casework.conflicts.guards import kept_out
from casework.profile.keys import give_profile_from_escrow
from casework.timeline.actions import record
from office.keys.names import stem
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from office.stores.keyroom import Staff

ESCROW: Final = "escrow"


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many cases somebody holds again, which they keep out of, and which could not be opened."""

    count: int
    kept_out: tuple[str, ...]
    damaged: tuple[str, ...]


def give_cases_from_escrow(
    session: Session, escrow: SealingKey, keys: Mapping[str, SealingKey], to: Staff, *, at: datetime, on: date
) -> Recovered:
    """Give somebody every version of every case's key they may hold, with a line in each case.

    The key of what its person is comes with it: to read, if the case is theirs, and for a reason else. One
    that does not open is named like a case, and the case is given.

    Nobody gets a case they keep out of, or one against the city without `story-apart`; one of which a version
    does not open is named and holds up no other.

    Args:
        escrow: the present escrow's private half.
        keys: the office's keys as the shares opened them, older escrows among them.
    """
    boxes = [escrow, *(key for name, key in sorted(keys.items()) if stem(name) == ESCROW)]
    count, walled, damaged = 0, list[str](), list[str]()
    for case in session.exec(select(CaseFile).order_by(col(CaseFile.id)).with_for_update()).all():
        if not can_hold(session, to, routing_code=case.routing_code, without=kept_out(session, case.id)):
            walled.append(case.reference)
            continue
        try:
            opened = _versions(session, case, boxes)
        except CannotOpen:
            damaged.append(case.reference)
            continue
        held = set(
            session.exec(
                select(CaseKeyGrant.version).where(
                    CaseKeyGrant.case_id == case.id,
                    CaseKeyGrant.holder_id == to.id,
                    col(CaseKeyGrant.revoked_on).is_(None),
                )
            )
        )
        for version in opened.keys() - held:
            grant_case_key(session, case, opened[version], to, by=None, on=on, version=version)
        has_got = bool(opened.keys() - held)
        try:
            has_got |= give_profile_from_escrow(session, case, boxes, to, on)
        except CannotOpen:
            damaged.append(case.reference)
        if has_got:
            record(session, "case_recovered", at=at, by=None, case_id=case.id, to=str(to.id))
            count += 1
    return Recovered(count, tuple(walled), tuple(damaged))


def _versions(session: Session, case: CaseFile, boxes: list[SealingKey]) -> dict[int, SealingKey]:
    rows = session.exec(select(CaseKey).where(CaseKey.case_id == case.id)).all()
    return {
        row.version: _opened(row, f"escrow/{key_name(case.reference, row.version)}", boxes) for row in rows
    }


def _opened(row: CaseKey, about: str, boxes: list[SealingKey]) -> SealingKey:
    for box in boxes:
        try:
            return SealingKey.from_private_bytes(unseal(row.sealed_to_escrow or b"", box, about=about))
        except CannotOpen:
            continue
    raise CannotOpen
