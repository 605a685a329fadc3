"""Whom the office reaches: bands of quarters that are over, for supervisors, each look on the record."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from casework.equality.rules import band_of, reached
from casework.timeline.tables import Event
from office.handover.report import EqualityAnswers
from office.ids import new_id
from office.sealing.boxes import seal
from office.stores.engines import open_store, sessions
from office.stores.mailbox import EqualityAnswer
from tests.casework.desk import Desk, said


def answer(desk: Desk, quarter: str, *codes: str, damaged: bool = False) -> None:
    name, key = desk.keys.active("story")
    sealed = seal(
        EqualityAnswers(answer_codes=codes).as_bytes(), key, about="else" if damaged else "equality"
    )
    engine = open_store(desk.mailbox_url, role="owner", store="mailbox")
    with sessions(engine).begin() as session:
        session.add(EqualityAnswer(id=new_id(), quarter=quarter, key_name=name, sealed=sealed))
    engine.dispose()


def looks(desk: Desk) -> int:
    with desk.reading() as session:
        return len(session.exec(select(Event).where(Event.kind == "equality_read")).all())


@pytest.mark.parametrize(("count", "told"), [(0, "0–4"), (1, "0–4"), (4, "0–4"), (5, "5–9"), (23, "20–24")])
def test_a_count_is_told_as_a_band_and_none_is_not_told_from_four(count: int, told: str) -> None:
    assert str(band_of(count)) == told


def test_a_code_that_nobody_chose_has_its_band_like_any_other() -> None:
    of_one = reached("2026-Q3", [EqualityAnswers(answer_codes=("a",))], ["a", "b"])
    assert {code: str(band) for code, band in of_one.bands.items()} == {"a": "0–4", "b": "0–4"}


def test_a_supervisor_sees_bands_of_quarters_that_are_over_and_the_look_is_recorded(desk: Desk) -> None:
    for _ in range(7):
        answer(desk, "2026-Q3", "age_30_44", "gender_woman")
    answer(desk, "2026-Q3", "age_30_44", damaged=True)
    for _ in range(12):
        answer(desk, "2026-Q4", "age_65_more")
    desk.collect()
    page = desk.signed_in("amparo").get("/es/reached")
    assert page.status_code == 200
    words = said(page.text)
    assert "De 30 a 44 5–9" in words and "Mujer 5–9" in words and "Hombre 0–4" in words
    assert "10–14" not in words and "4.º trimestre" not in words
    assert looks(desk) == 1


def test_nobody_but_a_supervisor_finds_the_page(desk: Desk) -> None:
    for name in ("laila", "iris"):
        person = desk.signed_in(name)
        assert person.get("/es/reached").status_code == person.get("/es/timeline").status_code
        assert "/es/reached" not in person.get("/es/inbox").text
    assert looks(desk) == 0


def test_no_line_of_the_courier_tells_the_minute_in_which_somebody_spoke_of_themselves(desk: Desk) -> None:
    nothing = str(desk.collect())
    answer(desk, "2026-Q3", "a")
    carried = desk.collect()
    assert carried.answers == 1
    assert str(carried) == nothing and carried.is_empty


@pytest.mark.parametrize(
    ("store", "table"), [("mailbox", "equality_answer"), ("casework", "equality_record")]
)
def test_the_file_of_a_store_does_not_number_answers_as_they_came(desk: Desk, store: str, table: str) -> None:
    """Beside the reports, which are numbered so, the numbers would say whose answers they are."""
    engine = open_store(
        desk.mailbox_url if store == "mailbox" else desk.casework_url, role="owner", store=store
    )
    with engine.connect() as owner, pytest.raises(OperationalError, match="no such column: rowid"):
        owner.exec_driver_sql(f"SELECT rowid FROM {table}")
    engine.dispose()
