"""A case that was opened in error: two people void it, it is read and not worked on, and nothing is lost."""

from datetime import date
from typing import Any

from sqlmodel import select

from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.handing_over.commands import HandOverSettings, hand_over
from casework.harms.tables import CaseHarm
from casework.states.still_open import listing_of
from casework.states.tables import ClosingRequest
from casework.states.void_guards import no_error
from casework.tasks.tables import CaseTask
from office.keys.holdings import leave
from office.stores.engines import open_store, sessions
from office.stores.facts import Fact
from office.stores.migrate import upgrade
from tests.casework.deadlines.clocks import act, name_lawyer, rows, scan, version
from tests.casework.deadlines.test_periods import fields
from tests.casework.desk import NOW, Desk, Reporter, said, typed
from tests.casework.tasks.todo import ask as ask_for

AGREES = {"do": "agree", "listed": listing_of([])}
TEXT = "Lo que nos contó está en su otra comunicación; seguimos con ella."


def own(reporter: Reporter, rest: str = "") -> str:
    return f"/es/cases/{reporter.case_number}{rest}"


def asked(desk: Desk, reporter: Reporter, by: str = "laila", **form: Any) -> Any:
    told = {
        "version": version(desk, reporter),
        "void_reason": "test",
        "void_words": "Una prueba del martes.",
        "text": TEXT,
        **form,
    }
    return desk.signed_in(by).post(own(reporter, "/voiding"), data=told)


def decided(desk: Desk, reporter: Reporter, by: str = "amparo") -> Any:
    told = {"version": version(desk, reporter)}
    return desk.signed_in(by).post(own(reporter, "/voiding/decision"), data=told)


def requests(desk: Desk, reporter: Reporter) -> list[ClosingRequest]:
    with desk.reading() as session:
        found = select(ClosingRequest).where(ClosingRequest.case_id == desk.case(reporter).id)
        return sorted(session.exec(found), key=lambda one: one.seq)


def voided(desk: Desk, reporter: Reporter, **form: Any) -> None:
    assert asked(desk, reporter, **form).status_code == 303
    assert decided(desk, reporter).status_code == 303


def guards(desk: Desk, reporter: Reporter) -> tuple[str, ...]:
    with desk.reading() as session:
        return no_error(session, session.get_one(CaseFile, desk.case(reporter).id))


def test_two_people_void_what_was_opened_twice_and_it_says_where_the_report_goes_on(desk: Desk) -> None:
    reporter, other = desk.a_case("laila"), desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    before = len(desk.replies(reporter))
    twice = {"void_reason": "twice", "void_words": "Dos veces."}
    assert asked(desk, reporter, **twice).status_code == 422
    assert asked(desk, reporter, **twice, goes_on="AAAA11113").status_code == 422
    assert asked(desk, reporter, **twice, goes_on=reporter.case_number).status_code == 409
    twice["goes_on"] = other.case_number
    assert asked(desk, reporter, **twice | {"text": ""}).status_code == 422  # never silently
    assert asked(desk, reporter, **twice).status_code == 303
    assert len(desk.replies(reporter)) == before and not desk.case(reporter).is_closed
    assert b"Dos veces" not in (desk.folder / "casework.db").read_bytes()
    assert own(reporter) in amparo.get("/es/cases?whose=all&which=closings").text
    assert asked(desk, other).status_code == 409  # somebody's report is to go on in it
    assert decided(desk, reporter, by="laila").status_code == 409  # who asked does not decide
    assert "Dos veces." in said(amparo.get(own(reporter, "/voiding")).text)
    assert desk.decide_closing(reporter).status_code == 409  # it is not closing that was asked for
    move = {"version": version(desk, reporter), "stage": "triage", "state": "in_progress"}
    assert laila.post(own(reporter, "/stage"), data=move).status_code == 409
    assert decided(desk, reporter).status_code == 303
    case = desk.case(reporter)
    assert (case.outcome_code, case.is_void, case.next_on) == (None, True, None)
    last = desk.replies(reporter)[-1]
    assert (last.state_code, last.text) == ("closed", TEXT)
    page = amparo.get(own(reporter)).text
    assert f'href="{own(other)}"' in page and "Dos veces." in said(page)
    for which, is_there in {"void": True, "closed": False, "open": False}.items():
        listed = amparo.get(f"/es/cases?whose=all&which={which}").text
        assert (f'href="{own(reporter)}"' in listed) is is_there, which
    assert guards(desk, other) == ("goes_on",)
    assert desk.events(reporter).count("case_voided") == 1

    form = {"version": version(desk, reporter), "message": "Hola.", "note": "Nota.", "reason": "wish"}
    for rest in ("/messages", "/notes", "/codes", "/tasks", "/reopening", "/closing", "/safe-contact"):
        refused = laila.post(own(reporter, rest), data=form)
        assert refused.status_code == 409 and "está anulado" in said(refused.text), rest
    odd = f"{reporter.case_number[:4]}%09{reporter.case_number[4:]}"  # a tab, which an address may carry
    assert laila.post(f"/es/cases/{odd}/notes", data=form).status_code == 409
    elsewhere = {"number": reporter.case_number, "answer": "agreed", "was": "asked"}
    assert laila.post("/es/patterns/none/answer", data=elsewhere).status_code == 409
    pau = desk.signed_in("pau")  # for whoever may not open it, it does not exist, as before
    assert pau.post(own(reporter, "/notes"), data=form).status_code == 404
    desk.write_back(reporter, "No era lo mismo.")
    assert "No era lo mismo." in said(laila.get(own(reporter)).text)
    assert laila.get(own(reporter, "/print")).status_code == 200


