"""What people said at the end: opened with the case, counted once, seen by supervisors and the head."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import select

from casework.feedback.rules import band_of
from casework.feedback.tables import Feedback
from office.handover.report import Feedback as Said
from office.sealing.boxes import seal
from tests.casework.desk import STAFF, Desk, Reporter, said


def say(desk: Desk, reporter: Reporter, helped: str, text: str = "", *, early: int = 0) -> None:
    """Answer "did this help?" with the receipt; `early` is minutes before now, whatever order it comes in."""
    at = desk.clock.now() - timedelta(minutes=early)
    told = Said(case_number=reporter.case_number, told_at=at, helped=helped, text=text)  # type: ignore[arg-type]  # a word
    name, public = desk.key_for(reporter)
    desk.post(
        "feedback",
        reporter.case_number,
        name,
        seal(told.as_bytes(), public, about=f"feedback/{reporter.case_number}"),
    )
    desk.collect()


def kept(desk: Desk) -> Sequence[Feedback]:
    with desk.reading() as session:
        return session.exec(select(Feedback).order_by(Feedback.received_on)).all()  # type: ignore[arg-type]  # a column


def codes(desk: Desk) -> list[str]:
    return sorted(one.helped_code for one in kept(desk) if one.helped_code)


def test_whoever_opens_the_case_reads_it_in_the_thread_and_the_answer_is_kept_as_a_code(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.collect()
    say(desk, reporter, "no", "Ha tardado demasiado.")
    (row,) = kept(desk)
    assert row.helped_code is None and row.sealed and b"tardado" not in row.sealed
    page = said(desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}").text)
    assert "Ha tardado demasiado." in page and "¿Te ha ayudado? no" in page
    (row,) = kept(desk)
    assert (row.helped_code, row.sealed, row.opened_on) == ("no", None, desk.clock.now().date())
    assert "feedback_read" in desk.events(reporter)


def test_the_last_answer_counts_whatever_order_they_come_in(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.collect()
    say(desk, reporter, "yes", "Al final sí.")
    for early in range(1, 6):  # brought in any order, for their ids are random
        say(desk, reporter, "no", "De momento no.", early=early)
    laila, path = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    page = said(laila.get(path).text)
    assert page.rindex("De momento no.") < page.index("Al final sí.")
    assert codes(desk) == ["yes"]
    desk.clock.move(minutes=1)
    say(desk, reporter, "partly")
    laila.get(path)
    assert codes(desk) == ["partly"] and len(kept(desk)) == 7


def test_what_was_said_before_the_case_had_a_key_is_passed_on_to_it(desk: Desk) -> None:
    reporter = desk.report()
    say(desk, reporter, "partly", "Antes de la clave.")
    amparo = desk.signed_in("amparo")
    number = reporter.case_number
    amparo.post(f"/es/inbox/{number}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    amparo.get("/es/inbox")
    assert "Antes de la clave." in said(desk.signed_in("laila").get(f"/es/cases/{number}").text)


def test_a_report_settled_without_a_case_is_counted_by_who_may_open_it(desk: Desk) -> None:
    reporter = desk.report(advise=False)
    amparo = desk.signed_in("amparo")
    amparo.post(
        f"/es/inbox/{reporter.case_number}/settling", data={"reason": "anonymous_record", "text": "Contado."}
    )
    say(desk, reporter, "no", "Palabras que quedan cerradas.")
    desk.signed_in("joana").get("/es/feedback")  # the head holds no key
    assert codes(desk) == []
    amparo.get("/es/feedback")
    assert codes(desk) == ["no"]
    assert kept(desk)[0].sealed is not None


def settled(desk: Desk, **told: bool) -> Reporter:
    """Return somebody whose report was settled without a case."""
    reporter = desk.report(advise=False, **told)
    path = f"/es/inbox/{reporter.case_number}/settling"
    desk.signed_in("amparo").post(path, data={"reason": "anonymous_record", "text": "Contado."})
    return reporter


def test_the_words_about_a_settled_report_are_read_by_whoever_may_open_it(desk: Desk) -> None:
    reporter = settled(desk)
    path = f"/es/inbox/{reporter.case_number}"
    say(desk, reporter, "no", "Nadie me llamó.")
    page = said(desk.signed_in("laila").get(path).text)
    assert "Nadie me llamó." in page and "¿Te ha ayudado? no" in page
    assert codes(desk) == ["no"]
    assert desk.events(None).count("feedback_read") == 1
    read = desk.events(None).count("report_read")
    again = said(desk.signed_in("amparo").get(path).text)
    assert "Nadie me llamó." in again and desk.events(None).count("report_read") == read + 1
    assert desk.events(None).count("feedback_read") == 1
    assert kept(desk)[0].sealed is not None  # it stays sealed where it is, and is opened each time
    pages = {name: desk.signed_in(name).get(path) for name in STAFF}
    assert {name for name, page in pages.items() if "Nadie me llamó." in page.text} == {
        name for name, page in pages.items() if page.status_code == 200
    }
    assert {page.status_code for page in pages.values()} == {200, 404}


def test_the_words_about_a_settled_report_against_the_city_are_behind_its_own_door(desk: Desk) -> None:
    reporter = desk.report(advise=False, city=True)
    path = f"/es/inbox/{reporter.case_number}"
    answers = {name: desk.signed_in(name).get(path).status_code for name in STAFF}
    say(desk, reporter, "no", "Fue la propia ciudad.")
    seen = {name for name in STAFF if "Fue la propia ciudad." in desk.signed_in(name).get(path).text}
    assert seen == {name for name, status in answers.items() if status == 200}
    assert seen and seen != set(STAFF)


def test_a_settled_report_that_did_not_help_is_in_the_list_of_who_may_open_it(desk: Desk) -> None:
    reporter = settled(desk)
    say(desk, reporter, "no", "Nadie me llamó.")
    page = desk.signed_in("amparo").get("/es/feedback").text
    assert f'href="/es/inbox/{reporter.case_number}"' in page and "Nadie me llamó." not in page
    assert reporter.case_number not in desk.signed_in("joana").get("/es/feedback").text


def test_what_was_said_before_somebody_took_the_report_up_is_not_lost_on_the_way(desk: Desk) -> None:
    reporter = desk.report()
    say(desk, reporter, "partly", "Todavía espero.")
    amparo, number = desk.signed_in("amparo"), reporter.case_number
    for path in ("/es/inbox", "/es/feedback", f"/es/inbox/{number}"):
        page = amparo.get(path).text
    assert "Todavía espero." in page and codes(desk) == []
    amparo.post(f"/es/inbox/{number}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    amparo.get("/es/inbox")
    assert "Todavía espero." in said(desk.signed_in("laila").get(f"/es/cases/{number}").text)
    assert codes(desk) == ["partly"]


def test_what_waits_under_an_older_key_is_sealed_anew(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.collect()
    say(desk, reporter, "no", "Con la clave vieja.")
    path = f"/es/cases/{reporter.case_number}"
    desk.signed_in("laila").post(
        f"{path}/adviser", data={"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "absence"}
    )
    waiting = [one for one in kept(desk) if one.opened_on is None]
    assert all(one.key_name.endswith(".2") for one in waiting)
    assert "Con la clave vieja." in said(desk.signed_in("pau").get(path).text)


def test_a_damaged_answer_holds_up_nothing(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.collect()
    say(desk, reporter, "no", "Dañado.")
    with desk.writing() as session:
        row = session.exec(select(Feedback)).one()
        row.sealed = bytes(len(row.sealed or b""))
        session.add(row)
    say(desk, reporter, "yes", "Entero.")
    assert "Entero." in said(desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}").text)
    assert codes(desk) == ["yes"]


@pytest.mark.parametrize("path", ["/es/feedback", "/api/v1/feedback"])
def test_supervisors_and_the_head_see_the_counts_and_nobody_else(desk: Desk, path: str) -> None:
    answers = {name: desk.signed_in(name).get(path).status_code for name in STAFF}
    assert {name for name, status in answers.items() if status == 200} == {"amparo", "vicent", "joana"}
    assert set(answers.values()) == {200, 404}


def test_a_no_counts_and_is_seen_in_bands_and_by_who_may_open_the_case(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.collect()
    say(desk, reporter, "no", "No me ayudó.")
    desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    amparo, joana = desk.signed_in("amparo"), desk.signed_in("joana")
    page = amparo.get("/es/feedback").text
    assert reporter.case_number in page and "0–4" in page and "No ayudó" in page
    for_the_head = joana.get("/es/feedback").text
    assert "0–4" in for_the_head and reporter.case_number not in for_the_head
    assert "No me ayudó." not in page + for_the_head
    (quarter,) = joana.get("/api/v1/feedback").json()["quarters"]
    assert quarter["quarter"] == "2026-Q4" and quarter["no"] == {"lowest": 0, "highest": 4}
    assert desk.events(None).count("list_read") >= 3


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0–4"), (4, "0–4"), (5, "5–9"), (99, "50–99"), (100, "100+")]
)
def test_a_count_is_shown_as_a_band_that_never_tells_none_from_few(count: int, shown: str) -> None:
    assert str(band_of(count)) == shown
