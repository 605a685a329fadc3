"""From asking with the receipt through the courier to the desk: on a phone, without script, with mistakes."""

from playwright.sync_api import Browser, Page, expect

from intake_api.app import create_app as create_intake
from intake_api.settings import IntakeSettings
from tests.casework.appointments.meeting import TUESDAY, hours
from tests.casework.appointments.test_in_the_browser import with_receipt
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.tasks.todo import ask, tasks
from tests.support.browser import Serve, axe, browser, served
from tests.support.reports import post_json, report

__all__ = ["browser", "served"]  # fixtures

PHONE = 360


def seen(page: Page, width: int, what: str) -> None:
    """Everybody can read the page, and nothing has to be pushed sideways."""
    looks_right(page, width, what)


def test_an_appointment_is_asked_for_and_the_desk_reads_how_and_when(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    settings = IntakeSettings(
        home=desk.folder, mailbox_url=desk.mailbox_url, public_keys=desk.settings.public_keys, demo=True
    )
    door, address = served(create_intake(settings, desk.clock)), served(desk.app)
    story = report("No me alquilan.", languages={"spoken": "ar", "interpreter": "spoken"})
    receipt = post_json(f"{door}/api/v1/reports", story).body
    number = receipt["case_number"].replace("-", "")
    desk.collect()
    taken = {"adviser": str(desk.staff_id("laila"))}
    assert desk.signed_in("amparo").post(f"/es/inbox/{number}/taking-up", data=taken).status_code == 303

    for tag in ("es", "ar"):
        person = with_receipt(browser, door, receipt, tag, PHONE)
        seen(person, PHONE, f"{tag} case")
        person.locator("a[href$='/appointment/asking']").click()
        seen(person, PHONE, f"{tag} asking")
        person.fill("textarea[name=booking_text]", "أتكلم العربية.")
        person.locator("form[action$='/asking'] button").last.click()
        expect(person.locator(".govuk-error-summary a[href='#ways']")).to_be_visible()
        assert person.locator("textarea[name=booking_text]").input_value() == "أتكلم العربية."
        seen(person, PHONE, f"{tag} asking wrong")
    for name, value in (
        ("ways", "video"),
        ("days", "monday"),
        ("halves", "morning"),
        ("needs", "interpreter"),
    ):
        person.check(f"input[name={name}][value={value}]")
    person.locator("form[action$='/asking'] button").last.click()
    expect(person).to_have_url(f"{door}/ar/return/case?done=booking")
    seen(person, PHONE, "ar asked")
    assert axe(person) == []

    desk.collect()
    laila, other = desk.signed_in("laila"), desk.a_case("laila")
    hours(laila, "video")
    assert ask(desk, laila, other).status_code == 303
    (task,) = tasks(desk, other)
    for width in (PHONE, 1280):
        page = page_of(browser, desk, address, "laila", width)
        for at in ("", "/appointments", "/links", "/timeline"):
            page.goto(f"{address}/es/cases/{number}{at}")
            seen(page, width, f"desk{at.replace('/', '-')}")
        page.goto(f"{address}/es/cases/{number}/appointments")
        expect(page.get_by_text("La persona pide:")).to_be_visible()
        page.goto(f"{address}/es/cases/{number}/links")
        page.get_by_role("button", name="Guardar el enlace").click()
        seen(page, width, "desk-links wrong")
        page.goto(f"{address}/es/cases/{other.case_number}/tasks/{task.id}")
        seen(page, width, "desk-task")
        page.fill("input[name=task_text]", "")
        page.get_by_role("button", name="Guardar la tarea").click()
        seen(page, width, "desk-task wrong")
        amparo = page_of(browser, desk, address, "amparo", width)
        for at in (f"agenda/team?from={TUESDAY.isoformat()}", "supervision"):
            amparo.goto(f"{address}/es/{at}")
            seen(amparo, width, f"desk-{at.partition('?')[0].replace('/', '-')}")
