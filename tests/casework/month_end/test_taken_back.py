"""A talk that was noted as done by mistake is no contact, and both counts still agree to the unit."""

from datetime import date
from pathlib import Path

import pytest

from tests.casework.deadlines.clocks import at
from tests.casework.desk import Desk, Reporter
from tests.casework.month_end.test_scenario_25 import Story, month_end, read
from tests.casework.tasks.todo import ask, note_way, settle, tasks


def called(desk: Desk, story: Story, one: Reporter) -> str:
    """Note a call with the person as done; return its task."""
    due = date(2026, 12, 20)
    assert ask(desk, story.who, one, "call", doer="amparo", due=due, text="Llamar.").status_code == 303
    (row,) = [row for row in tasks(desk, one) if row.is_open]
    assert settle(story.who, one, row.id).status_code == 303
    return str(row.id)


def test_it_counts_in_no_month_or_in_the_one_that_was_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In October two calls were noted as done, and one of them was taken back the same day.

    The other was taken back in November: October keeps it, and says that the tables have lost one since. In
    November one call was made and noted again.
    """
    story = Story(desk)
    story.on(date(2026, 10, 6))
    one = story.a_case()
    assert note_way(desk, story.who, one, "phone", "neutral").status_code == 303
    slip, late = called(desk, story, one), called(desk, story, one)
    address = f"cases/{one.case_number}/taking-back"
    story.post(f"{address}/{slip}", version=str(desk.case(one).version))
    story.on(date(2026, 11, 3))
    story.post(f"{address}/{late}", version=str(desk.case(one).version), back_why="No contestó.")
    for row in tasks(desk, one):
        assert row.is_open
    assert settle(story.who, one, tasks(desk, one)[0].id).status_code == 303
    at(desk, date(2026, 12, 1))
    for month, changed in (("2026-10", "1"), ("2026-11", "0")):
        folder = tmp_path / month
        assert month_end(desk, monkeypatch, folder, month, "2026-12-01") == 0
        found = read(folder, f"month-{month}-internal-reconciliation.csv")
        assert {row["number"] for row in found if row["from"] == "difference"} == {"0"}
        told = {(row["count"], row["from"]): row["number"] for row in found}
        assert told["contacts", "event task_done"] == "1"
        assert told["contacts", "changed between the month's end and the counting"] == changed
