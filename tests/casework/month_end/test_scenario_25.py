"""Scenario 25, month-end: six counts that agree with the timeline to the unit, and the same files again."""

import csv
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from casework.__main__ import main
from casework.month_end.rules import people
from tests.casework.appointments.meeting import agree, answer, do, hours, slots
from tests.casework.deadlines.clocks import at, path, scan, version
from tests.casework.desk import Desk, Reporter, codes
from tests.casework.links.test_links import follower
from tests.casework.tasks.todo import ask, note_way, settle, tasks

COUNTED = {"contacts": 13, "people": 3, "reports": 4, "cases": 2, "harms": 2, "outcomes": 1}
"""October of the story below, counted by hand."""


def month_end(desk: Desk, monkeypatch: pytest.MonkeyPatch, folder: Path, month: str, on: str) -> int:
    for name, value in {
        "CASEWORK_URL": desk.casework_url,
        "CITY": "valencia",
        "DEMO": "1",
        "DEMO_NOW": f"{on}T09:30:00+00:00",
    }.items():
        monkeypatch.setenv(f"CONVIVENCIA_{name}", value)
    return main(["month-end", month, str(folder)])


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir())}


def read(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / name).read_text("utf-8").splitlines()))


def counts(folder: Path, month: str = "2026-10") -> dict[str, int]:
    rows = read(folder, f"month-{month}-internal-counts.csv")
    return {row["count"]: int(row["number"]) for row in rows}


