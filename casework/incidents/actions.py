"""Putting accounts of one event together, and taking one out again: each is one event on its own chain.

What is counted of an account is written anew with the incident's random word, so that the hand-over counts
one incident and as many persons as told of it. Nothing of one account reaches another.
"""

import secrets
from collections.abc import Sequence

from sqlmodel import Session

from casework.acts import Act
from casework.cases import actions as case_actions
from casework.cases.tables import CaseFile
from casework.inbox import actions as report_actions
from casework.incidents.errors import InAnotherIncident
from casework.incidents.rules import Account
from casework.incidents.tables import Incident, IncidentMember
from casework.seeing import Record, case_id_of, number_of, report_of
from casework.timeline.actions import record
from office.clock import month_of


def begin_incident(session: Session, account: Account, act: Act) -> Incident:
    """Return a new incident with the codes of the account it begins with."""
    incident = Incident(
        group_word=secrets.token_hex(16),
        month=account.month or month_of(account.told_on),
        district_code=account.district,
        area_code=account.area,
        made_on=act.on,
        made_by=act.who.id,
    )
    session.add(incident)
    session.flush()
    return incident


def join(session: Session, incident: Incident, records: Sequence[Record], act: Act) -> int:
    """Add accounts that passed their doors to an incident; return how many were not in it yet.

    Raises:
        InAnotherIncident: one of them belongs to another.
    """
    added = 0
    for one in records:
        number = number_of(one)
        known = session.get(IncidentMember, number)
        if known is not None and known.incident_id != incident.id:
            raise InAnotherIncident(report=number)
        if known is not None:
            continue
        session.add(
            IncidentMember(case_number=number, incident_id=incident.id, added_on=act.on, added_by=act.who.id)
        )
        session.flush()
        _count_anew(session, one, act)
        record(
            session,
            "incident_joined",
            at=act.at,
            by=act.who.id,
            case_id=case_id_of(one),
            report=report_of(one),
            incident=str(incident.id),
        )
        added += 1
    return added


def leave(session: Session, incident: Incident, one: Record, act: Act) -> bool:
    """Take an account out of an incident; say whether it was in it."""
    known = session.get(IncidentMember, number_of(one))
    if known is None or known.incident_id != incident.id:
        return False
    session.delete(known)
    session.flush()
    _count_anew(session, one, act)
    record(
        session,
        "incident_left",
        at=act.at,
        by=act.who.id,
        case_id=case_id_of(one),
        report=report_of(one),
        incident=str(incident.id),
    )
    return True


def _count_anew(session: Session, one: Record, act: Act) -> None:
    if isinstance(one, CaseFile):
        case_actions.renew_coded_record(session, one, act)
    else:
        report_actions.renew_coded_record(session, one, act)
