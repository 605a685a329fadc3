"""A certificate of having been attended and one's own contacts: on request, neutral, and kept nowhere."""

import re
from datetime import date

from sqlmodel import select

from casework.store import metadata
from casework.timeline.tables import Event
from office.handover.report import Languages
from tests.casework.appointments.meeting import a_place, agree, do, hours, slots
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter, mistakes, said
from tests.casework.letters.post import words_in
from tests.casework.tasks.todo import ask, settle, tasks

NAME = "Amina Bensalem Irrepetible"
STORY = "No me quisieron alquilar el piso por mi acento."


def keys(page: str) -> list[str]:
    """The lines that a form offers."""
    return re.findall(r'name="lines"[^>]*value="([^"]+)"', page)


def paper(desk: Desk, reporter: Reporter, **other: object) -> bytes:
    """Make a paper as the form does."""
    laila = desk.signed_in("laila")
    at = f"/es/cases/{reporter.case_number}/papers"
    form = {
        "paper": "certificate",
        "paper_language": "es",
        "paper_name": NAME,
        "lines": keys(laila.get(at).text),
        "asked": "yes",
        **other,
    }
    answer = laila.post(at, data=form)
    assert answer.status_code == 200, said(answer.text)
    assert answer.headers["content-disposition"] == 'attachment; filename="paper.pdf"'
    return answer.content


def attended(desk: Desk) -> Reporter:
    """Somebody who reported on the web on 23 November, came on the 25th and wrote on the 26th."""
    reporter = desk.a_case("laila", languages=Languages(written="ar"))
    laila = desk.signed_in("laila")
    assert ask(desk, laila, reporter, "meet", interpreter="self").status_code == 303
    desk.clock.move(days=2)
    laila = desk.signed_in("laila")
    assert settle(laila, reporter, tasks(desk, reporter)[0].id).status_code == 303
    desk.clock.move(days=1)
    desk.write_back(reporter, "¿Hay noticias de mi piso?")
    return reporter


def test_the_certificate_tells_the_days_in_both_languages_and_nothing_else_and_nothing_is_kept(
    desk: Desk,
) -> None:
    reporter = attended(desk)
    pdf = paper(desk, reporter, paper_language="ar")
    words = words_in(pdf)
    assert NAME in words and "25 de noviembre de 2026" in words and "En la oficina" in words
    assert "شهادة" in words and "Certificado de haber sido atendida" in words
    assert "23 de noviembre" not in words  # a web form was read, nobody was attended that day
    for never in (STORY, "piso", "étnic", "acento", reporter.case_number[:4], "nacional", "NIE", "____"):
        assert never not in words, never
    with desk.reading() as session:
        for table in metadata.sorted_tables:
            for row in session.execute(table.select()):
                assert not any(NAME.encode() in bytes(str(cell), "utf-8") for cell in row), table.name
        (event,) = session.exec(select(Event).where(Event.kind == "paper_made"))
        assert event.detail == '{"paper":"certificate"}'


def test_their_own_contacts_come_in_the_order_of_the_days_with_their_words_only_where_they_choose(
    desk: Desk,
) -> None:
    reporter = attended(desk)
    laila = desk.signed_in("laila")
    laila.get(f"/es/cases/{reporter.case_number}")  # the message is read
    lines = keys(laila.get(f"/es/cases/{reporter.case_number}/papers").text)
    assert [one[:10] for one in lines] == ["2026-11-23", "2026-11-25", "2026-11-26"]
    words = words_in(paper(desk, reporter, paper="contacts"))
    places = [words.index(day) for day in ("23 de noviembre", "25 de noviembre", "26 de noviembre")]
    assert places == sorted(places)
    assert "Primer contacto" in words and "Escribió a la oficina" in words
    assert STORY not in words and "¿Hay noticias" not in words
    chosen = words_in(paper(desk, reporter, paper="contacts", own_words=[lines[2]], blank="yes"))
    assert "¿Hay noticias de mi piso?" in chosen and STORY not in chosen
    assert "solo si una autoridad lo exige" in chosen
    one_day = words_in(paper(desk, reporter, paper="contacts", lines=[lines[1]]))
    assert "25 de noviembre" in one_day and "23 de noviembre" not in one_day


def test_somebody_who_came_to_an_appointment_has_that_day_on_the_certificate_once_and_as_it_was(
    desk: Desk,
) -> None:
    office, library = a_place(desk, kind="office", name="Oficina"), a_place(desk)
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    met = (
        (date(2026, 12, 1), "place", f"site_{office}", "En la oficina"),
        (date(2026, 12, 2), "place", f"site_{library}", "Fuera de la oficina"),
        (date(2026, 12, 3), "phone", "", "Por teléfono"),
        (date(2026, 12, 4), "video", "", "Por videollamada"),
    )
    for on, way, where, _ in met:
        assert hours(laila, way, on=on, until="9:30", where=where).status_code == 303
    missed = date(2026, 12, 9)
    assert hours(laila, "phone", on=missed, until="9:30").status_code == 303
    for on, way, _, _ in (*met, (missed, "phone", "", "")):
        (free,) = [one for one in slots(desk, state="free") if one.on_day == on]
        asked = {**day_fields("answer_by", on), **({"join_by": "Un enlace"} if way == "video" else {})}
        booked = agree(laila, reporter, [free], "book", **asked)
        assert booked.status_code == 303, mistakes(booked.text)
        desk.clock.move(days=(on - desk.clock.now().date()).days)
        laila = desk.signed_in("laila")
        if on == date(2026, 12, 2):  # the same meeting, noted as a task too
            assert ask(desk, laila, reporter, "meet", interpreter="self", due=on).status_code == 303
            assert settle(laila, reporter, tasks(desk, reporter)[0].id).status_code == 303
        if on == date(2026, 12, 4):
            desk.clock.move(days=1)  # noted a day late: the paper has the day of the meeting
            laila = desk.signed_in("laila")
        came = do(desk, laila, reporter, "coming", came="no" if on == missed else "yes")
        assert came.status_code == 303, mistakes(came.text)
    lines = keys(laila.get(f"/es/cases/{reporter.case_number}/papers").text)
    assert lines[1:] == [
        "2026-12-01.attended.at_office",
        "2026-12-02.attended.elsewhere",
        "2026-12-03.attended.by_phone",
        "2026-12-04.attended.by_video",
    ]
    words = words_in(paper(desk, reporter))
    for on, _, _, how in met:
        assert f"{on.day} de diciembre de 2026 {how}" in words
    assert "9 de diciembre de 2026 " not in words.partition("Fecha")[0]


def test_a_paper_is_made_only_when_asked_for_and_takes_no_number_and_no_empty_certificate(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    at = f"/es/cases/{reporter.case_number}/papers"
    form = {
        "paper": "certificate",
        "paper_language": "es",
        "paper_name": NAME,
        "lines": keys(laila.get(at).text),
    }
    refused = laila.post(at, data=form)
    told = mistakes(refused.text)
    assert refused.status_code == 422
    assert "Se hace cuando la persona lo pide, y solo entonces." in told
    assert any(one.startswith("En ninguno de los días elegidos") for one in told)
    for choice in ({}, {"numbers": "keep"}):
        number = laila.post(
            at, data={**form, "paper": "contacts", "asked": "yes", "paper_name": "X1234567L", **choice}
        )
        assert number.status_code == 422
        assert any("ningún número de documento" in one for one in mistakes(number.text))
    assert "paper_made" not in desk.events(reporter)
    assert date(2026, 11, 23).isoformat() in keys(laila.get(at).text)[0]
