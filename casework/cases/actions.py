"""What is done with a case. Each act is one change and one event; none commits or reads the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.waiting import refuse_open_appointment
from casework.cases.content import contact_of, put_part, story_of
from casework.cases.errors import CannotAssign, CaseAlreadyClosed, CaseChanged
from casework.cases.holders import can_hold, holders_beside
from casework.cases.keys import make_case_key
from casework.cases.limits import first_limit_on
from casework.cases.rules import joined
from casework.cases.tables import CaseContent, CaseFile
from casework.coding.actions import put_coded_record
from casework.coding.rules import coded_case, kept_grounds
from casework.conflicts.guards import require_free_to_go_on
from casework.deadlines.closing import refuse_open_deadlines
from casework.harms.codes import HarmCodes, begin_harms, code_harm, first_harm
from casework.harms.tables import CaseHarm
from casework.hearings.standing import refuse_open_hearings
from casework.inbox.tables import InboxReport
from casework.mediation.closing import refuse_open_mediation
from casework.merges.standing import refuse_merged_open
from casework.messages.actions import consents_of, say_state_of_case, tell_state
from casework.safe_contact.actions import keep_said_in_report
from casework.staff.rules import Permission
from casework.states.settling import settle_with_adviser
from casework.states.still_open import refuse_open_referrals
from casework.tasks.still_open import refuse_open_tasks
from casework.timeline.actions import record
from casework.tracks.closing import refuse_open_tracks
from casework.walls.at_the_door import out_at_the_door, wall_at_the_door
from casework.walls.raising import Confirmed, raise_wall
from casework.walls.rules import BY_CODES, service_of_respondent
from casework.walls.saying import say_service
from casework.walls.standing import APART, is_apart
from office.handover.report import ReportContact, ReportStory
from office.routing import routing_of
from office.stores.keyroom import Staff


@dataclass(frozen=True, slots=True)
class Codes:
    """How an adviser codes a case."""

    ground_codes: tuple[str, ...]
    conduct_codes: tuple[str, ...]
    area_code: str
    respondent_code: str
    district_code: str


def open_case(
    session: Session,
    report: InboxReport,
    story: ReportStory,
    contact: ReportContact | None,
    adviser: Staff,
    act: Act,
    *,
    is_counted: bool,
    next_on: date | None,
) -> CaseFile:
    """Open the case of a report under a key of its own, for `adviser` and the supervisors.

    Raises:
        CannotAssign: `adviser` may not take it.
    """
    out = out_at_the_door(session, report.routing_code, story.respondent_code, act, hold=True)
    if not can_hold(session, adviser, routing_code=report.routing_code, without=out):
        raise CannotAssign(report=report.case_number)
    case = CaseFile(
        reference=report.case_number,
        report_id=report.id,
        reporter_public_key=report.reporter_public_key,
        reporter_key_version=report.reporter_key_version,
        reported_week=report.iso_week,
        reported_on=report.received_on,
        language=report.language,
        channel_code=report.channel_code,
        urgency_code=report.urgency_code,
        routing_code=report.routing_code,
        area_code=story.area_code,
        respondent_code=story.respondent_code,
        district_code=story.where.district_code,
        ground_codes=joined(kept_grounds(story, act.city)),
        limit_on=first_limit_on(story, act.city, act.on),
        opened_on=act.on,
        assigned_to=adviser.id,
        assigned_on=act.on,
        looked_on=act.on if act.who.id == adviser.id else None,
        is_demonstration=report.is_demonstration,
    )
    session.add(case)
    session.flush()
    begin_harms(session, case)
    wall_at_the_door(session, case, act)
    beside = holders_beside(session, adviser, routing_code=report.routing_code, without=out)
    holders = [adviser, *beside]
    make_case_key(session, case, holders, by=act.who.id, on=act.on, week=act.week)
    session.flush()
    put_part(session, case, "story", story.as_bytes())
    if contact is not None:
        put_part(session, case, "contact", contact.as_bytes())
        keep_said_in_report(session, case, contact, act)
    elif report.sealed_contact is not None and report.contact_key_name is not None:
        session.add(
            CaseContent(
                case_id=case.id,
                kind="contact",
                key_name=report.contact_key_name,
                sealed=report.sealed_contact,
            )
        )
    if is_counted:
        put_coded_record(session, case, coded_case(case, story, act.city), act.keys, on=act.on)
    record(
        session,
        "case_opened",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        assigned_to=str(adviser.id),
        key_holders=[str(holder.id) for holder in holders],
    )
    tell_state(session, case, act, next_on=next_on, story=story)
    return case


def read_case(session: Session, case: CaseFile, act: Act) -> ReportStory:
    """Return the story and record that it was read."""
    story = story_of(session, case, act)
    leave_trace(session, case, act)
    return story


def leave_trace(session: Session, case: CaseFile, act: Act) -> None:
    """Record that somebody looked at the case; for pages that show something of it without its story."""
    if act.who.id == case.assigned_to and case.looked_on is None:
        case.looked_on = act.on
        session.add(case)
    record(session, "case_read", at=act.at, by=act.who.id, case_id=case.id)


def read_contact(session: Session, case: CaseFile, reason_code: str, act: Act) -> ReportContact:
    """Return how to reach the person, and record who asked and why; what it says of safety is noted once.

    Raises:
        NoContactLeft, KeyNotHeld: see `content.contact_of`.
    """
    contact = contact_of(session, case, act)
    keep_said_in_report(session, case, contact, act)
    record(session, "contact_read", at=act.at, by=act.who.id, case_id=case.id, reason=reason_code)
    return contact


def code_case(
    session: Session,
    case: CaseFile,
    codes: Codes,
    act: Act,
    *,
    version: int,
    confirmed: Confirmed | None = None,
) -> None:
    """Code the case and its first harm, and renew what is counted of it if the person agrees to that.

    Codes that say that the respondent is the city wall the case off, or say of one that stands apart which
    service it is about; `confirmed` is the yes to that.

    Raises:
        CaseChanged: somebody changed it since `version`.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        WallNotConfirmed, WallBeyondReach, NobodyMayHold: see `walls.raising`.
    """
    require_free_to_go_on(session, case)
    _require(case, version)
    harm = first_harm(session, case)
    before = _coded(case, harm)
    code_harm(session, case, harm, HarmCodes(codes.area_code, codes.ground_codes, codes.conduct_codes))
    case.respondent_code = codes.respondent_code
    case.district_code = codes.district_code
    _changed(session, case)
    renew_coded_record(session, case, act)
    after = _coded(case, harm)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    record(session, "case_coded", at=act.at, by=act.who.id, case_id=case.id, **changes)
    if is_apart(case):
        service = service_of_respondent(codes.respondent_code, act.city)
        say_service(session, case, service, BY_CODES, act, confirmed=confirmed)
    elif routing_of(codes.respondent_code, act.city) == APART:
        raise_wall(session, case, BY_CODES, act, confirmed=confirmed)


def close_case(
    session: Session,
    case: CaseFile,
    act: Act,
    *,
    response_codes: Sequence[str],
    outcome_code: str,
    reason_code: str,
    text: str,
    version: int,
    despite_deadlines: str = "",
    asked_by: UUID | None = None,
    head_agreed: bool = False,
) -> None:
    """Close the case with what the office did and how it ended, and tell the person.

    `despite_deadlines` is a supervisor's reason for closing it although deadlines, tracks, tasks, referrals
    or a mediation are open, or anybody's once the head of the office agreed (`head_agreed`); `asked_by` is
    who asked for it. Pages close through `states.closing`, by two.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CaseAlreadyClosed: it has an outcome.
        DeadlinesOpen, TracksOpen, MediationOpen, TasksOpen, ReferralsOpen: some are open, and nobody who
            may gave a reason.
        AppointmentOpen: the person is still to come, or to choose a time.
        HearingsOpen: somebody who decides is still to see them.
        MergedOpen: a case that is read under it is open.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    require_free_to_go_on(session, case)
    _require(case, version)
    refuse_merged_open(session, case)
    reason = despite_deadlines if head_agreed or act.who.may(Permission.SUPERVISE) else ""
    over = refuse_open_deadlines(session, case, act, reason)
    over_tracks = refuse_open_tracks(session, case, act, reason)
    is_kept = bool(over or over_tracks)
    mediation = refuse_open_mediation(session, case, act, reason, is_kept=is_kept)
    is_kept = is_kept or mediation is not None
    refuse_open_appointment(session, case)
    refuse_open_hearings(session, case)
    undone = refuse_open_tasks(session, case, act, reason, is_kept=is_kept)
    is_kept = is_kept or bool(undone)
    referred = refuse_open_referrals(session, case, act, reason, is_kept=is_kept)
    settle_with_adviser(session, case, act)
    case.response_codes = joined(response_codes)
    case.outcome_code, case.reason_code = outcome_code, reason_code
    case.stage_code, case.closed_on, case.next_on = "closed", act.on, None
    _changed(session, case)
    renew_coded_record(session, case, act)
    say_state_of_case(session, case, "closed", act, story_of(session, case, act), None, text)
    record(
        session,
        "case_closed",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        outcome=outcome_code,
        reason=reason_code,
        responses=case.response_codes.split(),
        over_deadlines=over or None,
        over_tracks=over_tracks or None,
        over_mediation=mediation,
        over_tasks=undone or None,
        over_referrals=referred or None,
        asked_by=str(asked_by) if asked_by else None,
    )


def _require(case: CaseFile, version: int) -> None:
    if case.version != version:
        raise CaseChanged(case=case.reference)


def _changed(session: Session, case: CaseFile) -> None:
    case.version += 1
    session.add(case)
    session.flush()


def _coded(case: CaseFile, harm: CaseHarm) -> dict[str, str]:
    return {
        "grounds": harm.ground_codes,
        "conduct": harm.conduct_codes,
        "area": harm.area_code,
        "respondent": case.respondent_code,
        "district": case.district_code,
    }


def renew_coded_record(session: Session, case: CaseFile, act: Act) -> None:
    """Write anew what is counted of the case, if the person agrees to be counted and it is not void."""
    if case.is_void:
        return
    story = story_of(session, case, act)
    if consents_of(session, case, story)["count"]:
        put_coded_record(session, case, coded_case(case, story, act.city), act.keys, on=act.on)
