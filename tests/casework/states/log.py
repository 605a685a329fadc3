"""The state of a case as its timeline tells it, read apart from the code that derives it from rows."""

import json
from datetime import date, timedelta

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.queues.rules import UNTOUCHED_AFTER
from casework.timeline.tables import Event
from office.clock import day_in
from office.deadlines.calendar import is_worked
from tests.casework.desk import CITY

LOOKS = {"case_read", "timeline_read", "messages_read"}


def told_by_the_log(session: Session, case: CaseFile, today: date) -> str:
    """Replay the events of a case and say where it stands on that day."""
    events = session.exec(select(Event).where(Event.chain == str(case.id)).order_by(col(Event.seq))).all()
    adviser, stage, looked = "", "triage", False
    given_back = asked = closed = void = acted = False
    given_on = today
    held: tuple[str, date] | None = None
    out: set[str] = set()
    for one in events:
        detail, by = json.loads(one.detail), str(one.by)
        if one.kind in ("case_opened", "case_reassigned", "case_passed_on"):
            given_on, acted = day_in(CITY.zone, one.at), False
            adviser = detail["assigned_to" if one.kind == "case_opened" else "to"]
        acted = acted or (by == adviser and one.kind not in LOOKS)
        if one.kind == "case_opened":
            adviser, looked = detail["assigned_to"], by == detail["assigned_to"]
        elif one.kind == "case_read":
            looked = looked or by == adviser
        elif one.kind == "stage_changed":
            stage = detail["now"]
        elif one.kind in ("case_reassigned", "case_passed_on"):
            adviser, looked, given_back, asked = detail["to"], False, False, False
        elif one.kind == "case_given_back":
            given_back = True
        elif one.kind == "giving_back_ended":
            given_back = False
        elif one.kind == "kept_out":
            out.add(detail["subject"])
        elif one.kind in ("kept_out_ended", "keeping_out_ended"):
            out.discard(detail["subject"])
        elif one.kind in ("closing_asked", "void_asked", "void_back_asked"):
            asked = True
        elif one.kind in ("closing_sent_back", "closing_taken_back", "void_sent_back", "void_taken_back"):
            asked = False
        elif one.kind in ("case_closed", "case_voided"):
            closed, asked, given_back, void = True, False, False, one.kind == "case_voided"
        elif one.kind in ("case_reopened", "void_undone"):
            closed, void, asked, stage, looked = False, False, False, "triage", by == adviser
        elif one.kind == "next_action_set":
            held = (detail["actor"], date.fromisoformat(detail["last_on"]))
    if closed:
        return "void" if void else "closed"
    if asked:
        return "closure_requested"
    if stage == "triage" and (given_back or adviser in out):
        return "new"
    if held and held[0] in ("person", "body") and held[1] >= today:
        return "on_hold"
    gone = (given_on + timedelta(days=one) for one in range(1, (today - given_on).days))
    if (
        stage == "triage"
        and not acted
        and sum(is_worked(CITY.calendar, one) for one in gone) >= UNTOUCHED_AFTER
    ):
        return "new"
    if stage == "triage":
        return "assessment" if looked else "assigned"
    return "advised" if stage == "advice" else "in_progress"
