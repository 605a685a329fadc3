"""The list of cases: queues, filters, order, pages, counts, and its export."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.listing.asked import day_of
from casework.listing.exporting import cell
from casework.queues.rules import Asked, read_query
from casework.timeline.tables import Event
from tests.casework.conflicts.people import add, declare
from tests.casework.deadlines.clocks import act, name_lawyer, scan
from tests.casework.desk import Desk, Reporter, codes, said
from tests.casework.queues.lists import counted, listed, many, numbers
from tests.casework.tasks.todo import ask, set_next

CODES = {name: {"advice", "housing", "14", "age"} for name in ("stage", "ground", "area", "district")}


def change(desk: Desk, reporter: Reporter, **values: object) -> None:
    """Let a case be as it would be after some time."""
    with desk.writing() as session:
        case = session.exec(select(CaseFile).where(CaseFile.reference == reporter.case_number)).one()
        for name, value in values.items():
            setattr(case, name, value)
        session.add(case)


def test_each_queue_holds_what_its_name_says_and_its_tab_counts_it(desk: Desk) -> None:
    calm, late, soon, urgent, writes, walled = many(desk, 6)
    laila, today = desk.signed_in("laila"), date(2026, 11, 23)
    scan(desk, laila, calm, None, reason="Nothing runs.")
    change(desk, calm, next_on=today + timedelta(days=30), limit_on=None, opened_on=date(2026, 10, 1))
    days = (today - timedelta(days=1), today + timedelta(days=7), None, None)
    for reporter, next_on in zip((late, soon, urgent, writes), days, strict=True):
        change(desk, reporter, next_on=next_on, limit_on=None)
    change(desk, urgent, urgency_code="danger")
    change(desk, walled, limit_on=None, next_on=today + timedelta(days=60), opened_on=date(2026, 11, 2))
    desk.write_back(writes, "Hola.")
    assert declare(laila, walled).status_code == 303
    wanted = {
        "overdue": [late],
        "soon": [soon],
        "urgent": [urgent],
        "unread": [writes],
        "unscanned": [walled],
        "unconfirmed": [],
        "nonext": [calm, late, soon, urgent, writes, walled],
        "person": [],
        "hold": [],
        "conflict": [walled],
        "closed": [],
    }
    for which, reporters in wanted.items():
        assert sorted(listed(laila, f"which={which}")) == numbers(reporters), which
    names = ("Overdue", "Due soon", "Urgent", "Unread messages", "No limitation scan yet",
             "Limits no lawyer has confirmed", "No next action", "Waiting for the person", "On hold",
             "Waiting for a decision or another adviser", "Closed cases")  # fmt: skip
    counts = counted(laila)
    assert [counts[name] for name in names] == [len(one) for one in wanted.values()]
    assert counts["Open cases"] == 6
    assert "Untouched" not in counts


def test_a_deadline_that_passed_is_overdue_and_one_told_at_the_door_until_somebody_looked(desk: Desk) -> None:
    told, counted_one = many(desk, 2)
    laila = desk.signed_in("laila")
    (clock,) = scan(desk, laila, counted_one, date(2026, 11, 20), "civil_tort")
    change(desk, told, next_on=None, limit_on=date(2026, 11, 22))
    change(desk, counted_one, next_on=None, limit_on=date(2026, 11, 22))
    assert listed(laila, "which=overdue") == [told.case_number]
    desk.clock.move(days=(clock.last_on - date(2026, 11, 23)).days + 1)
    laila = desk.signed_in("laila")
    assert sorted(listed(laila, "which=overdue")) == numbers([told, counted_one])


def test_a_limit_no_lawyer_confirmed_in_three_working_days_is_in_a_queue_until_one_does(desk: Desk) -> None:
    waiting, other = many(desk, 2)
    laila = desk.signed_in("laila")
    (clock,) = scan(desk, laila, waiting, date(2026, 11, 20), "civil_tort")
    scan(desk, laila, other, None, reason="Nothing runs.")
    desk.clock.move(days=3)  # Thursday: Monday's third working day
    assert listed(desk.signed_in("laila"), "which=unconfirmed") == []
    desk.clock.move(days=1)
    assert listed(desk.signed_in("laila"), "which=unconfirmed") == [waiting.case_number]
    name_lawyer(desk)
    assert act(desk, desk.signed_in("laila"), waiting, clock, "confirming").status_code == 303
    assert listed(desk.signed_in("laila"), "which=unconfirmed") == []


def test_a_case_waits_for_whoever_acts_next_until_their_day_and_is_overdue_after_it(desk: Desk) -> None:
    person, body, office, task = many(desk, 4)
    laila = desk.signed_in("laila")
    by = date(2026, 11, 27)
    for reporter, who in ((person, "person"), (body, "body"), (office, "adviser")):
        assert set_next(desk, laila, reporter, who, by).status_code == 303
    assert ask(desk, laila, task, due=by).status_code == 303
    for reporter in (person, body, office, task):
        change(desk, reporter, next_on=None, limit_on=None)
    queues = {
        "person": [person],
        "hold": [person, body],
        "nonext": [task],
        "soon": [person, body, office, task],
        "overdue": [],
    }
    for which, reporters in queues.items():
        assert sorted(listed(laila, f"which={which}")) == numbers(reporters), which
    desk.clock.move(days=5)  # the day after: nobody noticed
    laila = desk.signed_in("laila")
    for which in ("person", "hold", "soon"):
        assert listed(laila, f"which={which}") == [], which
    assert sorted(listed(laila, "which=overdue")) == numbers([person, body, office, task])


def test_every_filter_narrows_the_list_and_stands_in_the_address(desk: Desk) -> None:
    one, other = many(desk, 2)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    change(desk, one, stage_code="advice", ground_codes="disability race_ethnicity", area_code="education",
           district_code="03", opened_on=date(2026, 11, 1))  # fmt: skip
    change(desk, other, ground_codes="race_ethnicity")
    filters = (
        "stage=advice",
        "ground=disability",
        "area=education",
        "district=03",
        "until=2026-11-02",
        "until=2+11+2026",
    )
    for query in filters:
        assert listed(laila, query) == [one.case_number], query
        assert counted(laila, query)["Open cases"] == 1
    assert sorted(listed(laila, "ground=race_ethnicity")) == numbers([one, other])
    assert listed(laila, "since=2026-11-02") == [other.case_number]
    assert listed(laila, f"stage=advice&adviser={desk.staff_id('pau')}&whose=all") == []
    assert len(listed(amparo, f"whose=all&adviser={desk.staff_id('laila')}")) == 2
    page = laila.get("/en/cases?stage=advice&area=education&which=nonext").text
    assert "whose=mine&amp;which=overdue&amp;stage=advice&amp;area=education" in page
    assert '<option value="advice" selected>' in page


def waiting(place: int) -> int:
    """How many messages wait in every seventh case: one, two, three, one."""
    return 1 + place // 7 % 3


@pytest.mark.parametrize("sort", ["opened", "next", "limit", "unread"])
def test_pages_by_key_show_each_case_once_in_every_order(desk: Desk, sort: str) -> None:
    reporters = many(desk, 28)
    laila, today = desk.signed_in("laila"), date(2026, 11, 23)
    for place, one in enumerate(reporters):
        day = today + timedelta(days=place % 5) if place % 3 else None
        change(desk, one, next_on=day, limit_on=day, opened_on=today - timedelta(days=place % 4))
        if place % 7 == 0:
            for _ in range(waiting(place)):
                desk.write_back(one, "Hola.")
    first = laila.get(f"/en/cases?sort={sort}").text
    (next_page,) = [
        part.partition('"')[0] for part in first.split('href="/en/cases?')[1:] if "after=" in part
    ]
    both = [*listed(laila, f"sort={sort}"), *listed(laila, next_page.replace("&amp;", "&"))]
    assert len(both) == len(set(both)) == 28
    with desk.reading() as session:
        cases = {case.reference: case for case in session.exec(select(CaseFile))}
    far = date.max
    unread = {one.case_number: waiting(place) for place, one in enumerate(reporters) if place % 7 == 0}
    values = {
        "opened": [-cases[one].opened_on.toordinal() for one in both],
        "next": [(cases[one].next_on or far).toordinal() for one in both],
        "limit": [(cases[one].limit_on or far).toordinal() for one in both],
        "unread": [-unread.get(one, 0) for one in both],
    }
    assert values[sort] == sorted(values[sort])


def test_only_what_one_holds_is_listed_counted_and_exported(desk: Desk) -> None:
    own, foreign, city = desk.a_case("laila"), desk.a_case("pau"), desk.report(city=True)
    laila = desk.signed_in("laila")
    assert listed(laila, "whose=all") == [own.case_number]
    assert counted(laila, "whose=all")["Open cases"] == 1
    exported = laila.get("/en/cases.csv?whose=all").text
    assert foreign.case_number[:4] not in exported
    assert city.case_number[:4] not in exported
    assert exported.count("\r\n") == 2


def test_an_export_is_what_is_filtered_in_codes_without_names_and_is_on_the_record(desk: Desk) -> None:
    reporters = many(desk, 27)
    laila = desk.signed_in("laila")
    for one in reporters[1:]:
        change(desk, one, area_code="education")
    add(laila, reporters[1], "Bar Pepe")
    answer = laila.get("/en/cases.csv?whose=mine&area=education&sort=limit")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(rows) == 26
    assert {row["area_code"] for row in rows} == {"education"}
    assert "adviser" not in rows[0]
    for name in ("Laila", "Bar Pepe", str(desk.staff_id("laila"))):
        assert name not in answer.text
    with desk.reading() as session:
        event = session.exec(select(Event).where(Event.kind == "list_exported")).one()
    told = json.loads(event.detail)
    assert (told["rows"], told["filters"], told["whose"]) == (26, "area=education", "mine")
    timeline = said(desk.signed_in("amparo").get("/en/timeline").text)
    assert "exported a list : their own cases (Open cases), 26 lines" in timeline


@pytest.mark.parametrize("value", ["=1+1", "+34", "-2", "@cmd", "\tx", "\rx", "\nx"])
def test_no_cell_of_an_export_is_a_formula(value: str) -> None:
    assert cell(value) == f"'{value}"
    assert [cell(one) for one in ("housing", None, 3, date(2026, 1, 2))] == ["housing", "", "3", "2026-01-02"]


def test_what_an_address_says_wrongly_is_told_and_asks_for_nothing(desk: Desk) -> None:
    desk.a_case("laila")
    laila = desk.signed_in("laila")
    answer = laila.get("/en/cases?since=32+13+2026&area=nowhere")
    assert answer.status_code == 422
    assert "There is no such day" in said(answer.text)
    assert "not on the list any more" in said(answer.text)
    assert 'value="32 13 2026"' in answer.text
    assert laila.get("/en/cases.csv?since=never").status_code == 422
    assert laila.get("/en/cases?adviser=me").status_code == 422
    for odd in ("after=x", "after=2026-99-99_1", "sort=name", "which=untouched", "whose=yours"):
        assert len(listed(laila, odd)) == 1, odd


def test_a_part_that_says_nothing_is_named_on_the_page_and_a_file_or_a_program_gets_none(desk: Desk) -> None:
    desk.a_case("laila")
    laila = desk.signed_in("laila")
    for odd, told in (
        (
            "sort=name",
            "Con «sort» la dirección pide algo que esta lista no tiene o no te muestra.",
        ),
        (
            "whose=yours",
            "Con «whose» la dirección pide algo que esta lista no tiene o no te muestra.",
        ),
        ("which=untouched", "Con «which» la dirección pide algo que esta lista no tiene o no te muestra."),
        ("after=x", "La parte «after» de la dirección no es ningún lugar de esta lista."),
        ("which=open&" + "x" * 1200, "La dirección tiene más de 1200 signos."),
    ):
        page = laila.get(f"/es/cases?{odd}")
        assert page.status_code == 200 and told in said(page.text), odd
        file = laila.get(f"/es/cases.csv?{odd}")
        assert file.status_code == 422 and told in said(file.text), odd
        program = laila.get(f"/api/v1/cases?language=es&{odd}")
        name = "length" if "x" * 1200 in odd else odd.partition("=")[0]
        assert program.status_code == 422 and program.json()["corrections"][name].startswith(told), odd
    for name in ("tasks", "deadlines", "referrals", "inbox"):
        assert "Con «sort» la dirección pide" in said(laila.get(f"/es/{name}?sort=name").text), name
        assert laila.get(f"/es/{name}.csv?sort=name").status_code == 422, name
    assert "la dirección" not in said(laila.get("/es/cases?which=open&sort=-limit&whose=mine").text)


def test_cases_go_by_each_column_either_way(desk: Desk) -> None:
    own, pau = desk.a_case("laila"), desk.a_case("pau")
    amparo = desk.signed_in("amparo")
    coded = codes() | {"area": "education"}
    assert desk.signed_in("pau").post(f"/es/cases/{pau.case_number}/codes", data=coded).status_code == 303
    by_name = [own.case_number, pau.case_number]  # Laila before Pau; housing before school
    for sort, expected in (
        ("adviser", by_name),
        ("area", by_name),
        ("number", sorted(by_name)),
        ("stage", None),
        ("limit", None),
        ("next", None),
    ):
        for way in (sort, f"-{sort}"):
            found = listed(amparo, f"whose=all&sort={way}")
            assert sorted(found) == sorted(by_name), way
            if expected:
                assert found == (expected if way == sort else expected[::-1]), way
    page = amparo.get("/es/cases?whose=all&sort=-adviser").text
    assert 'aria-sort="descending"' in page and "Por persona asesora, al revés" in said(page)


def test_an_address_is_read_and_written_the_same() -> None:
    written = Asked(whose="all", which="soon", ground="age", since=date(2026, 1, 2), sort="limit").query
    assert written == "whose=all&which=soon&ground=age&since=2026-01-02&sort=limit"
    assert read_query(written, CODES, supervises=False).asked.query == written
    assert Asked().query == "whose=mine&which=open"
    assert [day_of(one) for one in ("2026-01-02", "2 1 2026", "2/1/2026", "", "x")] == [
        date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 2), None, None,
    ]  # fmt: skip
