"""Closing says of each track how it ended; what the person got is derived; what is left open has a reason."""

import re

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from casework.states.level import level_of
from casework.states.tables import TrackEnd
from casework.tracks.outcomes import LEFT_OPEN, OUTCOMES, SAID, outcome_of
from casework.tracks.queries import Standing
from office.stores.errors import NotGranted
from tests.casework.advice import pieces
from tests.casework.desk import Desk, Reporter, mistakes, said
from tests.casework.hearings import hearings
from tests.casework.tracks.steps import back, now, opened, standing, step, walk


def own(reporter: Reporter, rest: str = "") -> str:
    return f"/es/cases/{reporter.case_number}{rest}"


def level(desk: Desk, reporter: Reporter) -> str:
    with desk.reading() as session:
        return level_of(session, desk.case(reporter).id)


def ends(desk: Desk) -> list[TrackEnd]:
    with desk.reading() as session:
        return list(session.exec(select(TrackEnd)))


def field(one: Standing) -> str:
    return f"track_{one.track.id}"


def test_the_page_asks_of_each_open_track_how_it_ended_and_shows_the_result_of_the_others(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    walk(desk, laila, reporter, one, "mandate_signed", "filed", "resolved", "final")
    other = opened(desk, laila, reporter, "labour")
    page = laila.get(own(reporter, "/closing")).text
    assert re.search("Juzgado civil ?: A favor de la persona", said(page))
    assert re.search("Juzgado social ?: aún sin resultado", said(page))
    assert f'name="{field(other)}"' in page and f'name="{field(one)}"' not in page


def test_nothing_is_asked_for_until_it_is_said_how_each_open_track_ended(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "labour")
    for code in ("", "declined", "no_such"):
        refused = desk.ask_to_close(reporter, text="Hasta pronto.", **{field(one): code})
        assert refused.status_code == 422 and mistakes(refused.text), code
        assert "Hasta pronto." in refused.text, "nothing typed is lost"
    assert ends(desk) == [] and "closing_asked" not in desk.events(reporter)


def test_a_track_of_which_it_is_said_how_it_ended_needs_no_reason_and_stays_as_its_steps_say(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "labour")
    assert desk.ask_to_close(reporter, **{field(one): "settled"}).status_code == 303
    seen = said(desk.signed_in("amparo").get(own(reporter, "/closing")).text)
    assert re.search("Juzgado social ?: [^:]*acuerdo[^:]*, según se dijo al pedir el cierre", seen)
    assert desk.decide_closing(reporter).status_code == 303
    page = said(laila.get(own(reporter)).text)
    assert "cómo terminaron las vías: Juzgado social" in page and "estas vías estaban abiertas" not in page
    assert re.search("Cómo terminó cada vía.*Juzgado social.*según se dijo", page)
    assert now(desk, reporter, one).is_open, "opened again, it goes on where it stood"


def test_one_that_is_left_open_needs_the_reason_of_both_as_before(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one, other = (opened(desk, laila, reporter, kind) for kind in ("labour", "consumer"))
    told = {field(one): "settled", field(other): LEFT_OPEN}
    refused = desk.ask_to_close(reporter, **told)
    assert refused.status_code == 409 and "vías" in said(refused.text) and not ends(desk)
    assert desk.ask_to_close(reporter, despite_deadlines="Sigue sola.", **told).status_code == 303
    assert desk.decide_closing(reporter).status_code == 409
    assert desk.decide_closing(reporter, why="Lo lleva su sindicato.").status_code == 303
    words = said(laila.get(own(reporter)).text)
    over = words.partition("aunque estas vías estaban abiertas: ")[2]
    assert over.startswith("Protección") or over.startswith("Consumo"), over[:80]
    assert "Juzgado social" not in over[:25]


def test_a_track_opened_after_closing_was_asked_for_is_left_open_until_a_supervisor_says_why(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "labour")
    assert desk.ask_to_close(reporter, **{field(one): "silent"}).status_code == 303
    opened(desk, laila, reporter, "consumer")
    assert desk.decide_closing(reporter).status_code == 409
    assert desk.decide_closing(reporter, why="Empieza ahora y sigue sola.").status_code == 303


def test_what_was_said_comes_back_when_the_request_is_sent_back(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "labour")
    assert desk.ask_to_close(reporter, **{field(one): "archived"}).status_code == 303
    told = {"version": str(desk.case(reporter).version), "back_words": "Falta la carta."}
    assert desk.signed_in("amparo").post(own(reporter, "/closing/sending-back"), data=told).status_code == 303
    form = laila.get(own(reporter, "/closing")).text
    assert '<option value="archived" selected>' in form


def test_the_web_process_can_neither_change_nor_delete_what_was_said(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "labour")
    assert desk.ask_to_close(reporter, **{field(one): "settled"}).status_code == 303

    def change(session: Session) -> None:
        session.exec(select(TrackEnd)).one().end_code = "silent"

    def delete(session: Session) -> None:
        session.delete(session.exec(select(TrackEnd)).one())

    for act in (change, delete):
        with pytest.raises((DatabaseError, NotGranted)), desk._as("casework", "web").begin() as session:
            act(session)
    assert [row.end_code for row in ends(desk)] == ["settled"]


@pytest.mark.parametrize(
    ("kind", "steps", "outcome"),
    [
        ("civil", ("withdrawn",), "withdrawn"),
        ("civil", ("mandate_signed", "filed", "silent", "final"), "silent"),
        ("civil", ("mandate_signed", "filed", "resolved", "final"), "favourable"),
        ("civil", ("mandate_signed", "filed", "resolved", "appealed", "withdrawn"), "favourable"),
        ("civil", ("mandate_signed", "filed", "resolved"), None),
        ("strategic", ("committee", "declined"), "declined"),
    ],
)
def test_what_a_track_came_to_is_read_from_its_steps(
    desk: Desk, kind: str, steps: tuple[str, ...], outcome: str | None
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, kind)
    walk(desk, laila, reporter, one, *steps)
    assert outcome_of(standing(desk, reporter)[0].steps) == outcome
    assert outcome is None or outcome in OUTCOMES


def test_a_result_that_was_taken_back_counts_for_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    walk(desk, laila, reporter, one, "mandate_signed", "filed", "resolved")
    back(desk, laila, reporter, one, now(desk, reporter, one).newest)
    assert step(desk, laila, reporter, one, "withdrawn").status_code == 303
    assert outcome_of(now(desk, reporter, one).steps) == "withdrawn"


def test_what_the_person_got_rises_with_what_is_on_record(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert level(desk, reporter) == "information"
    pieces.begin(desk, laila, reporter)
    assert level(desk, reporter) == "information", "a draft is no advice"
    assert pieces.review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    assert level(desk, reporter) == "information", "nobody has told the person"
    used = pieces.delivery(
        delivery_language="es", understood="speaks", interpreter_name="", has_undertaken=""
    )
    answer = pieces.act(desk, laila, reporter, "delivery", **used)
    assert answer.status_code == 303, said(answer.text)
    assert level(desk, reporter) == "advice"
    assert "Asesoramiento" in said(laila.get(own(reporter, "/closing")).text)
    one = opened(desk, laila, reporter, "civil")
    walk(desk, laila, reporter, one, "mandate_signed")
    assert level(desk, reporter) == "advice"
    walk(desk, laila, reporter, one, "filed")
    assert level(desk, reporter) == "accompaniment"
    back(desk, laila, reporter, one, now(desk, reporter, one).newest)
    assert level(desk, reporter) == "advice", "a step taken back gave nothing"


def test_a_hearing_counts_once_it_was_held(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    walk(desk, laila, reporter, one, "mandate_signed", "filed")
    row = hearings.noted(desk, laila, reporter, one)
    back(desk, laila, reporter, one, now(desk, reporter, one).newest)
    assert level(desk, reporter) == "information"
    desk.clock.move(days=40)
    assert hearings.end(desk.signed_in("laila"), reporter, row, "held").status_code == 303
    assert level(desk, reporter) == "accompaniment"


def test_letter_and_question_are_shown_before_and_after(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    page = said(laila.get(own(reporter, "/closing")).text)
    assert re.search("Una carta para la persona ninguna", page)
    assert "Se le preguntará con su recibo en cuanto se cierre" in page
    desk.close_case(reporter)
    page = said(laila.get(own(reporter)).text)
    assert "Se le pregunta con su recibo; aún no ha respondido" in page
    assert "Lo máximo que recibió Información" in page


def test_what_may_be_said_is_a_result_of_tracks_or_that_it_is_left_open() -> None:
    assert set(SAID) - {LEFT_OPEN} <= set(OUTCOMES)