def test_what_runs_and_counts_stops_and_comes_back_with_the_voiding_taken_back(desk: Desk) -> None:
    settings = _observatory(desk)
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    scan(desk, laila, reporter, date(2026, 11, 20), "civil_tort")
    assert ask_for(desk, laila, reporter).status_code == 303
    page = said(laila.get(own(reporter, "/voiding")).text)  # a year, as article 1968 of the Civil Code has it
    assert "Con ello se paran estos plazos Demanda por daños" in page and ": 20 de noviembre de 2027" in page
    lists = ("/es/deadlines", "/es/tasks", "/es/cases?which=open")
    assert all(own(reporter) in laila.get(one).text for one in lists)
    assert _handed_over(settings) == 1
    voided(desk, reporter)
    assert not any(own(reporter) in laila.get(one).text for one in lists)
    assert "aunque estaban abiertos estos plazos" in said(laila.get(own(reporter)).text)
    assert _handed_over(settings) == 0
    desk.change_consent(reporter, "count", given=True)  # said once more, it is counted all the same nowhere
    desk.collect()
    assert laila.get(own(reporter)).status_code == 200 and _handed_over(settings) == 0

    back = {"text": "Nos equivocamos. Seguimos.", "void_words": "Era una persona de verdad."}
    assert asked(desk, reporter, **back).status_code == 303
    assert own(reporter) in desk.signed_in("amparo").get("/es/cases?whose=all&which=closings").text
    assert decided(desk, reporter, by="laila").status_code == 409 and desk.case(reporter).is_void
    assert decided(desk, reporter).status_code == 303
    case, (deadline,) = desk.case(reporter), rows(desk, reporter)
    assert (case.stage_code, case.closed_on, case.voided_on) == ("triage", None, None)
    assert case.limit_on == deadline.last_on
    assert case.next_on == date(2026, 11, 30)  # five working days after Monday the 23rd, promised anew
    assert all(own(reporter) in laila.get(one).text for one in lists)
    assert _handed_over(settings) == 1
    assert "Nos equivocamos. Seguimos." in [reply.text for reply in desk.replies(reporter)]
    assert "void_undone" in desk.events(reporter)


