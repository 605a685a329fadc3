"""A mediation in a real browser, by adviser and mediator: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import Desk
from tests.casework.mediation.steps import (
    TODAY,
    done,
    hand_over,
    name_mediator,
    offer,
    screen,
    standing,
    step,
)
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


def fill_day(page: Page, legend: str) -> None:
    group = page.get_by_role("group", name=legend)
    for part, value in (("Día", "23"), ("Mes", "11"), ("Año", "2026")):
        group.get_by_label(part).fill(value)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_mediation_can_be_screened_offered_and_held_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    name_mediator(desk)
    case, laila, pau = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("pau")
    scan(desk, laila, case, TODAY, "civil_tort")
    address = served(desk.app)
    own = f"{address}/es/cases/{case.case_number}"
    page = page_of(browser, desk, address, "laila", width)
    page.goto(own)
    page.get_by_role("link", name="Si se puede mediar").click()
    expect(page.get_by_role("heading", name="Examen previo")).to_be_visible()
    looks_right(page, width, "screening")
    page.get_by_role("button", name="Guardar el examen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    done(screen(laila, case, imbalance="yes"))
    page.goto(f"{own}/mediation")
    page.get_by_label("Quién media").select_option(label="Pau Supuesto")
    fill_day(page, "Ofrecida el")
    page.get_by_label("Cómo se protege a la persona").fill("Con alguien de su sindicato.")
    page.get_by_role("button", name="Anotar la oferta").click()
    expect(page.get_by_role("status")).to_be_visible()
    looks_right(page, width, "offered")
    done(step(desk, laila, case, "person_consented"))
    page.goto(f"{own}/mediation")
    looks_right(page, width, "handing over")
    done(hand_over(desk, laila, case, told_handed="Quiere que no se repita."))
    page.context.close()

    page = page_of(browser, desk, address, "pau", width)
    page.goto(f"{address}/es/mediations")
    page.get_by_role("link", name=f"Mediación {standing(desk, case).mediation.reference}").click()
    expect(page.get_by_text("Quiere que no se repita.")).to_be_visible()
    looks_right(page, width, "mediator")
    page.get_by_label("Invitada la otra parte").check()
    fill_day(page, "Qué día")
    page.get_by_label("Idioma de la invitación").select_option(label="العربية")
    page.get_by_role("button", name="Anotar el paso").click()
    page.get_by_role("link", name="La invitación, para imprimir").click()
    expect(page.get_by_role("heading", name="دعوة إلى وساطة")).to_be_visible()
    looks_right(page, width, "sheet")
    done(
        step(desk, pau, case, "respondent_consented", mediator=True),
        step(desk, pau, case, "session", mediator=True),
    )
    page.goto(f"{address}/es/mediations/{standing(desk, case).mediation.id}")
    page.get_by_text("Anotar lo acordado").click()
    looks_right(page, width, "agreement")
    page.context.close()

    barred = desk.a_case("laila", act_codes=("assault",))
    done(screen(laila, barred))
    assert offer(desk, laila, barred).status_code == 403
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/cases/{barred.case_number}/mediation")
    expect(page.get_by_text("Ley 15/2022 art. 40.b")).to_be_visible()
    looks_right(page, width, "barred")
    page.context.close()
