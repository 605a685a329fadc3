"""Writing and delivering advice on the desk under test, as the forms do."""

from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.advice.tables import Advice, AdviceTranslation
from office.handover.report import Languages
from tests.casework.desk import NOW, Desk, Reporter, said

SPEAKS_WOLOF = Languages(spoken="wo", interpreter_code="spoken")
QUESTION = "¿Puede reclamar por el piso que no le alquilaron?"
FACTS = "Llamó el 20 de noviembre y le dijeron que no alquilan a gente de fuera."


def day_fields(name: str, day: Any = NOW) -> dict[str, str]:
    """A day as a form sends it."""
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def a_text(**other: Any) -> dict[str, Any]:
    """A filled-in text of advice."""
    return {
        "version": "0",
        "language": "es",
        "the_question": QUESTION,
        "the_facts": FACTS,
        "laws": "1",
        "law1": "Ley 15/2022, art. 20",
        "law1_on-day": "13",
        "law1_on-month": "7",
        "law1_on-year": "2022",
        "options": "2",
        "option1_what": "Denunciar ante la policía",
        "option1_route": "police_report",
        "option1_for": "Queda constancia.",
        "option1_against": "Puede tardar.",
        "option1_cost": "Nada",
        "option1_time": "Un mes",
        "option2_what": "Reclamar daños",
        "option2_route": "civil_tort",
        **other,
    }


def path(reporter: Reporter, advice: Advice | None = None) -> str:
    """The address of the advice of a case, or of one piece."""
    own = f"/es/cases/{reporter.case_number}/advice"
    return f"{own}/{advice.id}" if advice else own


def advised(desk: Desk, reporter: Reporter) -> Advice:
    """The one piece of advice of a case, as it stands now."""
    with desk.reading() as session:
        return session.exec(select(Advice).where(Advice.case_id == desk.case(reporter).id)).one()


def translations(desk: Desk) -> list[AdviceTranslation]:
    """Every translation there is."""
    with desk.reading() as session:
        return list(session.exec(select(AdviceTranslation)))


def begin(desk: Desk, client: TestClient, reporter: Reporter, **other: Any) -> Advice:
    """Write the first draft."""
    answer = client.post(f"{path(reporter)}/new", data=a_text(**other))
    assert answer.status_code == 303, said(answer.text)
    return advised(desk, reporter)


def act(desk: Desk, client: TestClient, reporter: Reporter, rest: str, **given: Any) -> Response:
    """Send one of the forms of the page of advice, made from the page as it stands now."""
    advice = advised(desk, reporter)
    return client.post(f"{path(reporter, advice)}/{rest}", data={"version": str(advice.version), **given})


def review(
    desk: Desk, client: TestClient, reporter: Reporter, verdict: str = "reviewed", words: str = ""
) -> Response:
    """Review the newest text."""
    return act(desk, client, reporter, "review", verdict=verdict, review_words=words)


def translate(
    desk: Desk, client: TestClient, reporter: Reporter, *, machine: bool = False
) -> AdviceTranslation:
    """Add a translation into Wolof."""
    answer = act(
        desk,
        client,
        reporter,
        "translations",
        translation_language="wo",
        translation_text="Mën nga kalaame.",
        is_machine="yes" if machine else "no",
        made_by="Traductor automático" if machine else "Awa Inventada",
    )
    assert answer.status_code == 303, said(answer.text)
    return translations(desk)[-1]


def delivery(**other: Any) -> dict[str, Any]:
    """How a Wolof speaker was told, with an interpreter."""
    return {
        "text_used": "original",
        "delivery_language": "wo",
        "understood": "interpreter",
        "interpreter_name": "Modou Inventado",
        "has_undertaken": "yes",
        "way": "in_person",
        "read_back": "yes",
        **day_fields("delivered_on"),
        **other,
    }


def decision(**other: Any) -> dict[str, Any]:
    """What a person decided who goes on with a report to the police."""
    return {
        "decision": "go_on",
        "routes": ["police_report"],
        "mandate": "in_writing",
        **day_fields("decided_on"),
        **other,
    }
