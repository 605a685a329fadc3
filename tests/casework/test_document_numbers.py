"""The number of a document typed by a member of staff is pointed out before anything is kept (promise 1)."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from casework.authority_requests.tables import AuthorityAnswer, AuthorityRequest
from casework.mediation.bars import ASKED
from casework.relays.tables import Relay
from office.stores.keyroom import Staff
from tests.casework.advice.pieces import a_text
from tests.casework.authority_requests.entries import FORM, REGISTER, SIGNED, entry
from tests.casework.deadlines.clocks import act, day_fields, rows, scan
from tests.casework.deadlines.clocks import path as path_of
from tests.casework.desk import Desk, Reporter, mistakes, said, typed

NUMBER = "X1234567L"
TEXT = f"La persona trajo su NIE {NUMBER} a la cita."
WITHOUT = "La persona trajo su NIE […] a la cita."
TEMPLATES = Path(__file__).parents[2] / "casework" / "templates"

SOMEBODY = {"role": "affected", "kind": "person"}
CLOSING = {"version": "1", "responses": ["information"], "outcome": "support_given", "reason": "completed"}
FORMS: dict[str, tuple[str, dict[str, Any], str]] = {
    "message": ("/es/cases/{n}/messages", {}, "message"),
    "note": ("/es/cases/{n}/notes", {}, "note"),
    "state_text": (
        "/es/cases/{n}/stage",
        {"version": "1", "stage": "triage", "state": "in_progress"},
        "state_text",
    ),
    "without": (
        "/es/cases/{n}/stage",
        {"version": "?", "stage": "action", "state": "in_progress"},
        "without_words",
    ),
    "return_words": ("/es/cases/{n}/returning", {"version": "1", "return_reason": "load"}, "return_words"),
    "closing": ("/es/cases/{n}/closing", CLOSING, "text"),
    "despite_asking": ("/es/cases/{n}/closing", {**CLOSING, "version": "2"}, "despite_deadlines"),
    "despite_deadlines": ("/es/cases/{n}/closing/decision", {"version": "3"}, "despite_deadlines"),
    "back_words": ("/es/cases/{n}/closing/sending-back", {"version": "2"}, "back_words"),
    "limits": ("/es/cases/{n}/limits", {"version": "1"}, "scan_reason"),
    "period": (
        "/es/cases/{n}/period",
        {
            "version": "1",
            "procedure": "other",
            "length": "30",
            "unit": "natural_day",
            "period_evidence": "Carta.",
            **day_fields("runs_from", date(2026, 11, 20)),
        },
        "set_by",
    ),
    "evidence": (
        "/es/cases/{n}/deadlines/{d}/meeting",
        {"version": "2", **day_fields("met_on", date(2026, 11, 23))},
        "met_evidence",
    ),
    "incident": ("/es/cases/{n}/deadlines/{d}/missing", {"version": "2"}, "missed_incident"),
    "why": ("/es/cases/{n}/deadlines/{d}/waiving", {"version": "2", "waived_by": "person"}, "waived_why"),
    "taking back": ("/es/cases/{n}/taking-back/{d}", {"version": "?"}, "back_why"),
    "stop_evidence": (
        "/es/cases/{n}/deadlines/{d}/counting",
        {
            "version": "2",
            "stop": "other_suspension",
            "count_reason": "Pedida.",
            **day_fields("event", date(2026, 11, 20)),
            **day_fields("stop_first", date(2026, 11, 23)),
            **day_fields("stop_last", date(2026, 11, 30)),
        },
        "stop_evidence",
    ),
    "name": ("/es/cases/{n}/people", SOMEBODY, "party_name"),
    "other names": ("/es/cases/{n}/people", {**SOMEBODY, "party_name": "Rosa"}, "other_names"),
    "settling": ("/es/inbox/{n}/settling", {"reason": "no_discrimination"}, "text"),
}
"""Every form in which an adviser writes something: address, what else it needs, and the field."""

KEPT_AT_THE_DOOR = {"name", "invitation", "passphrase", "again", "code", "recovery"}
"""Fields of the door: what is typed there is compared and never kept as text."""


def ready(desk: Desk, form: str) -> tuple[Reporter, str]:
    """Return somebody who reported and the address of the form about them."""
    reporter = desk.report() if form == "settling" else desk.a_case("laila")
    path = FORMS[form][0].replace("{n}", reporter.case_number)
    laila = desk.signed_in("laila")
    if form.startswith("despite") or "{d}" in path:
        (clock,) = scan(desk, laila, reporter, date(2026, 11, 20), "civil_tort")
        path = path.replace("{d}", str(clock.id))
        if form == "taking back":
            assert act(desk, laila, reporter, clock, "missing", missed_incident="Olvido.").status_code == 303
    elif form == "without":
        scan(desk, laila, reporter, None, reason="Nada corre.")
        desk.ready_to_advise(reporter)
    if form in ("despite_deadlines", "back_words"):
        assert desk.ask_to_close(reporter, despite_deadlines="Nada más.").status_code == 303
    return reporter, path


def filled(desk: Desk, reporter: Reporter, form: str) -> dict[str, Any]:
    """Return what else the form sends."""
    other = FORMS[form][1]
    return {**other, "version": str(desk.case(reporter).version)} if other.get("version") == "?" else other


def writer(desk: Desk, form: str) -> TestClient:
    """Return whoever may send the form: a second person decides about closing."""
    return desk.signed_in("amparo" if form in ("despite_deadlines", "back_words") else "laila")


def words_of(desk: Desk, reporter: Reporter, form: str) -> str:
    """Return everything the office shows of the case, or what the person was told about their report."""
    if form == "settling":
        return " ".join(reply.text for reply in desk.replies(reporter))
    laila = desk.signed_in("laila")
    if "{d}" in FORMS[form][0] or form == "period":
        return "".join(said(laila.get(f"{path_of(reporter, row)}").text) for row in rows(desk, reporter))
    closing = f"/es/cases/{reporter.case_number}/closing"
    return said(laila.get(closing if FORMS[form][0].endswith("/closing") else path_to(reporter)).text)


def path_to(reporter: Reporter) -> str:
    return f"/es/cases/{reporter.case_number}"


def kinds(desk: Desk) -> int:
    with desk.reading() as session:
        from casework.timeline.tables import Event

        reading = {"signed_in", "case_read", "report_read"}
        return len([kind for kind in session.exec(select(Event.kind)) if kind not in reading])


@pytest.mark.parametrize("form", FORMS)
def test_a_number_in_a_text_of_the_desk_is_pointed_out_and_nothing_is_kept(desk: Desk, form: str) -> None:
    reporter, path = ready(desk, form)
    other, field = filled(desk, reporter, form), FORMS[form][2]
    person = writer(desk, form)
    person.get(path.rpartition("/")[0])
    before = kinds(desk)
    answer = person.post(path, data={**other, field: TEXT})
    assert answer.status_code == 422
    assert f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text
    assert typed(answer.text, field)["text"] == TEXT
    assert 'name="numbers" value="remove"' in answer.text
    assert 'name="numbers" value="keep"' in answer.text
    assert mistakes(answer.text) == []
    assert kinds(desk) == before
    assert NUMBER not in words_of(desk, reporter, form)


@pytest.mark.parametrize("form", FORMS)
def test_whoever_writes_takes_the_number_out_or_leaves_it_in(desk: Desk, form: str) -> None:
    for choice, kept in (("remove", WITHOUT), ("keep", TEXT)):
        reporter, path = ready(desk, form)
        other, field = filled(desk, reporter, form), FORMS[form][2]
        answer = writer(desk, form).post(path, data={**other, field: TEXT, "numbers": choice})
        assert answer.status_code == 303, said(answer.text)
        words = words_of(desk, reporter, form)
        assert kept in words
        assert (NUMBER in words) == (choice == "keep")


def test_a_number_taken_out_is_gone_from_the_page_that_asks_for_another_correction(desk: Desk) -> None:
    _, path = ready(desk, "closing")
    form = {**CLOSING, "outcome": "", "text": TEXT, "numbers": "remove"}
    answer = desk.signed_in("laila").post(path, data=form)
    assert answer.status_code == 422
    assert typed(answer.text, "text")["text"] == WITHOUT
    assert NUMBER not in answer.text


def test_everything_else_that_was_filled_in_comes_back_beside_the_number(desk: Desk) -> None:
    _, path = ready(desk, "closing")
    page = " ".join(desk.signed_in("laila").post(path, data={**CLOSING, "text": TEXT}).text.split())
    assert 'value="information" checked' in page
    assert 'value="completed" selected' in page
    assert 'value="support_given" selected' in page


def test_a_text_without_such_a_number_asks_nothing(desk: Desk) -> None:
    _, path = ready(desk, "message")
    answer = desk.signed_in("laila").post(path, data={"message": "Llámenos al 612 345 678 antes del 12/05."})
    assert answer.status_code == 303


@pytest.mark.parametrize("field", ["sign_in_name", "shown_as"])
def test_nobody_is_invited_under_the_number_of_a_document_unawares(desk: Desk, field: str) -> None:
    form = {"sign_in_name": "nova.prova", "shown_as": "Nova Prova", "role": "adviser", field: "12345678Z"}
    amparo = desk.signed_in("amparo")
    answer = amparo.post("/es/staff", data=form)
    assert answer.status_code == 422
    assert typed(answer.text, field)["text"] == "12345678Z"
    assert 'name="numbers" value="remove"' in answer.text
    with desk.reading() as session:
        assert not _shows(session, "12345678Z")
    assert amparo.post("/es/staff", data={**form, "numbers": "keep"}).status_code == 200


def test_a_number_in_the_name_of_an_association_is_pointed_out_before_it_has_an_access(desk: Desk) -> None:
    form = {
        "kind": "association", "relay_name": TEXT, "channel": "partner_org",
        "until-day": "31", "until-month": "3", "until-year": "2027",
    }  # fmt: skip
    amparo = desk.signed_in("amparo")
    answer = amparo.post("/es/relays", data=form)
    assert answer.status_code == 422
    assert f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text
    with desk.reading() as session:
        assert session.exec(select(Relay)).all() == []
    assert amparo.post("/es/relays", data={**form, "numbers": "remove"}).status_code == 200
    with desk.reading() as session:
        assert [one.name for one in session.exec(select(Relay)).all()] == [WITHOUT]


def test_a_number_in_the_register_of_requests_from_authorities_is_pointed_out_before_it_is_kept(
    desk: Desk,
) -> None:
    forms = (
        (FORM, "iris", entry(), "legal_basis", AuthorityRequest),
        (f"{REGISTER}/R-2026-1/signing", "remei", SIGNED, "reasons", AuthorityAnswer),
    )
    for path, name, form, field, table in forms:
        person = desk.signed_in(name)
        answer = person.post(path, data={**form, field: TEXT})
        assert answer.status_code == 422
        assert f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text
        assert typed(answer.text, field)["text"] == TEXT
        with desk.reading() as session:
            assert session.exec(select(table)).all() == []
        assert person.post(path, data={**form, field: TEXT, "numbers": "remove"}).status_code == 303
        with desk.reading() as session:
            assert [getattr(one, field) for one in session.exec(select(table)).all()] == [WITHOUT]


THEIR_OWN_PAGES: dict[str, tuple[dict[str, Any], str]] = {
    "advice/new": (a_text(), "the_question"),
    "tasks": ({"kind": "read", "with": "person", **day_fields("due", date(2026, 11, 27))}, "task_text"),
    "next-action": ({"actor": "person", **day_fields("by", date(2026, 11, 27))}, "next_text"),
    "mediation": ({f"said_{bar.code}": "no" for bar in ASKED}, "screening_note"),
    "period": (
        {
            "procedure": "other",
            "length": "30",
            "unit": "natural_day",
            "set_by": "El juzgado.",
            **day_fields("runs_from", date(2026, 11, 20)),
        },
        "period_evidence",
    ),
    "voiding": ({"void_reason": "test", "text": "Era una prueba."}, "void_words"),
    "people/nobody": ({}, "nobody_why"),
    "competence": ({"competent": "office"}, "competent_note"),
    "safe-contact": ({"way": "phone", "rule": "never"}, "safe_reason"),
    "contact/changing": (
        {
            "contact_kind": "trusted",
            "contact_value": "Su hermana.",
            "said_by": "person",
            "noted_how": "phone",
        },
        "contact_safe_note",
    ),
    "urgency": ({"urgency": "soon"}, "urgency_reason"),
    "language": ({"reads_in": "fr"}, "language_reason"),
    "consents": (
        {
            "consent_count": "no",
            "said_by": "person",
            "noted_how": "phone",
            "told_in": "es",
            **day_fields("told_on", date(2026, 11, 20)),
        },
        "consent_words",
    ),
}
"""Forms whose texts stand on a page of their own, and the field."""


@pytest.mark.parametrize("where", THEIR_OWN_PAGES)
def test_a_number_in_a_text_of_another_page_of_a_case_is_pointed_out(desk: Desk, where: str) -> None:
    reporter, (form, field) = desk.a_case("laila"), THEIR_OWN_PAGES[where]
    told = {**form, "version": str(desk.case(reporter).version), "doer": str(desk.staff_id("laila"))}
    before = kinds(desk)
    answer = desk.signed_in("laila").post(path_of(reporter) + "/" + where, data={**told, field: TEXT})
    assert answer.status_code == 422, said(answer.text)
    assert f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text and mistakes(answer.text) == []
    assert typed(answer.text, field)["text"] == TEXT
    assert kinds(desk) == before


def _shows(session: Session, text: str) -> bool:
    people = session.exec(select(Staff)).all()
    return any(text.casefold() in f"{one.sign_in_name} {one.display_name}".casefold() for one in people)


def test_every_text_a_member_of_staff_can_write_is_among_those_looked_at_here() -> None:
    written = re.compile(r"parts\.(?:textarea|text_input)\(\"([a-z_]+)\"")
    raw = re.compile(r"<(?:textarea|input)\b(?![^>]*type=\"(?:hidden|checkbox)\")[^>]*>")
    fields: set[str] = set()
    for path in TEMPLATES.glob("*.html"):
        page = path.read_text("utf-8")
        assert raw.findall(page) == [], path.name
        fields |= set(written.findall(page))
    elsewhere = {"sign_in_name", "shown_as", "relay_name", "legal_basis", "reasons"}
    looked_at = {field for _, _, field in FORMS.values()} | elsewhere
    looked_at |= {"contact_value", "contact_name"}  # of the same form as the word on what is safe
    looked_at.add("count_reason")  # in one form with the proof of what stops a clock
    looked_at |= {"track_note", "track_authority", "external_number", "step_note", "back_why"}
    looked_at |= {"remedy_amount", "remedy_note", "check_note"}  # tests/casework/tracks
    # of hearings: tests/casework/hearings
    looked_at |= {"hearing_place", "hearing_bring", "hearing_along", "hearing_went"}
    looked_at.add("hearing_at")  # an hour, or it is refused
    # of harms: tests/casework/harms
    looked_at |= {"harm_done", "harm_right", "harm_consequence", "harm_removed_because"}
    # of people and of who keeps out: tests/casework/conflicts; the name of a body is in one form with why
    looked_at |= {"party_address", "party_needs", "party_note", "way_value_", "way_words_"}
    looked_at |= {"ending_reason", "competent_name"}
    # of documents: tests/casework/documents
    looked_at |= {"document_title", "document_who", "document_note", "document_void_reason"}
    # of strategic litigation: tests/casework/patterns
    looked_at |= {
        "litigation_question",
        "litigation_aim",
        "litigation_risk",
        "litigation_words",
        "voice_words",
    }
    looked_at |= {"profile_words", "open_reason"}  # tests/casework/profile
    looked_at |= {"since", "until"}  # days, in an address
    looked_at |= {"length", "goes_on"}  # a number of days, and of a case: kept as nothing else
    looked_at.add("view_name")  # tests/casework/queues
    looked_at.add("wall_reason")  # tests/casework/walls
    looked_at.add("remind_at")  # an address for mail, or it is refused
    looked_at.add("passkey_name")  # tests/casework/staff
    looked_at.add("decision_reason")  # of a conflict: tests/casework/conflicts
    looked_at |= {field for _, field in THEIR_OWN_PAGES.values()}
    # of the same two forms, of steps of advice, of its second reader, of a duty to report
    looked_at |= {"the_facts", "law", "interpreter", "safe_words", "checked_text", "made_by"}
    looked_at |= {"decision_words", "review_words", "reader_words", "withdrawal_reason", "duty_reasons"}
    looked_at |= {"translation_text", "interpreter_name", "reached_at"}
    looked_at |= {"number", "words"}  # what is searched for is kept nowhere: tests/casework/search
    # of a referral and of the directory: tests/casework/referrals/test_document_numbers.py
    looked_at |= {"told_name", "told_phone", "told_email", "told_summary", "evidence_words"}
    looked_at |= {"answer_words", "follow_up", "body_name", "way", "body_services"}
    # of the same pages as the screening of a mediation, and of its mediator's
    looked_at |= {"how_protected", "told_reach", "told_handed", "own_note", "agreed_text"}
    # of sheets (tests/casework/assessing), of closures looked at again, of cases read together
    looked_at |= {"words_", "measures_text", "speaks_against", "it_shows", "kept_place", "keep_text"}
    looked_at |= {"the_harm", "the_comparator", "merge_reason", "undo_reason"}
    # of appointments and places: tests/casework/appointments; hours and counts are numbers themselves
    looked_at |= {"attendance_reason", "who_interpreted", "spoken_in"}
    looked_at |= {"join_by", "who_interprets", "speaks_in", "site_name", "site_address", "at_the_door"}
    looked_at |= {"new_rooms", "first", "desks", "walk_ins"}
    looked_at |= {"other", "walk_in", "filed_number"}  # case numbers, kept as nothing else
    # of letters, papers for the person and dossiers: tests/casework/letters
    looked_at |= {"field_", "paper_name", "dossier_for", "their_number", "blacked_out"}
    looked_at.add("other")  # a case number, kept as nothing else
    assert fields - KEPT_AT_THE_DOOR == looked_at
