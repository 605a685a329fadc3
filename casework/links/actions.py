"""Confirming, declining and taking back that one report follows another.

Whoever acts came through the doors of both. Only the desk knows of a link: nothing is sent, re-sealed or
shown to either person, and no key of one side is given to who holds the other.
"""

from sqlmodel import Session

from casework.acts import Act
from casework.incidents.tables import CaseLink
from casework.links.errors import LinkNotFound
from casework.links.queries import link_between
from casework.seeing import Record, case_id_of, number_of, report_of
from casework.timeline.actions import record


def confirm_link(session: Session, one: Record, other: Record, relation: str, act: Act) -> None:
    """Keep that `one` is about `other`; an event on both chains. Twice is once."""
    if link_between(session, number_of(one), number_of(other)) is not None:
        return
    session.add(
        CaseLink(
            from_number=number_of(one),
            to_number=number_of(other),
            relation=relation,
            made_on=act.on,
            made_by=act.who.id,
        )
    )
    session.flush()
    for own, far in ((one, other), (other, one)):
        record(
            session,
            "case_linked",
            at=act.at,
            by=act.who.id,
            case_id=case_id_of(own),
            report=report_of(own),
            own=number_of(own),
            other=number_of(far),
            relation=relation,
        )


def decline_link(session: Session, one: Record, other: Record, act: Act) -> None:
    """Note that `one` is not about `other`, whatever the person says."""
    record(
        session,
        "link_declined",
        at=act.at,
        by=act.who.id,
        case_id=case_id_of(one),
        report=report_of(one),
        own=number_of(one),
        other=number_of(other),
    )


def remove_link(session: Session, one: Record, other: Record, act: Act) -> None:
    """Take a confirmed link back; an event on both chains.

    Raises:
        LinkNotFound: there is none.
    """
    link = link_between(session, number_of(one), number_of(other))
    if link is None:
        raise LinkNotFound(report=number_of(one))
    session.delete(link)
    session.flush()
    for own, far in ((one, other), (other, one)):
        record(
            session,
            "link_removed",
            at=act.at,
            by=act.who.id,
            case_id=case_id_of(own),
            report=report_of(own),
            own=number_of(own),
            other=number_of(far),
        )
