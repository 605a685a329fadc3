"""Correcting somebody in a case: what they are called is compared anew. None of it commits."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.blind_index import index_keys
from casework.conflicts.comparing import compare, put_terms
from casework.conflicts.content import PartyName
from casework.conflicts.errors import PartInHarm, PartyChanged
from casework.conflicts.nobody_known import end_nobody_known
from casework.conflicts.queries import called_of
from casework.conflicts.rules import RESPONDENT, is_with_respondent
from casework.conflicts.tables import CaseParty
from casework.harms.tables import CaseHarm, HarmInvolvement
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class Standing:
    """Who somebody is in a case: codes of `rules.ROLES`, `KINDS` and `SIDES`."""

    role_code: str
    kind_code: str
    side_code: str | None = None


def correct_party(
    session: Session,
    case: CaseFile,
    party: CaseParty,
    called: PartyName,
    standing: Standing,
    act: Act,
    *,
    version: int,
) -> None:
    """Keep what is known of somebody in the place of what was there.

    Where a name, what they are or their side is another, the name is compared anew; the event in the office's
    chain comes first, see `actions.add_party`. A match that waited waits on: a supervisor decides about it.

    Raises:
        PartyChanged: somebody changed it since `version`.
        PartInHarm: they would change sides, and a harm says what they had to do with it.
        NamesKeyNeeded: whoever acts cannot compare the name.
    """
    if party.version != version:
        raise PartyChanged(case=case.reference)
    if (party.role_code == RESPONDENT) != (standing.role_code == RESPONDENT):
        _refuse_in_harm(session, case, party)
    before = called_of(session, case, party, act)
    is_renamed = (before.name, before.aliases, party.kind_code) != (
        called.name, called.aliases, standing.kind_code,
    )  # fmt: skip
    is_theirs = is_with_respondent(standing.role_code, standing.side_code)
    changes_side = is_with_respondent(party.role_code, party.side_code) != is_theirs
    is_compared = is_renamed or changes_side
    keys = index_keys(session, act.who) if is_compared else {}
    if is_compared:
        record(session, "names_compared", at=act.at, by=act.who.id)
    party.role_code, party.kind_code = standing.role_code, standing.kind_code
    party.side_code = standing.side_code
    party.version += 1
    seal_row(session, case, party, called.as_bytes())
    session.flush()
    record(session, "party_corrected", at=act.at, by=act.who.id, case_id=case.id, party_role=party.role_code)
    if is_theirs:
        end_nobody_known(session, case, act)
    if is_compared:
        put_terms(session, party, called, keys)
        compare(session, case, party, act)


def _refuse_in_harm(session: Session, case: CaseFile, party: CaseParty) -> None:
    done_by = select(HarmInvolvement.id).where(
        HarmInvolvement.party_id == party.id, col(HarmInvolvement.ended_on).is_(None)
    )
    done_to = select(CaseHarm.id).where(CaseHarm.party_id == party.id, col(CaseHarm.removed_on).is_(None))
    if any(session.exec(one.limit(1)).first() is not None for one in (done_by, done_to)):
        raise PartInHarm(case=case.reference)
