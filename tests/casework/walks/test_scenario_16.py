"""Scenario 16 in a browser: two reports of one bus incident are merged, and parted again within thirty days.

The adviser works; a supervisor looks on from a browser of their own; the two people who told of the bus see
their own answers only.
"""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Locator, expect

from office.ids import shown
from tests.casework.desk import Desk
from tests.casework.merges.pairs import two
from tests.casework.residents import Reporter
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
MINE = "El conductor me hizo bajar a gritos."
THEIRS = "Vi cómo echaban a una mujer del autobús y a mí también."
TICKET, CAMERAS, WITNESS, REPORT = (
    "Tengo el billete.",
    "Pedir las cámaras.",
    "Llamó el testigo.",
    "Leer el atestado.",
)
NEWS = "Mi vecina lo vio todo."
KEEP_IT, COME_IN = "Guarde el billete.", "¿Puede venir el martes?"


def ask_for(at: Walker, case: str, text: str) -> None:
    """Note a task about the event, that reaches nobody."""
    at.go(f"{case}/tasks")
    form = at.form("/tasks")
    form.locator("[name=kind]").select_option("read")
    at.tick("with", "other", within=form)
    form.locator("[name=task_text]").fill(text)
    at.day("due", date(2026, 12, 1), within=form)
    at.send(form)
    at.reads(text)


def write_note(at: Walker, case: str, text: str) -> None:
    at.go(case)
    form = at.unfold("/notes")
    form.locator("[name=note]").fill(text)
    at.send(form)


def answer(at: Walker, case: str, text: str) -> None:
    at.go(case)
    form = at.unfold("/messages")
    form.locator("[name=message]").fill(text)
    at.send(form)


def placed(at: Walker, what: str, case: Reporter) -> Locator:
    """The choice that an addition belongs to this case."""
    group = at.main.get_by_role("group", name=f"¿A qué expediente pertenece? ({what})")
    return group.get_by_label(shown(case.case_number))


def place(at: Walker, what: str, case: Reporter) -> None:
    placed(at, what, case).check()


def read_by(desk: Desk, person: Reporter) -> list[str]:
    """What a person reads with their receipt."""
    return [one.text for one in desk.replies(person) if one.text]


def test_scenario_16_in_a_browser_two_reports_of_one_bus_are_put_together_and_parted(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    lead, other = two(desk, MINE, THEIRS)
    address = served(desk.app)
    own, theirs = f"cases/{lead.case_number}", f"cases/{other.case_number}"
    with at_the_desk(browser, desk, address, "laila") as laila:
        ask_for(laila, theirs, REPORT)
        desk.write_back(other, TICKET)

        # Both are seen side by side before anything happens.
        laila.go(own)
        laila.follow(f"{own}/together")
        form = laila.form("/together")
        form.locator("[name=other]").fill(shown(other.case_number))
        laila.send(form)
        laila.reads(MINE, THEIRS, REPORT, "Qué sigue igual")
        form = laila.main.locator("form", has=laila.page.locator("[name=merge_reason]"))
        laila.tick("leads", "own", within=form)
        laila.send(form)
        laila.refused("")
        form.locator("[name=merge_reason]").fill("El mismo autobús, la misma tarde.")
        laila.decisive("s16-both")
        laila.send(form)

        # Children, consents and messages are kept, marked with the case they belong to.
        laila.go(own)
        laila.decisive("s16-together")
        beside = laila.main.get_by_role("region", name=f"Se lee junto: expediente {shown(other.case_number)}")
        beside.get_by_text("Lo que contó la persona").click()
        for kept in (THEIRS, REPORT, TICKET):
            expect(beside).to_contain_text(kept)
        assert MINE not in beside.inner_text()
        answer(laila, theirs, KEEP_IT)
        answer(laila, own, COME_IN)
        assert (read_by(desk, lead), read_by(desk, other)) == ([COME_IN], [KEEP_IT])
        with at_the_desk(browser, desk, address, "amparo") as amparo:
            amparo.go(theirs)
            amparo.reads("Este expediente va con otro", THEIRS)
            amparo.reads_not(MINE)

        # Later additions are made in the leading case, by her and by the person.
        ask_for(laila, own, CAMERAS)
        write_note(laila, own, WITNESS)
        desk.write_back(lead, NEWS)

        # On the last day but one of the thirty she parts them, and says of each addition where it belongs.
        desk.clock.at = datetime(2026, 12, 22, 9, 30, tzinfo=UTC)
        laila.sign_in()
        laila.go(f"{own}/together")
        laila.reads("Deshacerlo, hasta el 23 de diciembre de 2026", WITNESS, CAMERAS)
        form = laila.main.locator("form", has=laila.page.locator("[name=undo_reason]"))
        place(laila, "Tarea · Leer", other)
        place(laila, "Nota para la oficina", lead)
        assert laila.send(form) == 422
        laila.refused("Falta escribir algo.")
        expect(laila.page.get_by_label("Número del otro expediente")).to_have_value("")
        expect(placed(laila, "Tarea · Leer", other)).to_be_checked()
        form.locator("[name=undo_reason]").fill("Eran dos autobuses.")
        laila.decisive("s16-parting")
        laila.send(form)
        laila.reads("vuelven a ir por separado")

        # Each stands by itself with what it had, what came later lies where she said, and so do the messages.
        for case, there, elsewhere in (
            (own, (MINE, WITNESS, COME_IN, NEWS), (THEIRS, TICKET, KEEP_IT, CAMERAS)),
            (theirs, (THEIRS, TICKET, KEEP_IT, CAMERAS), (MINE, WITNESS, COME_IN, NEWS)),
        ):
            laila.go(case)
            laila.reads(*there, "separó")
            laila.reads_not(*elsewhere)
            laila.go(f"{case}/tasks")
            assert laila.main.get_by_text(REPORT, exact=True).count() == (case == theirs)
        laila.go("cases")
        for one in (lead, other):
            laila.reads(shown(one.case_number))
        assert (read_by(desk, lead), read_by(desk, other)) == ([COME_IN], [KEEP_IT])
