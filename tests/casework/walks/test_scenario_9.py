"""Scenario 9 in a browser: her partner answers the telephone and opens letters; "never phone"."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from office.handover.report import ReportContact
from tests.casework.desk import CITY, Desk
from tests.casework.notices.post_office import SENDER, by_mail, gateway, leave_address, mail_server, send
from tests.casework.walks.steps import take_up
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
SAID = "Nunca por teléfono: mi pareja lo coge y abre las cartas."
GIVES_AWAY = ("convivencia", "oficina", "discrimin", "ayuntamiento", "ajuntament", "valència", "valencia")
"""Words that would tell who writes."""
TASK = "Avisar de la cita del martes."


def note(person: Walker, own: str, way: str, rule: str) -> None:
    """Note what holds for a way, on the page of safe contact."""
    person.go(f"{own}/safe-contact")
    person.pick("way", way)
    person.tick("rule", rule)
    person.page.fill("[name=safe_reason]", "Lo dijo ella en la primera cita.")
    assert person.send("/safe-contact") == 200


def ask(person: Walker, own: str, kind: str) -> int:
    """Ask for a task with the person, on the page of tasks."""
    person.go(f"{own}/tasks")
    form = person.unfold(f"{own}/tasks")
    person.pick("kind", kind, within=form)
    person.tick("with", "person", within=form)
    form.locator("[name=task_text]").fill(TASK)
    person.day("due", date(2026, 11, 27), within=form)
    return person.send(form)


def test_scenario_9_never_by_telephone_nor_by_letter_in_a_browser(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    theirs = ReportContact(kind="email", value="persona@correo.example", safe_note=SAID)
    reporter, by_sms = desk.report(contact=theirs), desk.report(contact=theirs)
    own, address = f"cases/{reporter.case_number}", served(desk.app)
    with at_the_desk(browser, desk, address, "laila") as laila:
        take_up(laila, reporter.case_number)
        laila.follow(f"{own}/safe-contact")
        laila.reads(SAID, "La persona, en su comunicación")
        for way, rule in (("phone", "never"), ("letter", "never"), ("visit", "never"), ("email", "neutral")):
            note(laila, own, way, rule)
        laila.reads("Teléfono", "Lo dijo ella en la primera cita.")
        laila.decisive("s9-safe-contact")

        for kind, way in (("call", "Teléfono: nunca"), ("letter", "Carta: nunca"), ("visit", ": nunca")):
            assert ask(laila, own, kind) == 422
            laila.refused(way, "Correo electrónico", "La página del recibo")  # why not, and what is safe
            expect(laila.page.locator("[name=task_text]")).to_have_value(TASK)
        laila.decisive("s9-refused")
        laila.go(f"{own}/tasks")
        laila.reads("No hay ninguna tarea abierta")
        assert ask(laila, own, "email") == 200
        laila.reads(TASK)

        laila.go(f"{own}/letters")
        laila.tick("template", "advice")
        assert laila.send("/letters") == 200
        form = laila.unfold("/text")
        form.locator("[name=field_options]").fill("Puedes reclamar.")
        form.locator("[name=field_recipient]").fill("Amina B.")
        form.locator("[name=field_recipient_address]").fill("Calle Sola 3")
        assert laila.send(form) == 200
        assert laila.send("/making") == 409
        laila.reads("no recibe cartas en casa")
        laila.decisive("s9-letter")
        laila.go(laila.page.url.partition("/es/")[2].removesuffix("/making"))
        laila.unfold("/text").locator("[name=field_recipient_address]").fill("")
        assert laila.send("/text") == 200
        assert laila.send("/making") == 200
        ways = laila.page.get_by_role("group", name="¿Cómo?")
        expect(ways).to_contain_text("Entregada")
        for shut in ("post", "registered"):
            expect(laila.page.locator(f'[name=via][value="{shut}"]')).to_have_count(0)
        laila.decisive("s9-made")

        take_up(laila, by_sms.case_number)
        other = f"cases/{by_sms.case_number}"
        note(laila, other, "sms", "neutral")
        leave_address(desk, reporter, "email", "persona@correo.example")
        leave_address(desk, by_sms, "sms", "600 123 123")
        for case in (own, other):
            laila.go(case)
            laila.page.fill("[name=message]", "Hay novedades: la Oficina de No Discriminación te cita.")
            assert laila.send(f"{case}/messages") == 200
    with mail_server() as server, gateway() as told:
        send(desk, sms_gateway=f"http://127.0.0.1:{told.port}/", **by_mail(server))
    ((sender, to, letter),), ((posted, _),) = server.letters, told.posted
    assert (sender, letter["From"], to) == (SENDER, SENDER, ["persona@correo.example"])
    assert letter["Subject"] == "Tienes noticias"
    whole = (str(letter) + letter.get_content()).casefold()  # type: ignore[attr-defined]  # an EmailMessage
    numbers = [one.case_number.casefold() for one in (reporter, by_sms)]
    for word in (*GIVES_AWAY, *numbers, CITY.name_in("es").casefold()):
        assert word not in whole and word not in posted["text"].casefold(), word