class Story:
    """An office in which one supervisor does everything, signed in once a day."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def on(self, day: date) -> None:
        at(self.desk, day)
        self.who = self.desk.signed_in("amparo")

    def post(self, address: str, **form: Any) -> None:
        answer = self.who.post(f"/es/{address}", data=form)
        assert answer.status_code == 303, answer.text

    def a_case(self) -> Reporter:
        reporter = self.desk.report()
        self.post(f"inbox/{reporter.case_number}/taking-up", adviser=str(self.desk.staff_id("amparo")))
        return reporter

    def close(self, one: Reporter) -> None:
        scan(self.desk, self.who, one, None, reason="None runs.")
        self.desk.close_case(one, by="amparo", second="vicent")

    def code(self, one: Reporter, *conduct: str) -> None:
        form = codes(conduct=list(conduct), version=version(self.desk, one))
        self.post(f"cases/{one.case_number}/codes", **form)

    def october(self) -> tuple[Reporter, Reporter, Reporter]:
        """A September case; in October two more, a report that becomes none, and one whose key was lost."""
        desk = self.desk
        self.on(date(2026, 9, 28))
        earlier = self.a_case()
        self.on(date(2026, 10, 6))
        first, closed = self.a_case(), self.a_case()  # each a report, and told where it stands: four contacts
        for one in (earlier, first):  # a contact each; the earlier person was counted in September
            self.post(f"cases/{one.case_number}/messages", message="Te escuchamos.")
        desk.write_back(first, "Gracias.")
        self.who.get(path(first))  # opened: a contact
        self.code(first, "direct", "harassment")
        assert note_way(desk, self.who, first, "phone", "allowed").status_code == 303
        for kind, with_code in (("call", "person"), ("letter", "other")):
            asked = ask(
                desk, self.who, first, kind, with_code=with_code, doer="amparo", due=date(2026, 10, 7)
            )
            assert asked.status_code == 303
        for task in tasks(desk, first):  # the call is a contact; the letter to somebody else is none
            assert settle(self.who, first, task.id).status_code == 303
        hours(self.who, on=date(2026, 10, 6), first="17:00", until="19:00")
        assert note_way(desk, self.who, earlier, "phone", "allowed").status_code == 303
        for one, came in ((first, "yes"), (earlier, "no")):  # who came is a contact; who did not is none
            assert agree(self.who, one, slots(desk, state="free")[:1], "book").status_code == 303
            assert do(desk, self.who, one, "coming", came=came).status_code == 303
        for words in ("Llego tarde.", ""):  # what came with an answer is a contact; an answer alone is none
            assert agree(self.who, first, slots(desk, state="free")[:2]).status_code == 303
            answer(desk, first, "other_times", text=words)
            self.who.get(path(first))
        unread, settled = desk.report(), desk.report()
        for _ in range(2):  # one contact
            self.who.get(f"/es/inbox/{settled.case_number}")
        self.who.get(f"/es/inbox/{unread.case_number}/incident")  # a look beside another is no opening
        lost = follower(desk, first.case_number, "lost_key")
        self.who.get(f"/es/inbox/{lost.case_number}")  # a contact of the same person
        self.post(f"inbox/{lost.case_number}/link", do="confirm")
        self.on(date(2026, 10, 31))
        self.close(closed)  # a contact: they are told
        return first, closed, lost

    def november(self, first: Reporter, closed: Reporter, lost: Reporter) -> None:
        """What happens after the month, before it is counted."""
        self.on(date(2026, 11, 3))
        opened = {"version": version(self.desk, closed), "reason": "new_facts", "text": "Seguimos."}
        self.post(f"cases/{closed.case_number}/reopening", **opened)
        self.code(first, "direct")
        self.post(f"inbox/{lost.case_number}/link", do="remove", other=first.case_number)


def test_scenario_25_six_counts_agree_with_the_timeline_and_come_out_the_same_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story(desk)
    first, closed, lost = story.october()
    story.november(first, closed, lost)
    for month, day, why in (
        ("2026-11", "2026-11-30", "not over"),
        ("october", "2026-11-04", "2026-10"),
        ("2026-13", "2026-11-04", "2026-10"),
    ):
        assert month_end(desk, monkeypatch, tmp_path / "none", month, day) == 1
        assert why in capsys.readouterr().err

    for change, back, count in TAMPERED:  # past the timeline: the month fails, and says which count
        with desk.writing() as session:
            session.execute(text(change))
        assert month_end(desk, monkeypatch, tmp_path / "none", "2026-10", "2026-11-04") == 1
        assert f"{count}: timeline {COUNTED[count]}, tables " in capsys.readouterr().err
        with desk.writing() as session:
            session.execute(text(back))
    assert not (tmp_path / "none").exists()

    once, again = tmp_path / "once", tmp_path / "again"
    assert month_end(desk, monkeypatch, once, "2026-10", "2026-11-04") == 0
    assert counts(once) == COUNTED
    found = read(once, "month-2026-10-internal-reconciliation.csv")
    assert {row["number"] for row in found if row["from"] == "difference"} == {"0"}
    told = {(row["count"], row["from"]): row["number"] for row in found}
    assert told["contacts", "event booking_read"] == "1"
    assert told["contacts", "event messages_read"] == told["contacts", "event task_done"] == "1"
    changed = {count: told[count, "changed between the month's end and the counting"] for count in COUNTED}
    assert changed == {
        "contacts": "0", "people": "-1", "reports": "0", "cases": "0", "harms": "1", "outcomes": "1",
    }  # fmt: skip
    for name, content in files(once).items():
        assert stat.S_IMODE((once / name).stat().st_mode) == 0o600
        assert all("not for publication" in line for line in content.decode().splitlines()[1:])

    with desk.writing() as session:  # much later: what the month was counted from is gone
        for statement in (
            "DELETE FROM incoming_message",
            "DELETE FROM incoming_booking",
            "DELETE FROM case_task",
            "DELETE FROM case_message",
            "UPDATE inbox_report SET opened_on = NULL",
            "UPDATE case_file SET conduct_codes = '', opened_on = '2020-01-01'",
        ):
            session.execute(text(statement))
    assert month_end(desk, monkeypatch, again, "2026-10", "2027-03-01") == 0
    assert files(once) == files(again)


TAMPERED = (
    (
        "UPDATE case_file SET conduct_codes = conduct_codes || ' segregation' WHERE conduct_codes <> ''",
        "UPDATE case_file SET conduct_codes = replace(conduct_codes, ' segregation', '')",
        "harms",
    ),
    (
        "UPDATE inbox_report SET opened_on = '2026-10-02' WHERE opened_on IS NULL AND state = 'received'",
        "UPDATE inbox_report SET opened_on = NULL WHERE opened_on = '2026-10-02'",
        "reports",
    ),
    (
        "UPDATE case_file SET opened_on = '2026-10-01' WHERE opened_on = '2026-09-28'",
        "UPDATE case_file SET opened_on = '2026-09-28' WHERE opened_on = '2026-10-01'",
        "cases",
    ),
)
"""What somebody with the whole database could do, how it was before, and which count shows it."""


def test_people_are_counted_once_a_year_for_each_matter() -> None:
    contacts = [
        ("A", date(2025, 12, 31)),
        ("A", date(2026, 1, 2)),
        ("A", date(2026, 2, 1)),
        ("B", date(2026, 2, 1)),
        ("C", date(2026, 3, 1)),
        ("D", date(2026, 2, 9)),
    ]
    same = [frozenset("BC"), frozenset("CD")]
    assert [people(contacts, same, month) for month in ("2025-12", "2026-01", "2026-02", "2026-03")] == [
        1, 1, 1, 0,
    ]  # fmt: skip
    assert people(contacts, [], "2026-03") == 1


def test_a_void_case_is_counted_nowhere_from_the_month_on_in_which_it_became_void(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(desk)
    story.on(date(2026, 10, 6))
    kept, error, late = story.a_case(), story.a_case(), story.a_case()
    story.code(error, "direct")
    void(story, error)
    story.on(date(2026, 11, 3))
    void(story, late)  # October had counted it, as it had counted a case that is opened again
    assert month_end(desk, monkeypatch, tmp_path / "october", "2026-10", "2026-11-04") == 0
    two = {"contacts": 4, "people": 2, "reports": 2, "cases": 2, "harms": 0, "outcomes": 0}
    assert counts(tmp_path / "october") == two  # each a report, and told where it stands
    found = read(tmp_path / "october", "month-2026-10-internal-reconciliation.csv")
    changed = {row["count"]: row["number"] for row in found if row["from"].startswith("changed")}
    assert changed == dict.fromkeys(two, "0")

    story.on(date(2026, 11, 5))
    back = {"void_words": "Era real.", "text": "Seguimos."}
    void(story, error, **back)  # and this takes the voiding back
    story.post(f"cases/{kept.case_number}/messages", message="Te escuchamos.")
    again = tmp_path / "again"
    assert month_end(desk, monkeypatch, again, "2026-10", "2026-12-01") == 0
    assert files(again) == files(tmp_path / "october")
    assert month_end(desk, monkeypatch, tmp_path / "november", "2026-11", "2026-12-01") == 0
    # told that it goes on, and a message; the late one's goodbye is of a void case
    assert counts(tmp_path / "november", "2026-11") == {
        "contacts": 2, "people": 1, "reports": 0, "cases": 0, "harms": 0, "outcomes": 0,
    }  # fmt: skip
    with desk.writing() as session:  # past the timeline: a case cannot be made to vanish from a month
        session.execute(text("DELETE FROM month_count"))
        session.execute(
            text("UPDATE case_file SET voided_on = NULL, outcome_code = 'x' WHERE closed_on > ''")
        )
    assert month_end(desk, monkeypatch, tmp_path / "none", "2026-11", "2026-12-01") == 1


def void(story: Story, one: Reporter, **words: str) -> None:
    """Have a case voided by two, or its voiding taken back."""
    told = {
        "version": version(story.desk, one),
        "void_reason": "test",
        "void_words": "Prueba.",
        "text": "Adiós.",
    }
    story.post(f"cases/{one.case_number}/voiding", **{**told, **words})
    answer = story.desk.signed_in("vicent").post(
        f"/es/cases/{one.case_number}/voiding/decision", data={"version": version(story.desk, one)}
    )
    assert answer.status_code == 303, answer.text
