"""Every act × a case whose adviser keeps out of it and still has it: nothing they send changes it."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from office.ids import new_case_number
from tests.casework.conflicts.people import declare
from tests.casework.desk import said
from tests.casework.matrix import programs
from tests.casework.matrix.asking import ask, client_of, path_of
from tests.casework.matrix.declared import Route, declared
from tests.casework.matrix.world import World
from tests.casework.residents import Reporter

REFUSED: Final = "cuando una persona supervisora se lo haya dado a otra"
ON_THE_CASE: Final = "/{language}/cases/{number}"
ALLOWED: Final = {
    "/people/interest": "declares another ground",
    "/adviser": "is refused by its own guard, tested in conflicts/test_recusals",
    "/returning": "gives it back to the supervisors",
    "/contact": "reads, on record, as the rest of the case until it is given away",
    "/profile/opening": "reads, on record; only a supervisor may",
}
"""What whoever keeps out may still send, below the case's address."""
OWN: Final = {"/{language}/drafts": "what was typed is kept for whoever typed it, and is no part of the case"}


def acts(who: str) -> list[Route]:
    """Return every act on a case that the role of somebody may do in their own."""
    told = declared()
    (mine,) = [one for one in told.subjects["case"] if one.name == "mine"]
    return [
        one
        for one in told.routes.values()
        if one.method == "POST" and one.of == "case" and told.may(replace(one, lacks=""), mine, who)
    ]


@pytest.fixture
def kept_out(world: World, tmp_path: Path) -> World:
    """The office once Laila declared an interest in a case of hers."""
    mine = Reporter(world.subjects["case"]["mine"]["number"], None)  # type: ignore[arg-type]  # its number
    answer = declare(client_of(world, "laila"), mine)
    assert answer.status_code == 303, said(answer.text)
    changed = replace(world, kept=tmp_path / "kept.db")
    changed.keep()
    return changed


def test_an_adviser_who_keeps_out_changes_nothing_by_any_act(kept_out: World) -> None:
    own, laila = kept_out.subjects["case"]["mine"], client_of(kept_out, "laila")
    wrong, refused, allowed = [], 0, set()
    for route in acts("laila"):
        rest = route.path.removeprefix(ON_THE_CASE)
        if route.path in OWN or rest in ALLOWED:
            allowed.add(rest)
            continue
        answer = ask(kept_out, laila, route, own)
        refused += 1
        if answer.status_code != 409 or REFUSED not in said(answer.text):
            wrong.append(f"{route} is answered {answer.status_code} and should be refused in words")
        if changed := kept_out.changed():
            wrong.append(f"{route} changed {', '.join(changed)}")
            kept_out.restore()
    assert not wrong, "\n".join(wrong)
    assert refused > 100
    assert allowed == {*ALLOWED, *OWN}


def test_nor_does_her_program(kept_out: World) -> None:
    told, own, laila = declared(), kept_out.subjects["case"]["mine"], client_of(kept_out, "laila")
    for_programs = {str(one.route) for one in programs.asks_of_programs(told, "laila", "POST")}
    wrong, refused = [], 0
    for route in acts("laila"):
        still = route.path in OWN or route.path.removeprefix(ON_THE_CASE) in ALLOWED
        if still or str(route) not in for_programs:
            continue
        answer = programs.ask(kept_out, laila, route, own)
        refused += 1
        if answer.status_code != 409 or answer.json()["code"] != "adviser_keeps_out":
            wrong.append(f"{route} is answered {answer.status_code}: {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)
    assert refused > 90
    assert not kept_out.changed()


def test_nor_by_naming_it_on_the_page_of_another_of_her_cases(kept_out: World) -> None:
    cases, laila = kept_out.subjects["case"], client_of(kept_out, "laila")
    form = {"other": cases["mine"]["number"], "link_kind": "related"}
    answer = laila.post(f"/es/cases/{cases['leading']['number']}/links", data=form)
    assert answer.status_code == 409 and REFUSED in said(answer.text)
    assert not kept_out.changed()


def test_what_she_may_still_send_is_not_refused_as_a_change(kept_out: World) -> None:
    own, laila = kept_out.subjects["case"]["mine"], client_of(kept_out, "laila")
    address = f"/es/cases/{own['number']}"
    assert laila.post(f"{address}/people/interest", data={"relation": "family"}).status_code == 303
    assert laila.post(f"{address}/contact", data={"reason": "answer"}).status_code == 200
    assert laila.post(f"{address}/returning", data={}).status_code == 422
    assert laila.post("/es/drafts", data={"draft": f"cases/{own['number']}/notes"}).status_code != 409


def test_what_she_had_typed_comes_back_to_be_copied_and_a_supervisor_goes_on(kept_out: World) -> None:
    own = kept_out.subjects["case"]["mine"]
    address = f"/es/cases/{own['number']}/safe-contact"
    words = "No escribas nunca por la página del recibo."
    form = {"way": "email", "rule": "never", "safe_words": words, "safe_reason": "Lo dijo."}
    answer = client_of(kept_out, "laila").post(address, data=form)
    assert answer.status_code == 409 and words in answer.text
    assert "Enviar ahora" not in said(answer.text)
    version = kept_out.office.case(Reporter(own["number"], None)).version  # type: ignore[arg-type]
    amparo = client_of(kept_out, "amparo")
    assert amparo.post(address, data={**form, "version": str(version)}).status_code == 303


def test_a_case_that_is_not_there_looks_as_before_to_her(kept_out: World) -> None:
    own = {**kept_out.subjects["case"]["mine"], "number": new_case_number()}
    laila = client_of(kept_out, "laila")
    route = next(one for one in acts("laila") if one.path.endswith("/safe-contact"))
    assert path_of(kept_out, route, own, "es").endswith("/safe-contact")
    assert ask(kept_out, laila, route, own).status_code == 404
