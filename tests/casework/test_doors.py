"""Every address refuses strangers; every page of a case and of a report refuses who holds no key of it."""

import re
from datetime import date
from itertools import product

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

import casework.app
from casework.app import create_app
from casework.doors import PUBLIC
from office.ids import new_case_number
from tests.casework.advice import pieces as advice
from tests.casework.assessing.sheets import begin as begin_a_sheet
from tests.casework.conflicts import people
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import STAFF, Desk, said
from tests.casework.documents.adding import HEARD
from tests.casework.documents.adding import add as add_document
from tests.casework.harms.harming import parties
from tests.casework.hearings import hearings
from tests.casework.letters import post
from tests.casework.referrals.handing import consent, drafted, now, send
from tests.casework.tasks import todo
from tests.casework.tracks import steps as tracks

NUMBER = "{number}"
EVERYBODY = tuple(STAFF)


def routes(desk: Desk) -> list[tuple[str, str]]:
    """Every address the application answers, with its method."""
    return [
        (method, one.path)
        for one in desk.app.routes
        if isinstance(one, APIRoute)
        for method in sorted((one.methods or set()) - {"HEAD"})
    ]


def test_every_address_is_listed_public_or_refuses_strangers(desk: Desk) -> None:
    stranger = desk.stranger()
    asked = [(method, path) for method, path in routes(desk) if path not in PUBLIC]
    assert len(asked) >= 20
    for method, path in asked:
        own = path.replace("{language}", "es").replace(NUMBER, new_case_number())
        own = own.replace("{staff_id}", str(desk.staff_id("laila")))
        if path == "/{language}/sign-out":
            continue
        answer = stranger.request(method, own)
        if path.startswith("/api/"):
            assert (answer.status_code, answer.json()["type"]) == (401, "/problems/not_signed_in"), path
            continue
        assert answer.status_code == 303, (method, path, answer.status_code)
        assert "/sign-in" in answer.headers["location"], (method, path)


def test_an_address_without_a_door_ends_the_start(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten = APIRouter()
    forgotten.add_api_route("/{language}/forgotten", lambda: None)
    monkeypatch.setattr(casework.app, "ROUTERS", (*casework.app.ROUTERS, forgotten))
    with pytest.raises(AssertionError, match="forgotten"):
        create_app(desk.settings)


def test_what_is_listed_public_exists(desk: Desk) -> None:
    assert {path for _, path in routes(desk)} >= PUBLIC


def of_a_case(desk: Desk) -> list[tuple[str, str]]:
    return [(method, path) for method, path in routes(desk) if "/cases/{number}" in path]


def of_a_report(desk: Desk) -> list[tuple[str, str]]:
    return [(method, path) for method, path in routes(desk) if "/inbox/{number}" in path]


def test_without_a_grant_a_case_looks_like_one_that_does_not_exist_on_every_page(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    missing = new_case_number()
    pages = of_a_case(desk)
    assert len(pages) >= 11
    for name in set(EVERYBODY) - {"laila", "amparo", "vicent"}:
        person = desk.signed_in(name)
        for method, path in pages:
            address = path.replace("{language}", "es")
            walled = person.request(method, address.replace(NUMBER, reporter.case_number))
            nothing = person.request(method, address.replace(NUMBER, missing))
            assert (walled.status_code, nothing.status_code) == (404, 404), (name, method, path)
            assert said(walled.text) == said(nothing.text)
    assert "case_read" not in desk.events(reporter)


def test_every_page_of_a_case_and_of_a_report_that_is_looked_at_leaves_a_trace(desk: Desk) -> None:
    heard, seen = (desk.a_file(b"OggS sound", "voz.ogg", "audio/ogg") for _ in range(2))
    of_case, of_report = desk.a_case("laila", contact=True, files=(heard,)), desk.report(files=(seen,))
    laila = desk.signed_in("laila")
    (clock,) = scan(desk, laila, of_case, date(2026, 11, 20), "civil_tort")
    drafted(desk, laila, of_case)
    assert consent(desk, laila, of_case).status_code == 303
    assert send(desk, laila, of_case, "printed").status_code == 303
    referral = now(desk, of_case)
    advised = advice.begin(desk, laila, of_case)
    standing = tracks.opened(desk, laila, of_case, "civil")
    tracks.walk(desk, laila, of_case, standing, "mandate_signed", "filed")
    hearing, track = hearings.noted(desk, laila, of_case, standing), standing.track
    assert begin_a_sheet(laila, of_case).status_code == 303
    own = {"{deadline}": clock.id, "{referral}": referral.id, "{advice_id}": advised.id, "{track}": track.id}
    own |= {"{place}": 1, "{indication}": "new", "{hearing}": hearing.id}
    assert todo.ask(desk, laila, of_case, "read").status_code == 303
    (ended,) = [one.id for one in todo.tasks(desk, of_case) if one.kind_code == "read"]
    assert todo.settle(laila, of_case, ended).status_code == 303
    own["{ended}"] = ended
    assert todo.ask(desk, laila, of_case, "file").status_code == 303
    own["{task}"] = next(one.id for one in todo.tasks(desk, of_case) if one.is_open)
    letter = post.begun(desk, laila, of_case, "claim")
    assert post.write(desk, laila, letter, **post.CLAIM).status_code == 303
    assert post.make(desk, laila, letter).status_code == 303
    begun = laila.post(f"/es/cases/{of_case.case_number}/dossiers", data={"dossier_to": "court"})
    dossier = begun.headers["location"].partition("?")[0]
    own |= {"{letter_id}": letter.rpartition("/")[2], "{dossier_id}": dossier.rpartition("/")[2]}
    own |= {"{file_number}": 1, "{file_format}": "pdf"}
    assert add_document(laila, of_case, HEARD, "voz.ogg").status_code == 303
    people.add(laila, of_case, "Bar Pepe")
    own["{party}"] = parties(desk, of_case)["respondent"].id
    both = ((of_case, heard, of_a_case(desk)), (of_report, seen, of_a_report(desk)))
    for reporter, file, pages in both:
        looked_at = [path for method, path in pages if method == "GET"]
        assert looked_at
        for path in looked_at:
            before = len(desk.events(of_case)) + len(desk.events(None))
            address = path.replace("{language}", "es").replace("{file_id}", str(file.file_id))
            for name, its_id in own.items():
                address = address.replace(name, str(its_id))
            answer = laila.get(address.replace(NUMBER, reporter.case_number))
            assert answer.status_code == 200, path
            assert len(desk.events(of_case)) + len(desk.events(None)) > before, path


def test_a_form_that_comes_back_with_what_is_in_the_case_leaves_a_trace_too(desk: Desk) -> None:
    reporter = desk.a_case("laila", contact=True)
    laila = desk.signed_in("laila")
    (clock,) = scan(desk, laila, reporter, date(2026, 11, 20), "civil_tort")
    drafted(desk, laila, reporter)
    own = {
        "{deadline}": clock.id,
        "{referral}": now(desk, reporter).id,
        "{advice_id}": advice.begin(desk, laila, reporter).id,
        "{track}": tracks.opened(desk, laila, reporter, "civil").track.id,
        "{place}": 1,
        "{indication}": "new",
    }
    assert begin_a_sheet(laila, reporter).status_code == 303
    asked = [path for method, path in of_a_case(desk) if method == "POST"]
    came_back = 0
    for path in asked:
        before = len(desk.events(reporter)) + len(desk.events(None))
        address = path.replace("{language}", "es").replace(NUMBER, reporter.case_number)
        for name, its_id in own.items():
            address = address.replace(name, str(its_id))
        if laila.post(address, data={}).status_code in (409, 422):
            came_back += 1
            assert len(desk.events(reporter)) + len(desk.events(None)) > before, path
    assert came_back >= 25


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_open_a_case_and_see_it_listed(desk: Desk, name: str) -> None:
    reporter = desk.a_case("laila")
    person = desk.signed_in(name)
    may = name in {"laila", "amparo", "vicent"}
    opened = person.get(f"/es/cases/{reporter.case_number}")
    assert opened.status_code == (200 if may else 404)
    listed = person.get("/es/cases?whose=all")
    assert (reporter.case_number in listed.text) == may


@pytest.mark.parametrize(("name", "is_city"), list(product(EVERYBODY, (False, True))))
def test_a_report_against_the_city_exists_only_for_who_holds_its_key(
    desk: Desk, name: str, is_city: bool
) -> None:
    reporter = desk.report(city=is_city)
    person = desk.signed_in(name)
    apart = {"amparo", "vicent"}
    may = name in (apart if is_city else apart | {"laila", "pau", "iris"})
    assert person.get(f"/es/inbox/{reporter.case_number}").status_code == (200 if may else 404)
    assert (reporter.case_number in person.get("/es/inbox").text) == may
    if not may:
        for method, path in of_a_report(desk):
            address = path.replace("{language}", "es").replace(NUMBER, reporter.case_number)
            assert person.request(method, address).status_code == 404


def test_a_case_against_the_city_cannot_be_given_to_an_adviser_without_its_key(desk: Desk) -> None:
    reporter = desk.report(city=True)
    amparo = desk.signed_in("amparo")
    refused = amparo.post(
        f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))}
    )
    assert refused.status_code == 422
    assert desk.events(None).count("report_taken_up") == 0


