"""Which accounts may tell of the same event, and which incidents a person may see.

What can be compared of reports nobody has taken up? Their codes are sealed. So the reports of the same weeks
that the person may open are opened in the memory of their session, compared by code, and nothing of them is
shown but in what they agree; how many were opened is on the record. Cases are compared by their clear codes
alone and stay shut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.content import story_of
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.inbox.actions import in_memory
from casework.inbox.tables import InboxReport
from casework.incidents.membership import incidents_of
from casework.incidents.rules import (
    UNKNOWN,
    WINDOW_DAYS,
    Account,
    Agreement,
    account_of_case,
    account_of_opened_case,
    account_of_report,
    best_of,
)
from casework.incidents.tables import Incident, IncidentMember
from casework.messages.incoming import UNREADABLE
from casework.seeing import Record, Seen, reports_seen_by, seen
from casework.staff.keys import office_key
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn
from casework.timeline.actions import record
from office.clock import day_in
from office.handover.report import ReportStory
from office.sealing.boxes import SealingKey, unseal

MOST_COMPARED = 500
MOST_ACCOUNTS = 20
"""Accounts of an incident against which a further one is held."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An incident or a single account that may be the same event, and why."""

    agreement: Agreement
    seen: Seen | None = None
    incident: Incident | None = None
    accounts: int = 0


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed for one account, or for one incident: the most likely first."""

    incidents: Sequence[Proposal] = ()
    accounts: Sequence[Proposal] = ()


def proposals_for(session: Session, account: Account, act: Act, *, report: str | None = None) -> Proposals:
    """Return the incidents and the accounts that may be the same event as one account."""
    return _proposals(session, [account], act, report=report)


def proposals_for_incident(session: Session, accounts: Sequence[Account], act: Act) -> Proposals:
    """Return the accounts in no incident yet that may belong to this one."""
    found = _proposals(session, accounts[:MOST_ACCOUNTS], act)
    return Proposals((), found.accounts)


def account_of(session: Session, one: Record, act: Act) -> Account:
    """Return what can be compared of a report or case that passed its door and is opened now.

    Raises:
        CaseNotFound, CannotOpen: it cannot be opened.
    """
    if isinstance(one, CaseFile):
        return account_of_opened_case(one, story_of(session, one, act))
    story = in_memory(session, one, act).story
    return account_of_report(one.case_number, story, day_in(act.zone, story.told_at))


def accounts_to_compare(session: Session, visible: Sequence[Seen], act: Act) -> list[Account]:
    """Return what can be compared of the accounts of an incident that one may open."""
    reports = [one.record for one in visible if isinstance(one.record, InboxReport)]
    cases = [one.record for one in visible if isinstance(one.record, CaseFile)]
    return [*_opened(session, reports, act).values(), *(account_of_case(case) for case in cases)]


def _proposals(
    session: Session, accounts: Sequence[Account], act: Act, *, report: str | None = None
) -> Proposals:
    own = {account.number for account in accounts}
    others = {one.number: one for one in _candidates(session, accounts, act, report) if one.number not in own}
    agreements = {number: best_of(other, accounts) for number, other in others.items()}
    likely = sorted(
        (number for number, agreement in agreements.items() if agreement.is_enough),
        key=lambda number: (-agreements[number].score, number),
    )
    seen_now, grouped = seen(session, act.who, likely), incidents_of(session, likely)
    single = [
        Proposal(agreements[one], seen_now[one]) for one in likely if one in seen_now and one not in grouped
    ]
    known: dict[UUID, Proposal] = {}
    for number in likely:
        incident = session.get(Incident, grouped[number]) if number in grouped else None
        if incident is not None and incident.id not in known:
            visible = accounts_of(session, act.who, incident.id)
            known[incident.id] = Proposal(agreements[number], None, incident, len(visible))
    return Proposals(list(known.values()), single)


def _candidates(session: Session, accounts: Sequence[Account], act: Act, report: str | None) -> list[Account]:
    first = min(account.told_on for account in accounts) - timedelta(days=WINDOW_DAYS)
    last = max(account.told_on for account in accounts) + timedelta(days=WINDOW_DAYS)
    reports = session.exec(
        select(InboxReport)
        .where(*reports_seen_by(session, act.who), col(InboxReport.received_on).between(first, last))
        .order_by(col(InboxReport.received_on).desc(), col(InboxReport.id))
        .limit(MOST_COMPARED)
    ).all()
    found = list(_opened(session, reports, act, report=report).values())
    if act.who.may(Permission.CASES):
        found += [account_of_case(case) for case in _cases(session, accounts, act)]
    return found


def _cases(session: Session, accounts: Sequence[Account], act: Act) -> Sequence[CaseFile]:
    first = min(account.told_on for account in accounts) - timedelta(days=WINDOW_DAYS)
    last = max(account.told_on for account in accounts) + timedelta(days=WINDOW_DAYS)
    districts = {UNKNOWN, *(account.district for account in accounts)}
    wanted = select(CaseFile).where(may_open(act.who), col(CaseFile.reported_on).between(first, last))
    if not any(account.district == UNKNOWN for account in accounts):
        wanted = wanted.where(col(CaseFile.district_code).in_(districts))
    return session.exec(wanted.order_by(col(CaseFile.reported_on).desc()).limit(MOST_COMPARED)).all()


def _opened(
    session: Session, reports: Sequence[InboxReport], act: Act, *, report: str | None = None
) -> dict[str, Account]:
    """Return the accounts of reports that passed their door; each is opened once in a session."""
    kept, keys, opened = act.who.compared, dict[str, SealingKey](), 0
    for one in reports:
        if one.case_number in kept:
            continue
        if one.key_name not in keys:
            keys[one.key_name] = office_key(session, act.who, one.key_name)
        try:
            clear = unseal(one.sealed_story or b"", keys[one.key_name], about=f"story/{one.case_number}")
            story = ReportStory.model_validate_json(clear)
        except UNREADABLE:
            continue
        opened += one.case_number != report
        kept[one.case_number] = account_of_report(one.case_number, story, day_in(act.zone, story.told_at))
    if opened:
        record(session, "reports_compared", at=act.at, by=act.who.id, report=report, count=opened)
    return {one.case_number: kept[one.case_number] for one in reports if one.case_number in kept}


def accounts_of(session: Session, who: SignedIn, incident_id: UUID) -> list[Seen]:
    """Return the accounts of an incident that this person may open, and none of the others."""
    wanted = select(IncidentMember.case_number).where(IncidentMember.incident_id == incident_id)
    ordered = wanted.order_by(col(IncidentMember.added_on), col(IncidentMember.case_number))
    return list(seen(session, who, session.exec(ordered)).values())


def incidents_seen_by(session: Session, who: SignedIn) -> list[tuple[Incident, int]]:
    """Return the incidents of which this person may open an account, the newest first, with how many."""
    counts: dict[UUID, int] = {}
    reports = select(InboxReport.id).where(
        InboxReport.case_number == IncidentMember.case_number, *reports_seen_by(session, who)
    )
    cases = select(CaseFile.id).where(CaseFile.reference == IncidentMember.case_number, may_open(who))
    asked = (reports.exists(), cases.exists()) if who.may(Permission.CASES) else (reports.exists(),)
    for may_see in asked:
        for incident_id in session.exec(select(IncidentMember.incident_id).where(may_see)):
            counts[incident_id] = counts.get(incident_id, 0) + 1
    found = session.exec(select(Incident).where(col(Incident.id).in_(counts))).all()
    ordered = sorted(found, key=lambda one: (one.made_on, one.id), reverse=True)
    return [(incident, counts[incident.id]) for incident in ordered]
