"""The only door to a case."""

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.errors import CaseNotFound
from casework.cases.renewing import keep_shut
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.conflicts.guards import refuse_kept_out
from casework.merges.standing import hold_with_number
from casework.receipts.actions import take_over
from casework.staff.rules import Permission
from casework.states.errors import CaseVoid
from casework.walls.declaring import keep_out_late
from office.ids import CaseNumberInvalid, checked_case_number


def case_for(session: Session, act: Act, number: str, *, to_change: bool = False) -> CaseFile:
    """Return the case, or raise CaseNotFound alike for a missing, a mistyped and a walled one.

    A case whose key somebody lost is sealed anew before it is worked on, and so is what came under an older
    key: nothing lies or is written any more under a key that may lie elsewhere. Before that whoever belongs
    to the service it is against loses it, if nobody saw so when the wall rose. A new receipt key of the
    person is taken over before anything is said to them.

    Args:
        session: the request's transaction.
        act: who asks, and when.
        number: the case number as it stands in the address.
        to_change: hold the row, and those of the cases read together with it, so that two changes come one
            after the other.

    Raises:
        CaseNotFound: as above.
        CaseVoid: something is sent in a void case.
        AdviserKeepsOut: whoever acts keeps out of it and would change it.
    """
    try:
        reference = checked_case_number(number)
    except CaseNumberInvalid:
        raise CaseNotFound from None
    who = act.who
    if not who.may(Permission.CASES):
        raise CaseNotFound(case=reference)
    wanted = (
        select(CaseFile)
        .join(CaseKeyGrant, col(CaseKeyGrant.case_id) == col(CaseFile.id))
        .where(
            CaseFile.reference == reference,
            CaseKeyGrant.version == CaseFile.key_version,
            CaseKeyGrant.holder_id == who.id,
            col(CaseKeyGrant.revoked_on).is_(None),
        )
    )
    if to_change:
        hold_with_number(session, reference)
        wanted = wanted.with_for_update(of=CaseFile)
    case = session.exec(wanted).first()
    if case is None:
        raise CaseNotFound(case=reference)
    if keep_out_late(session, case, act) and session.exec(wanted).first() is None:
        raise CaseNotFound(case=reference)
    if act.sends and case.is_void:
        raise CaseVoid(case=case.reference)
    if act.changes:
        refuse_kept_out(session, case, who.id)
    keep_shut(session, case, act)
    take_over(session, case, act)
    return case