def test_a_request_is_sent_or_taken_back_and_what_says_it_is_no_error_is_named_at_once(desk: Desk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    assert asked(desk, reporter).status_code == 303
    words = {"version": version(desk, reporter), "back_words": "Es una persona real."}
    assert laila.post(own(reporter, "/voiding/sending-back"), data=words).status_code == 409
    assert amparo.post(own(reporter, "/voiding/sending-back"), data=words).status_code == 303
    assert "Es una persona real." in said(laila.get(own(reporter)).text)
    page = laila.get(own(reporter, "/voiding")).text
    assert (typed(page, "text")["text"], typed(page, "void_words")["text"]) == (
        TEXT,
        "Una prueba del martes.",
    )
    assert asked(desk, reporter).status_code == 303
    taken = {"version": version(desk, reporter)}
    assert laila.post(own(reporter, "/voiding/taking-back"), data=taken).status_code == 303
    assert [one.settled_code for one in requests(desk, reporter)] == ["sent_back", "taken_back"]

    scan(desk, laila, reporter, date(2026, 11, 20), "civil_tort")
    assert asked(desk, reporter).status_code == 303
    name_lawyer(desk)
    (row,) = rows(desk, reporter)
    assert act(desk, laila, reporter, row, "confirming").status_code == 303  # while it waits to be decided
    refused = decided(desk, reporter)
    assert refused.status_code == 409 and "Una persona abogada confirmó" in said(refused.text)
    taken = {"version": version(desk, reporter)}
    assert laila.post(own(reporter, "/voiding/taking-back"), data=taken).status_code == 303
    desk.ready_to_advise(reporter)
    move = {"version": version(desk, reporter), "stage": "advice", "state": "in_progress"}
    assert laila.post(own(reporter, "/stage"), data=move).status_code == 303
    desk.write_back(reporter, "¿Hay novedades?")
    page = said(laila.get(own(reporter, "/voiding")).text)
    for sentence in (
        "Ha pasado de la primera valoración",
        "Algo que envió la persona",
        "Una persona abogada confirmó",
    ):
        assert sentence in page
    assert asked(desk, reporter).status_code == 409 and not desk.case(reporter).is_closed
    assert guards(desk, reporter) == ("stage", "deadlines", "unread")


def tasks_open(desk: Desk, reporter: Reporter, many: int) -> None:
    """Let a case have that many open tasks."""
    with desk.writing() as session:
        own, laila = desk.case(reporter).id, desk.staff_id("laila")
        session.add_all(
            CaseTask(
                case_id=own, kind_code="read", with_code="other", staff_id=laila, due_on=NOW.date(),
                made_by=laila, made_on=NOW.date(), key_version=1, sealed=b"nobody opens it here",
            )
            for _ in range(many)
        )  # fmt: skip


def head_agrees(desk: Desk, row: ClosingRequest) -> Any:
    """Send what the head's page would send."""
    joana = desk.signed_in("joana")
    listed = joana.get("/es/closings").text.partition('name="listed" value="')[2].partition('"')[0]
    return joana.post(f"/es/closings/{row.id}", data={"do": "agree", "listed": listed})


def test_without_a_second_supervisor_the_head_agrees_and_sees_nothing_that_was_told(desk: Desk) -> None:
    reporter = desk.a_case("amparo", text="Me insultaron en el mercado.")
    with desk.writing() as session:
        leave(session, desk.staff_id("vicent"), by=None, at=NOW)
    joana = desk.signed_in("joana")
    assert asked(desk, reporter, by="amparo").status_code == 303
    (row,) = requests(desk, reporter)
    page = joana.get("/es/closings").text
    assert str(row.id) in page and "Una prueba: nadie" in page
    assert not any(words in page for words in ("mercado", "martes", TEXT))
    assert decided(desk, reporter).status_code == 409
    assert "da su acuerdo la dirección: Joana" in said(
        desk.signed_in("amparo").get(own(reporter, "/voiding")).text
    )
    agreed = head_agrees(desk, row)
    assert agreed.status_code == 303, said(agreed.text)
    tasks_open(desk, reporter, 1)  # the head did not agree to that
    refused = decided(desk, reporter)
    assert refused.status_code == 409 and "ya no vale: se ha abierto algo" in said(refused.text)
    assert "Una prueba del martes." in said(refused.text) and "da su acuerdo la dirección: Joana" in said(
        refused.text
    )
    tasks_open(desk, reporter, 600)  # more than fits into what is kept of an agreement
    refused = head_agrees(desk, row)
    assert refused.status_code == 409 and "tanto abierto" in said(refused.text)
    with desk.writing() as session:
        for task in session.exec(select(CaseTask)).all():
            session.delete(task)
    assert decided(desk, reporter).status_code == 303
    assert desk.case(reporter).is_void and "void_agreed" in desk.events(reporter)


def test_a_period_that_a_paper_set_and_a_second_harm_say_that_it_is_no_error(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert guards(desk, reporter) == ()
    form = fields(desk, reporter, "administrative", date(2026, 11, 20), length="10")
    assert laila.post(own(reporter, "/period"), data=form).status_code == 303
    assert guards(desk, reporter) == ("deadlines",)
    with desk.writing() as session:
        session.add(CaseHarm(case_id=desk.case(reporter).id, place=2, noted_on=date(2026, 11, 20)))
    assert guards(desk, reporter) == ("deadlines", "harms")


def test_who_decides_that_it_was_opened_twice_opens_both_and_the_head_opens_neither(desk: Desk) -> None:
    reporter, other = desk.a_case("laila"), desk.a_case("laila")
    with desk.writing() as session:  # as a wall does
        for grant in session.exec(select(CaseKeyGrant).where(CaseKeyGrant.case_id == desk.case(other).id)):
            if grant.holder_id == desk.staff_id("amparo"):
                grant.revoked_on = NOW.date()
    twice = {"void_reason": "twice", "goes_on": other.case_number}
    assert asked(desk, reporter, **twice).status_code == 303
    amparo = desk.signed_in("amparo")
    page = amparo.get(own(reporter, "/voiding")).text
    assert "voiding/decision" not in page and "Solo una persona supervisora" in said(page)
    assert decided(desk, reporter).status_code == 409 and not desk.case(reporter).is_closed
    assert decided(desk, reporter, by="vicent").status_code == 303

    alone, goes_on = desk.a_case("vicent"), desk.a_case("vicent")
    twice["goes_on"] = goes_on.case_number
    assert asked(desk, alone, by="vicent", **twice).status_code == 303
    with desk.writing() as session:
        leave(session, desk.staff_id("amparo"), by=None, at=NOW)
    (row,) = requests(desk, alone)
    joana = desk.signed_in("joana")
    page = said(desk.signed_in("vicent").get(own(alone, "/voiding")).text)  # nobody is left who could agree
    assert "Solo una persona supervisora" in page and "da su acuerdo" not in page
    listed = joana.get("/es/closings").text
    assert str(row.id) in listed and 'value="agree"' not in listed
    assert joana.post(f"/es/closings/{row.id}", data=AGREES).status_code == 409
    assert [joana.get(own(one)).status_code for one in (alone, goes_on)] == [404, 404]
    assert decided(desk, alone, by="vicent").status_code == 409 and not desk.case(alone).is_closed
    assert asked(desk, goes_on, by="vicent", **twice | {"goes_on": alone.case_number}).status_code == 409
    assert requests(desk, goes_on) == []
    counted = said(listed)
    assert "noviembre de 2026 Se abrió dos veces" in counted and reporter.case_number not in listed


def test_where_no_head_is_left_the_page_says_that_nobody_decides_and_what_to_do(desk: Desk) -> None:
    reporter = desk.a_case("amparo")
    with desk.writing() as session:
        for name in ("vicent", "joana"):
            leave(session, desk.staff_id(name), by=None, at=NOW)
    assert asked(desk, reporter, by="amparo").status_code == 303
    page = said(desk.signed_in("amparo").get(own(reporter, "/voiding")).text)
    assert "Nadie puede decidirlo" in page and "pasa el expediente a una persona asesora" in page
    assert "da su acuerdo" not in page


def test_a_case_against_the_city_is_never_void(desk: Desk) -> None:
    city = desk.a_case("vicent", city=True)
    refused = asked(desk, city, by="vicent")
    assert refused.status_code == 409 and "Es contra el Ayuntamiento" in said(refused.text)
    assert requests(desk, city) == []


def _observatory(desk: Desk) -> HandOverSettings:
    facts = f"sqlite:///{desk.folder}/facts.db"
    upgrade("facts", facts)
    return HandOverSettings(
        home=desk.folder,
        casework_url=desk.casework_url,
        facts_url=facts,
        statistics_key=desk.folder / "keys" / "statistics.key",
        demo=True,
    )


def _handed_over(settings: HandOverSettings) -> int:
    """Hand over, and return how many facts the observatory has then."""
    hand_over(settings)
    engine = open_store(settings.facts_url, role="owner", store="facts")
    with sessions(engine)() as session:
        found = len(session.exec(select(Fact)).all())
    engine.dispose()
    return found
