"""The pages of advice in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.advice.pieces import (
    FACTS,
    QUESTION,
    SPEAKS_WOLOF,
    a_text,
    act,
    advised,
    begin,
    delivery,
    path,
    review,
    translate,
)
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.interpreters.tongues import add as add_interpreter
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_advice_can_be_written_reviewed_delivered_and_decided_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila", languages=SPEAKS_WOLOF)
    address = served(desk.app)

    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/cases/{reporter.case_number}")
    looks_right(page, width, "case")
    page.get_by_role("link", name="Asesoramiento en este expediente").click()
    looks_right(page, width, "none yet")
    page.get_by_role("button", name="Escribir un asesoramiento").click()
    page.get_by_role("button", name="Guardar este texto").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("La pregunta").fill(QUESTION)
    page.get_by_label("Los hechos en que se apoya").fill(FACTS)
    page.get_by_label("Ley y artículo 1").fill("Ley 15/2022, art. 20")
    for name, value in (("Día", "13"), ("Mes", "7"), ("Año", "2022")):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_label("En qué consiste").fill("Denunciar ante la policía")
    page.get_by_label("Vía").select_option("police_report")
    page.get_by_role("button", name="Otra opción").click()
    assert page.get_by_label("La pregunta").input_value() == QUESTION
    looks_right(page, width, "another option")
    page.get_by_role("button", name="Guardar este texto").click()
    looks_right(page, width, "draft")

    advice = advised(desk, reporter)
    laila = desk.signed_in("laila")
    page.context.close()
    page = page_of(browser, desk, address, "amparo", width)
    page.goto(f"{address}{path(reporter, advice)}")
    page.get_by_label("Respondo de este texto").check()
    page.get_by_role("button", name="Guardar la revisión").click()
    expect(page.get_by_text("Está revisado, con tu nombre al lado.")).to_be_visible()
    row = translate(desk, laila, reporter, machine=True)
    page.reload()
    expect(page.get_by_text("Todavía no la puede comprobar nadie")).to_be_visible()
    add_interpreter(desk)
    page.reload()
    page.get_by_text("Alguien la ha comparado con el original").click()
    page.get_by_text("Añadir una traducción del texto más reciente").click()
    looks_right(page, width, "unchecked")
    refused = act(desk, laila, reporter, "delivery", **delivery(text_used=str(row.id)))
    assert refused.status_code == 409
    assert act(desk, laila, reporter, "delivery", **delivery()).status_code == 303
    page.goto(f"{address}{path(reporter, advice)}")
    looks_right(page, width, "delivered")
    page.get_by_label("Quiere seguir adelante").check()
    page.get_by_role("button", name="Guardar la decisión").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "no mandate said")
    page.get_by_label("Denuncia ante la policía").check()
    page.get_by_label("Su mandato a la oficina").select_option("in_writing")
    page.get_by_role("button", name="Guardar la decisión").click()
    looks_right(page, width, "decided")
    page.goto(f"{address}{path(reporter)}")
    looks_right(page, width, "list")
    page.context.close()


def test_a_text_somebody_else_changed_is_compared_on_one_page(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = desk.a_case("laila")
    advice = begin(desk, desk.signed_in("laila"), reporter)
    address = served(desk.app)
    page = page_of(browser, desk, address, "laila", 390)
    page.goto(f"{address}{path(reporter, advice)}/text")
    page.get_by_label("Los hechos en que se apoya").fill("De Laila.")
    edited = a_text(version=str(advice.version), the_facts="De Amparo.")
    assert act(desk, desk.signed_in("amparo"), reporter, "text", **edited).status_code == 303
    page.get_by_role("button", name="Guardar este texto").click()
    looks_right(page, 390, "somebody changed it")
    expect(page.get_by_text("De Amparo.")).to_be_visible()
    page.get_by_role("button", name="Guardar este texto").click()
    assert advised(desk, reporter).number == 3
    assert review(desk, desk.signed_in("vicent"), reporter).status_code == 303
    page.context.close()
