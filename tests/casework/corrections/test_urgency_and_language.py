"""Urgency and language of a case are corrected with a reason, on record, and heeded wherever they count."""

from tests.casework.appointments.meeting import agree, do, hours, newest, opened, slots, told
from tests.casework.corrections.correcting import path, set_language, set_urgency
from tests.casework.desk import Desk, Reporter, codes, mistakes, said, typed
from tests.casework.queues.lists import listed
from tests.casework.tasks.todo import ask, tasks

REASON = "La echan el viernes."
DANGER = "La persona dijo que alguien puede estar en peligro ahora."


def test_an_urgency_raised_is_in_the_urgent_cases_at_once_and_lowered_it_leaves_them(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert reporter.case_number not in listed(laila, "which=urgent")
    assert set_urgency(desk, laila, reporter, "danger").status_code == 303
    assert reporter.case_number in listed(laila, "which=urgent")
    page = said(laila.get(path(reporter)).text)
    assert "La oficina anotó que alguien puede estar en peligro ahora." in page
    assert "fijó la urgencia" in page and REASON not in page
    assert set_urgency(desk, laila, reporter, "normal").status_code == 303
    assert reporter.case_number not in listed(laila, "which=urgent")
    assert REASON in said(laila.get(path(reporter, "/urgency")).text)


def test_mediation_warns_as_soon_as_the_office_notes_a_danger(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    warning = "Alguien puede estar en peligro ahora"
    assert warning not in said(laila.get(path(reporter, "/mediation")).text)
    set_urgency(desk, laila, reporter, "danger")
    assert warning in said(laila.get(path(reporter, "/mediation")).text)


def test_the_workload_counts_the_urgency_that_holds_now(desk: Desk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    before = amparo.get("/es/workload").text
    set_urgency(desk, laila, reporter, "soon")
    assert amparo.get("/es/workload").text != before


def test_what_the_person_said_of_danger_stays_whatever_is_set(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila", urgency="danger", in_danger=True), desk.signed_in("laila")
    set_urgency(desk, laila, reporter, "normal")
    assert DANGER in said(laila.get(path(reporter)).text)


def test_an_urgency_needs_a_reason_and_another_level_and_an_open_case(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    missing = set_urgency(desk, laila, reporter, "soon", urgency_reason="")
    assert missing.status_code == 422 and len(mistakes(missing.text)) == 1
    unknown = set_urgency(desk, laila, reporter, "never")
    assert unknown.status_code == 422 and typed(unknown.text, "urgency_reason")["text"] == REASON
    assert set_urgency(desk, laila, reporter, "normal").status_code == 409
    assert set_urgency(desk, laila, reporter, "soon", version="99").status_code == 409
    desk.close_case(reporter)
    assert set_urgency(desk, laila, reporter, "soon").status_code == 409
    assert "urgency_set" not in desk.events(reporter)


def corrected(desk: Desk, **other: object) -> Reporter:
    """A case that was reported in Spanish, whose person reads French and talks Wolof or so."""
    reporter = desk.a_case("laila")
    answer = set_language(desk, desk.signed_in("laila"), reporter, "fr", **other)
    assert answer.status_code == 303, said(answer.text)
    return reporter


def test_letters_messages_and_choosing_an_adviser_heed_the_corrected_language(desk: Desk) -> None:
    reporter = corrected(desk, talks_in="ar", interpreter_need="spoken")
    laila = desk.signed_in("laila")
    assert desk.case(reporter).language == "fr"
    assert "eligió francés" in said(laila.get(path(reporter, "/letters")).text).casefold()
    assert "árabe" in said(laila.get(path(reporter, "/adviser")).text).casefold()
    assert "La persona necesita intérprete" in said(laila.get(path(reporter, "/tasks")).text)
    page = said(laila.get(path(reporter)).text)
    assert "corrigió el idioma o la interpretación" in page and "Lo dijo al teléfono." not in page
    shown = said(laila.get(path(reporter, "/language")).text)
    assert "Lo dijo al teléfono." in shown and "español" in shown.casefold()


def test_what_is_counted_of_the_case_has_the_corrected_language(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    laila.post(path(reporter, "/codes"), data=codes())
    set_language(desk, laila, reporter, "fr")
    assert [one.language for one in desk.counted()] == ["fr"]


def test_that_somebody_reads_easy_texts_is_known_only_inside(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = set_language(desk, laila, reporter, "es-x-easy")
    assert answer.status_code == 303 and desk.case(reporter).language == "es"
    assert b"x-easy" not in (desk.folder / "casework.db").read_bytes()


def test_a_language_that_is_on_no_list_or_is_so_already_changes_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    unknown = set_language(desk, laila, reporter, "xx")
    assert unknown.status_code == 422
    assert typed(unknown.text, "language_reason")["text"] == "Lo dijo al teléfono."
    assert set_language(desk, laila, reporter, "es").status_code == 409
    assert "language_set" not in desk.events(reporter)


def test_an_appointment_to_come_heeds_that_an_interpreter_is_needed_after_all(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila, "video")
    assert agree(laila, reporter, slots(desk)[:1], "book", join_by="Sala.").status_code == 303
    assert (newest(desk, reporter).interpreter_code, tasks(desk, reporter)) == ("none", [])
    before = told(desk, reporter)
    answer = set_language(desk, laila, reporter, "fr", interpreter_need="spoken")
    assert answer.headers["location"] == path(reporter, "?done=language_set")
    assert newest(desk, reporter).interpreter_code == "needed"
    now = told(desk, reporter)
    assert (now.number > before.number, now.interpreter, now.times) == (True, "needed", before.times)
    assert [one.state_code for one in tasks(desk, reporter)] == ["open"]
    assert "intérprete para la cita del" in said(laila.get(path(reporter, "/tasks")).text)
    desk.clock.move(days=8)
    laila = desk.signed_in("laila")
    assert do(desk, laila, reporter, "coming", came="yes").status_code == 409
    assert newest(desk, reporter).state_code == "booked"


def test_what_was_noted_of_an_interpreter_stays_where_the_need_is_no_news_or_the_day_is_past(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila, "video")
    agree(laila, reporter, slots(desk)[:1], "book", join_by="Sala.")
    done = set_language(desk, laila, reporter, "fr").headers["location"]
    page = said(laila.get(done).text)  # the desk cannot read the language of the notices, and says so
    assert "El aviso de que hay noticias sigue en el idioma en que la persona dejó la dirección" in page
    assert newest(desk, reporter).interpreter_code == "none"
    desk.clock.move(days=9)
    laila = desk.signed_in("laila")
    set_language(desk, laila, reporter, "fr", interpreter_need="spoken")
    assert newest(desk, reporter).interpreter_code == "none"


def test_calls_that_are_to_be_made_are_shown_when_an_interpreter_is_needed_after_all(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    opened(laila, reporter)
    laila.post(path(reporter, "/contact"), data={"reason": "answer"})
    assert ask(desk, laila, reporter, "call").status_code == 303
    answer = set_language(desk, laila, reporter, "fr", interpreter_need="spoken")
    assert answer.headers["location"] == path(reporter, "/tasks?done=language_set_tasks_left")
    assert "nadie interpreta todavía" in said(laila.get(answer.headers["location"]).text)
    again = set_language(desk, laila, reporter, "pt", interpreter_need="spoken")
    assert again.headers["location"] == path(reporter, "?done=language_set")
