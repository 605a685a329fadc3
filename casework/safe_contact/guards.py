"""Whether the person of a case may be reached by a way; no wall stands here.

Whoever calls this has been to the door of the case.
"""

from sqlmodel import Session, select

from casework.cases.tables import CaseFile
from casework.safe_contact.errors import WayNotSafe
from casework.safe_contact.rules import CHANNEL_WAYS, NEVER, OWN_WAY, WAYS
from casework.safe_contact.tables import SafeContact


def rules_of(session: Session, case: CaseFile) -> dict[str, str]:
    """Return the rule of each way of which something is known, in the order of `WAYS`."""
    rows = session.exec(
        select(SafeContact.way_code, SafeContact.rule_code).where(SafeContact.case_id == case.id)
    )
    known = {**allowed_anyway(case), **dict(rows.all())}
    return {way: known[way] for way in WAYS if way in known}


def any_way_noted(session: Session, case: CaseFile) -> bool:
    """Say whether something is noted of a way other than the office's own page."""
    return any(way != OWN_WAY for way in rules_of(session, case))


def allowed_anyway(case: CaseFile) -> dict[str, str]:
    """Return the ways that are allowed until somebody says otherwise: the receipt's page, if there is one."""
    return {OWN_WAY: "allowed"} if case.reporter_public_key is not None else {}


def can_be_told(session: Session, case: CaseFile) -> bool:
    """Say whether the person can be told something: they have a receipt, and its page is not never safe."""
    return case.reporter_public_key is not None and rules_of(session, case).get(OWN_WAY, NEVER) != NEVER


def require_not_never(session: Session, case: CaseFile, channel: str) -> None:
    """Refuse to note that the person was reached by a channel whose way is never safe.

    Of a way that nobody has asked about it may be noted: the person may have chosen it themselves.

    Raises:
        WayNotSafe: somebody said "never".
    """
    way = CHANNEL_WAYS.get(channel)
    if way is not None and rules_of(session, case).get(way) == NEVER:
        require_safe(session, case, way)  # says what else is safe


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
