"""Opening a report, taking it up as a case, or deciding not to."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.passing_on import pass_on_bookings
from casework.cases.actions import open_case
from casework.cases.tables import CaseFile
from casework.coding.actions import put_coded_record
from casework.coding.rules import coded_report
from casework.drafts.keeping import forget_of_case
from casework.feedback.actions import bring_into_thread as bring_feedback
from casework.inbox.errors import AdviceNotWanted, ReportAlreadySettled
from casework.inbox.tables import InboxReport
from casework.messages.consents import applied_changes, consents_now
from casework.messages.incoming import apply_consents, bring_into_thread, note_read, pass_on, readable
from casework.messages.queries import unread, waiting_messages
from casework.messages.replies import Addressee, say_state
from casework.receipts.actions import take_over_of_report
from casework.relays.rules import follower
from casework.staff.keys import names_held, office_key
from casework.timeline.actions import record
from office.handover.reply import StateCode
from office.handover.report import ConsentCode, Message, ReportContact, ReportStory
from office.sealing.boxes import unseal
from office.stores.keyroom import Staff


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report in clear, in the memory of one request."""

    report: InboxReport
    story: ReportStory
    messages: tuple[Message, ...]
    consents: dict[ConsentCode, bool]


def open_report(session: Session, report: InboxReport, act: Act, *, next_on: date | None) -> OpenedReport:
    """Open a report and record that it was read; at the first time the person is told so.

    Args:
        session: the request's transaction.
        report: from `access.report_for`.
        act: who opens it.
        next_on: the day by which the person is promised to hear again.
    """
    opened = in_memory(session, report, act)
    if report.opened_on is None:
        report.opened_on = act.on
        session.add(report)
        _say(session, opened, "read", act, next_on=next_on)
    record(session, "report_read", at=act.at, by=act.who.id, report=report.case_number)
    return opened


def take_up(
    session: Session,
    report: InboxReport,
    adviser: Staff,
    act: Act,
    *,
    next_on: date | None,
    service: str = "",
) -> CaseFile:
    """Make a case of the report: its own key, its content under that key, the inbox's copy wiped.

    One that was settled without a case can be taken up after all; what was written meanwhile comes along.
    `service` is the service of the city that it is about, where whoever takes it up says one.

    Raises:
        ReportAlreadySettled: it is a case already.
        AdviceNotWanted: the person only wants to be counted.
        CannotAssign: `adviser` may not take this case.
    """
    if report.state == "opened_as_case":
        raise ReportAlreadySettled(report=report.case_number)
    opened = in_memory(session, report, act)
    if not opened.consents["advise"]:
        raise AdviceNotWanted(report=report.case_number)
    contact = _contact(session, report, act)
    case = open_case(
        session,
        report,
        opened.story,
        contact,
        adviser,
        act,
        is_counted=opened.consents["count"],
        next_on=next_on,
        service=service,
    )
    bring_into_thread(session, case, act)
    bring_feedback(session, case, act)
    report.state, report.reason_code, report.settled_on = "opened_as_case", None, act.on
    report.sealed_story = report.sealed_contact = None
    report.contact_key_name = None
    session.add(report)
    session.flush()
    forget_of_case(session, report.case_number)
    pass_on(session, act)
    pass_on_bookings(session, act)
    record(
        session, "report_taken_up", at=act.at, by=act.who.id, report=report.case_number, to=str(adviser.id)
    )
    return case


def do_not_take_up(session: Session, report: InboxReport, reason_code: str, text: str, act: Act) -> None:
    """Settle a report without a case, with a reason, and tell the person.

    The coded record stays, so that the report is still counted if the person wished so. Whoever writes again
    is answered in the same way.

    Raises:
        ReportAlreadySettled: somebody was faster, and nothing came since.
    """
    if report.state != "received" and report.case_number not in unread(session, [report.case_number]):
        raise ReportAlreadySettled(report=report.case_number)
    opened = in_memory(session, report, act)
    note_read(session, report.case_number, act)
    report.state, report.reason_code, report.settled_on = "not_taken_up", reason_code, act.on
    session.add(report)
    forget_of_case(session, report.case_number)
    renew_coded_record(session, report, act)
    _say(session, opened, "closed", act, text=text)
    record(
        session,
        "report_not_taken_up",
        at=act.at,
        by=act.who.id,
        report=report.case_number,
        reason=reason_code,
    )


def renew_coded_record(session: Session, report: InboxReport, act: Act) -> None:
    """Write anew what is counted of the report, if the person agrees to be counted."""
    opened = in_memory(session, report, act)
    if not opened.consents["count"]:
        return
    coded = coded_report(report, opened.story, act.city)
    if report.state == "not_taken_up":
        stage = "closed" if opened.consents["advise"] else "statistics_only"
        coded = coded.model_copy(update={"stage_code": stage})
    put_coded_record(session, report, coded, act.keys, on=act.on)


def in_memory(session: Session, report: InboxReport, act: Act) -> OpenedReport:
    """Return the report in clear; whoever calls this leaves the trace of it."""
    apply_consents(session, act)
    take_over_of_report(session, report, act)
    key = office_key(session, act.who, report.key_name)
    number = report.case_number
    story = ReportStory.model_validate_json(unseal(report.sealed_story or b"", key, about=f"story/{number}"))
    held = names_held(session, act.who.id)
    messages = tuple(
        told
        for waiting in waiting_messages(session, number)
        if waiting.key_name in held
        and (told := readable(waiting, office_key(session, act.who, waiting.key_name))) is not None
    )
    consents = consents_now(story.consents, applied_changes(session, number))
    return OpenedReport(report, story, messages, consents)


def _contact(session: Session, report: InboxReport, act: Act) -> ReportContact | None:
    """Return the contact if whoever acts may open it; it stays sealed as it is otherwise."""
    if report.sealed_contact is None or report.contact_key_name not in names_held(session, act.who.id):
        return None
    key = office_key(session, act.who, report.contact_key_name)
    opened = unseal(report.sealed_contact, key, about=f"contact/{report.case_number}")
    return ReportContact.model_validate_json(opened)


def _say(
    session: Session,
    opened: OpenedReport,
    state: StateCode,
    act: Act,
    *,
    next_on: date | None = None,
    text: str = "",
) -> None:
    to, now = _addressee(opened.report), opened.consents
    may_know = follower(opened.story, now)
    say_state(session, to, state, act, next_on=next_on, text=text, consents=now, follower=may_know)


def _addressee(report: InboxReport) -> Addressee:
    return Addressee(report.case_number, report.reporter_public_key, report.reporter_key_version)
