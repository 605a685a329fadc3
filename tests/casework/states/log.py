"""The state of a case as its timeline tells it, read apart from the code that derives it from rows."""

import json
from datetime import date

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.timeline.tables import Event

WORKING = {"action", "proceedings", "follow_up"}


def told_by_the_log(session: Session, case: CaseFile, today: date) -> str:
    """Replay the events of a case and say where it stands on that day."""
    events = session.exec(select(Event).where(Event.chain == str(case.id)).order_by(col(Event.seq))).all()
    adviser, stage, looked = "", "triage", False
    given_back = asked = closed = False
    held: tuple[str, date] | None = None
    out: set[str] = set()
    for one in events:
        detail, by = json.loads(one.detail), str(one.by)
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
        elif one.kind == "kept_out_ended":
            out.discard(detail["subject"])
        elif one.kind == "closing_asked":
            asked = True
        elif one.kind in ("closing_sent_back", "closing_taken_back"):
            asked = False
        elif one.kind == "case_closed":
            closed, asked, given_back = True, False, False
        elif one.kind == "case_reopened":
            closed, stage, looked = False, "triage", by == adviser
        elif one.kind == "next_action_set":
            held = (detail["actor"], date.fromisoformat(detail["last_on"]))
    if closed:
        return "closed"
    if asked:
        return "closure_requested"
    if stage == "triage" and (given_back or adviser in out):
        return "new"
    if held and held[0] in ("person", "body") and held[1] >= today:
        return "on_hold"
    if stage == "triage":
        return "assessment" if looked else "assigned"
    return "advised" if stage == "advice" else "in_progress"
