"""What advisers and mediators do in the tests: each act as the pages' own forms send it."""

from datetime import date
from typing import Any

from sqlmodel import select
from starlette.testclient import TestClient

from casework.mediation.bars import ASKED
from casework.mediation.queries import Standing, mediations_of
from casework.mediation.tables import Mediator, MediatorNote
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter, said

TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 23)


def name_mediator(desk: Desk, name: str = "pau", *, by: TestClient | None = None, do: str = "name") -> None:
    """A supervisor says who mediates; without one it is said in the store, which takes less time."""
    if by is None:
        with desk.writing() as session:
            session.add(
                Mediator(staff_id=desk.staff_id(name), named_by=desk.staff_id("amparo"), named_on=TODAY)
            )
        return
    answer = by.post(f"/es/staff/{desk.staff_id(name)}/mediator", data={"do": do})
    assert answer.status_code == 303, said(answer.text)


def of_case(reporter: Reporter, act: str = "", one: Standing | None = None) -> str:
    own = f"/es/cases/{reporter.case_number}/mediation"
    return f"{own}/{one.mediation.id}/{act}" if one else own


def of_mediator(one: Standing, act: str = "", language: str = "es") -> str:
    return f"/{language}/mediations/{one.mediation.id}" + (f"/{act}" if act else "")


def standing(desk: Desk, reporter: Reporter) -> Standing:
    """The newest mediation of a case as it stands now."""
    with desk.reading() as session:
        return mediations_of(session, desk.case(reporter).id)[0]


def versioned(one: Standing) -> dict[str, str]:
    return {"version": str(one.mediation.version)}


def screen(
    person: TestClient, reporter: Reporter, one: Standing | None = None, note: str = "", **answers: str
) -> Any:
    """Note a screening: no to everything that is not answered otherwise."""
    data = {f"said_{bar.code}": answers.get(bar.code, "no") for bar in ASKED}
    own = {"mediation": str(one.mediation.id), **versioned(one)} if one else {"mediation": "", "version": "0"}
    return person.post(of_case(reporter), data={**data, **own, "screening_note": note})


def offer(desk: Desk, person: TestClient, reporter: Reporter, mediator: str = "pau", **form: Any) -> Any:
    one = standing(desk, reporter)
    data = {"mediator": str(desk.staff_id(mediator)), **day_fields("offered_on", TODAY), **versioned(one)}
    return person.post(of_case(reporter, "offer", one), data={**data, **form})


def step(
    desk: Desk,
    person: TestClient,
    reporter: Reporter,
    code: str,
    *,
    mediator: bool = False,
    on: date = TODAY,
    **form: Any,
) -> Any:
    """Note a step, by the form of the case or by that of the mediator."""
    one = standing(desk, reporter)
    data: dict[str, Any] = {"step": code, **day_fields("step_on", on), **versioned(one)}
    if code.endswith("_consented"):
        data["evidence"] = "signed"
    if code == "invited":
        data["sheet_language"] = "es"
    if code == "withdrawn":
        data["party"] = "respondent" if mediator else "person"
    return person.post(
        of_mediator(one, "steps") if mediator else of_case(reporter, "steps", one), data={**data, **form}
    )


def hand_over(desk: Desk, person: TestClient, reporter: Reporter, **form: Any) -> Any:
    one = standing(desk, reporter)
    told = {"told_name": "Nadia", "told_language": "ar", "told_reach": "Por las mañanas.", "told_handed": ""}
    return person.post(of_case(reporter, "handing-over", one), data={**told, **versioned(one), **form})


def agree(desk: Desk, person: TestClient, reporter: Reporter, **form: Any) -> Any:
    one = standing(desk, reporter)
    data = {
        "agreed_text": "Se disculpa por escrito.",
        "promises": ["apology", "cessation"],
        **day_fields("agreed_on", TODAY),
        **day_fields("check_on", LATER),
        **versioned(one),
    }
    return person.post(of_mediator(one, "agreement"), data={**data, **form})


def done(*answers: Any) -> None:
    """Each was accepted."""
    for place, answer in enumerate(answers):
        assert answer.status_code == 303, (place, said(answer.text))


def offered(desk: Desk, adviser: TestClient, reporter: Reporter) -> None:
    """A mediation that was screened and offered with Pau."""
    done(screen(adviser, reporter), offer(desk, adviser, reporter))


def invited(desk: Desk, adviser: TestClient, mediator: TestClient, reporter: Reporter, **form: Any) -> None:
    """The same, with the person's consent and the other side invited."""
    offered(desk, adviser, reporter)
    done(
        step(desk, adviser, reporter, "person_consented"),
        hand_over(desk, adviser, reporter),
        step(desk, mediator, reporter, "invited", mediator=True, **form),
    )


def notes(desk: Desk) -> list[MediatorNote]:
    with desk.reading() as session:
        return list(session.exec(select(MediatorNote)))
