"""Languages, interpreters and translations in a real browser: laptop and telephone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.advice.pieces import SPEAKS_WOLOF, act, advised, path, translate
from tests.casework.advice.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.interpreters.tongues import add, speaks, unsigned
from tests.casework.test_scenario_10 import ARABIC, a_reviewed_case
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_languages_interpreters_and_translations_can_be_read_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    speaks(desk.signed_in("pau"), greets=("wo",))
    modou = add(desk)
    add(desk, form=unsigned())
    reporter, waiting = a_reviewed_case(desk), desk.report(languages=SPEAKS_WOLOF)
    laila = desk.signed_in("laila")
    translate(desk, laila, reporter, machine=True)
    arabic = {"translation_language": "ar", "translation_text": ARABIC, "made_by": "Samira Inventada"}
    assert act(desk, laila, reporter, "translations", is_machine="no", **arabic).status_code == 303
    address = served(desk.app)
    page = page_of(browser, desk, address, "amparo", width)
    case = f"/es/cases/{reporter.case_number}"
    for at in (
        "/es/my-languages",
        "/es/interpreters",
        f"/es/interpreters/{modou.id}",
        case,
        f"{case}/adviser",
        f"/es/inbox/{waiting.case_number}",
        path(reporter, advised(desk, reporter)),
    ):
        page.goto(f"{address}{at}")
        looks_right(page, width, at)
    page.goto(f"{address}/es/interpreters/new")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "nothing typed")
    page.context.close()
