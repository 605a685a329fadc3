"""Scenario 13 of the acceptance list: an anonymous report whose person comes back with the receipt.

Real processes and a real browser without JavaScript: the thread goes on, the office learns no more than
before, and of two windows the older one is told so and loses nothing.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, col, select

from casework.cases.tables import CaseContent, CaseFile
from casework.notices.tables import NoticeAddress
from casework.timeline.tables import Event
from office.stores.engines import open_store
from tests.journeys.test_road import DURING_IT, device, go_on, sign_in, told_in_arabic
from tests.support.browser import axe, browser  # noqa: F401 - a fixture
from tests.support.office import TriedOffice, tried_office

QUESTION = "¿Qué día fue?"
ANSWER = "كان يوم الثلاثاء الماضي."
NOT_LOST = "نسيت أن أقول إن جاري رأى كل شيء."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TriedOffice]:
    with tried_office(tmp_path, demo_now=DURING_IT) as tried:
        tried.start("intake", "casework")
        yield tried


def come_back(page: Page, office: TriedOffice, number: str, key: str) -> None:
    page.goto(office.address("intake") + "/ar/return")
    page.fill("input[name=case_number]", number)
    page.fill("input[name=key]", key)
    go_on(page, "/ar/return")


def known(office: TriedOffice, number: str) -> tuple[list[str], list[str], int, bool]:
    """What the desk holds of a case: its events, its parts, addresses for notices, a key of its person."""
    engine = open_store(office.office.store("casework"), role="owner", store="casework")
    try:
        with Session(engine) as session:
            case = session.exec(select(CaseFile).where(CaseFile.reference == number)).one()
            chain = select(Event.kind).where(Event.chain == str(case.id)).order_by(col(Event.seq))
            parts = select(CaseContent.kind).where(CaseContent.case_id == case.id)
            addresses = len(session.exec(select(NoticeAddress)).all())
            has_key = case.reporter_public_key is not None
            return list(session.exec(chain)), sorted(session.exec(parts)), addresses, has_key
    finally:
        engine.dispose()


def test_scenario_13_an_anonymous_person_goes_on_with_the_receipt_and_two_windows_lose_nothing(
    office: TriedOffice,
    browser: Browser,  # noqa: F811 - the fixture's name
) -> None:
    telephone = device(browser)
    number, key = told_in_arabic(telephone, office.address("intake"))
    telephone.context.close()
    other = device(browser)
    other_number, other_key = told_in_arabic(other, office.address("intake"))
    other.context.close()
    plain, other_plain = number.replace("-", ""), other_number.replace("-", "")
    office.collect()

    desk = device(browser, 1280)
    sign_in(desk, office.address("casework"))
    for one in (plain, other_plain):
        desk.goto(f"{office.address('casework')}/es/inbox/{one}")
        go_on(desk, "/taking-up")
    own = f"{office.address('casework')}/es/cases/{plain}"
    desk.goto(own)
    expect(desk.locator("main")).not_to_contain_text("Abrir el contacto")
    desk.fill("textarea[name=message]", QUESTION)
    go_on(desk, "/messages")
    office.collect()
    before = known(office, plain)
    assert before[1:] == (["story"], 0, True)

    # They come back on another device: the thread is there, and at the desk nothing has changed by it.
    first = device(browser)
    come_back(first, office, number, key)
    assert QUESTION in first.inner_text("main")
    office.collect()
    assert known(office, plain) == before
    first.fill("textarea[name=message]", ANSWER)
    go_on(first, "/return/message")
    office.collect()
    desk.goto(own)
    assert ANSWER in desk.inner_text("main")
    events, *rest = known(office, plain)
    assert tuple(rest) == before[1:]  # no contact, no address, nothing that says who or where they are
    assert set(events) - set(before[0]) <= {"messages_read", "case_read"}

    # Two windows: in the second somebody opens another case, and the first is older now.
    first.fill("textarea[name=message]", NOT_LOST)
    second = first.context.new_page()
    come_back(second, office, other_number, other_key)
    assert other_number in second.inner_text("main")
    go_on(first, "/return/message")
    assert axe(first) == []
    assert first.evaluate("document.documentElement.scrollWidth") <= 360
    assert first.input_value("input[name=case_number]") == number
    assert first.input_value("textarea[name=message]") == NOT_LOST
    assert first.locator("[role=alert]").count() == 1 and other_number not in first.content()
    first.screenshot(path=str(office.home / "older.png"), full_page=True)
    first.fill("input[name=key]", key)
    go_on(first, "/ar/return")
    assert axe(first) == []
    assert number in first.inner_text("main") and first.input_value("textarea[name=message]") == NOT_LOST
    go_on(first, "/return/message")
    office.collect()
    first.context.close()

    desk.goto(own)
    assert NOT_LOST in desk.inner_text("main")
    desk.goto(f"{office.address('casework')}/es/cases/{other_plain}")
    assert NOT_LOST not in desk.inner_text("main")
    assert "messages_read" not in known(office, other_plain)[0]
    desk.context.close()
