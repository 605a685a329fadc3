"""One of several cases that are read together, in words, marked with its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.advice.queries import states_of
from casework.appointments.actions import Hand
from casework.appointments.pages import line_of as appointment_line
from casework.appointments.taking import take_answers
from casework.assessing.queries import card_of as sheets_card_of
from casework.cases import actions
from casework.cases.tables import CaseFile
from casework.conflicts.queries import ShownParty, people_of
from casework.deadlines.overview import Overview, deadlines_of
from casework.documents.wording import DocumentLine, shown_documents
from casework.feedback.actions import open_feedback
from casework.harms.wording import HarmLine, shown_harms
from casework.hearings.wording import Line as HearingLine
from casework.hearings.wording import lines_open
from casework.mediation.wording import line_of
from casework.merges.queries import open_leading_of, read_with
from casework.messages.actions import consents_of
from casework.messages.incoming import apply_consents, read_waiting
from casework.messages.queries import Said, thread
from casework.referrals.bodies import body_name
from casework.referrals.queries import referrals_of
from casework.referrals.rules import STATES
from casework.tasks.queries import ShownTask, tasks_of
from casework.tasks.rules import KINDS
from casework.timeline.queries import names_of
from casework.tracks.wording import Line, lines_of
from office.handover.report import ConsentCode, ReportStory

if TYPE_CHECKING:
    from casework.showing import View


@dataclass(frozen=True, slots=True)
class Side:
    """What one case holds, as it is shown beside another.

    Attributes:
        documents: those the office added to this case, but the void ones.
        referrals: the name of each body, and where the referral stands.
        thread: with the person of this case; empty where nothing of it is shown.
    """

    case: CaseFile
    adviser: str
    story: ReportStory
    deadlines: Overview
    people: Sequence[ShownParty]
    hearings: Sequence[HearingLine]
    harms: Sequence[HarmLine]
    documents: Sequence[DocumentLine]
    tasks: Sequence[ShownTask]
    task_kinds: Mapping[str, str]
    tracks: Sequence[Line]
    advice: Mapping[str, int]
    referrals: Sequence[tuple[str, str]]
    consents: Mapping[ConsentCode, bool]
    sheets: object
    mediation: str
    appointment: str
    thread: Sequence[Said] = ()


def side_of(view: "View", case: CaseFile, *, with_thread: bool = False) -> Side:
    """Return one case as it is shown beside another, on its record; with its thread, what waits is read."""
    session, act = view.session, view.act
    apply_consents(session, act, case)
    if with_thread:
        read_waiting(session, case, act)
        open_feedback(session, case, act)
        take_answers(Hand(session, case, act, view.language))
    story = actions.read_case(session, case, act)
    tag = view.language.tag
    return Side(
        case=case,
        adviser=names_of(session, [case.assigned_to]).get(case.assigned_to, ""),
        story=story,
        deadlines=deadlines_of(view, case),
        people=people_of(session, case, act),
        hearings=lines_open(view, case),
        harms=shown_harms(view, case),
        documents=[one for one in shown_documents(view, case) if one.voided_on is None],
        tasks=[one for one in tasks_of(session, case, act) if one.task.is_open],
        task_kinds={code: view.text(words) for code, words in KINDS.items()},
        tracks=lines_of(view, case),
        advice=states_of(session, case),
        referrals=[
            (body_name(session, act.city, one.body_code, tag), view.text(STATES[one.state]))
            for one in referrals_of(session, case)
        ],
        consents=consents_of(session, case, story),
        sheets=sheets_card_of(session, case),
        mediation=line_of(view, case),
        appointment=appointment_line(view, case),
        thread=thread(session, case, act) if with_thread else (),
    )


def beside(view: "View", case: CaseFile) -> dict[str, object]:
    """Return what a case's page tells of others: those read with it, or the one under which it is read."""
    return {
        "sides": [side_of(view, one, with_thread=True) for _, one in read_with(view.session, view.act, case)],
        "leading": open_leading_of(view.session, view.act.who, case),
    }
