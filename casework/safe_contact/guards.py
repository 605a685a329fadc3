"""Whether the person of a case may be reached by a way; no wall stands here.

Whoever calls this has been to the door of the case.
"""

from sqlmodel import Session, select

from casework.cases.tables import CaseFile
from casework.safe_contact.errors import WayNotSafe
from casework.safe_contact.rules import NEVER, OWN_WAY, WAYS
from casework.safe_contact.tables import SafeContact


def rules_of(session: Session, case: CaseFile) -> dict[str, str]:
    """Return the rule of each way of which something is known, in the order of `WAYS`."""
    rows = session.exec(
        select(SafeContact.way_code, SafeContact.rule_code).where(SafeContact.case_id == case.id)
    )
    known = {**allowed_anyway(case), **dict(rows.all())}
    return {way: known[way] for way in WAYS if way in known}


def allowed_anyway(case: CaseFile) -> dict[str, str]:
    """Return the ways that are allowed until somebody says otherwise: the receipt's page, if there is one."""
    return {OWN_WAY: "allowed"} if case.reporter_public_key is not None else {}


def require_safe(session: Session, case: CaseFile, way: str) -> None:
    """Refuse to reach the person by a way that is not known to be safe.

    Raises:
        WayNotSafe: it is never safe, or nobody has said anything of it.
    """
    rules = rules_of(session, case)
    if rules.get(way, NEVER) != NEVER:
        return
    instead = tuple(one for one, rule in rules.items() if rule != NEVER)
    raise WayNotSafe.of(case.reference, way, is_never=way in rules, instead=instead)