def test_triage_loses_a_report_it_has_handed_on(desk: Desk) -> None:
    reporter = desk.report()
    iris = desk.signed_in("iris")
    assert iris.get(f"/es/inbox/{reporter.case_number}").status_code == 200
    taken = iris.post(
        f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("pau"))}
    )
    assert taken.status_code == 303
    assert iris.get(f"/es/inbox/{reporter.case_number}").status_code == 404
    assert iris.get(f"/es/cases/{reporter.case_number}").status_code == 404
    pau = desk.signed_in("pau")
    contact = pau.post(f"/es/cases/{reporter.case_number}/contact", data={"reason": "answer"})
    assert "600 123 123" in said(contact.text)  # triage could not open it; it stayed under the contact key


def test_the_office_timeline_is_for_those_who_answer_for_the_office(desk: Desk) -> None:
    answers = {name: desk.signed_in(name).get("/es/timeline").status_code for name in EVERYBODY}
    assert {name for name, status in answers.items() if status == 200} == {
        "amparo",
        "vicent",
        "joana",
        "remei",
    }
    assert set(answers.values()) == {200, 404}


def test_the_page_of_staff_is_for_supervisors_and_the_head(desk: Desk) -> None:
    answers = {name: desk.signed_in(name).get("/es/staff").status_code for name in EVERYBODY}
    assert {name for name, status in answers.items() if status == 200} == {"amparo", "vicent", "joana"}


def test_a_form_sent_from_another_site_is_refused(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    answer = laila.post("/es/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert laila.get("/es/cases").status_code == 200


def test_no_page_of_the_desk_is_kept_by_a_browser_or_names_the_person_in_its_address(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    answer = desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert [part for part in policy if "script" in part] == ["script-src 'self'"]
    assert "unsafe" not in "".join(policy)
    assert re.findall(r"<script[^>]*>(?!</script>)", answer.text) == []


def test_an_address_of_no_page_is_not_found_and_repeats_no_host(desk: Desk) -> None:
    answer = desk.stranger().get("/docs", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 404
    assert "elsewhere.example" not in str(answer.headers) + answer.text
