"""Scenario 9: a way that is never safe cannot be used, and what goes out says nothing of the office."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from casework.notices.posts import Answer
from casework.notices.tables import NoticeDue
from casework.notices.telling import Round
from casework.safe_contact.tables import SafeContact
from office.clock import SetClock
from office.handover.report import ReportContact
from office.languages import Language
from office.sealing.key_files import load_key_file
from office.stores.engines import open_store, sessions
from tests.casework.advice.pieces import act, advised, begin, delivery, path, review
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import CITY, Desk, Reporter, mistakes, said, typed
from tests.casework.notices.post_office import SENDER, by_mail, gateway, leave_address, mail_server, send
from tests.casework.queues.lists import giving
from tests.casework.tasks.todo import ask, note_way, tasks

BY_MAIL = ReportContact(
    kind="email",
    value="persona@correo.example",
    safe_note="Nunca por teléfono: mi pareja lo coge. Correo, de 9 a 13 h.",
)
MORNINGS = {"window_days": ["1", "2", "3", "4", "5"], "from_hour": "9", "to_hour": "13"}
"""What the person said in words, as it is ticked: 23 November 2026 is a Monday."""
GIVES_AWAY = ("convivencia", "oficina", "discrimin", "ayuntamiento", "ajuntament", "valència", "valencia")
"""Words that would tell who writes."""


def at_risk(desk: Desk) -> Reporter:
    """Somebody whose partner may answer the telephone and open letters."""
    reporter = desk.a_case("laila", contact=BY_MAIL)
    laila = desk.signed_in("laila")
    for way in ("phone", "letter", "visit"):
        assert note_way(desk, laila, reporter, way, "never").status_code == 303
    assert note_way(desk, laila, reporter, "sms", "neutral").status_code == 303
    assert note_way(desk, laila, reporter, "email", "window", **MORNINGS).status_code == 303
    return reporter


def rules(desk: Desk, reporter: Reporter) -> dict[str, str]:
    """What holds for each way that is noted."""
    with desk.reading() as session:
        found = session.exec(select(SafeContact).where(SafeContact.case_id == desk.case(reporter).id))
        return {row.way_code: row.rule_code for row in found}


def news(desk: Desk, reporter: Reporter) -> None:
    """Write to the person, so that there is news."""
    laila = desk.signed_in("laila")
    answer = laila.post(f"/es/cases/{reporter.case_number}/messages", data={"message": "Hay novedades."})
    assert answer.status_code == 303


def test_scenario_9_a_call_cannot_be_made_a_task_and_the_page_says_why_and_what_is_safe(desk: Desk) -> None:
    reporter = at_risk(desk)
    refused = ask(desk, desk.signed_in("laila"), reporter, "call", text="Avisar de la cita.")
    assert refused.status_code == 422 and not tasks(desk, reporter)
    (why,) = mistakes(refused.text)
    assert why.startswith("Teléfono: nunca")
    assert why.endswith("SMS, Correo electrónico y La página del recibo.")
    assert typed(refused.text, "task_text")["text"] == "Avisar de la cita."


def test_scenario_9_a_letter_to_the_address_and_a_visit_are_blocked(desk: Desk) -> None:
    reporter = at_risk(desk)
    laila = desk.signed_in("laila")
    for kind in ("letter", "visit"):
        refused = ask(desk, laila, reporter, kind)
        assert refused.status_code == 422 and ": nunca" in mistakes(refused.text)[0], kind
    assert not tasks(desk, reporter)
    assert ask(desk, laila, reporter, "letter", with_code="other").status_code == 303  # to a body
    for kind in ("email", "sms", "message"):
        assert ask(desk, laila, reporter, kind).status_code == 303, kind


def test_scenario_9_the_mail_has_a_neutral_sender_and_subject(desk: Desk) -> None:
    reporter = at_risk(desk)
    leave_address(desk, reporter, "email", "persona@correo.example")
    news(desk, reporter)
    with mail_server() as server:
        send(desk, **by_mail(server))
    ((sender, to, letter),) = server.letters
    assert (sender, letter["From"], to) == (SENDER, SENDER, ["persona@correo.example"])
    assert letter["Subject"] == "Tienes noticias"
    whole = (str(letter) + letter.get_content()).casefold()  # type: ignore[attr-defined]  # an EmailMessage
    for word in (*GIVES_AWAY, reporter.case_number.casefold(), CITY.name_in("es").casefold()):
        assert word not in whole, word


def test_scenario_9_the_text_message_shows_no_name_of_the_office(desk: Desk) -> None:
    reporter = at_risk(desk)
    leave_address(desk, reporter, "sms", "600 123 123")
    news(desk, reporter)
    with gateway() as told:
        send(desk, sms_gateway=f"http://127.0.0.1:{told.port}/")
    ((posted, _),) = told.posted
    assert set(posted) == {"to", "text"}
    for word in (*GIVES_AWAY, reporter.case_number.casefold()):
        assert word not in posted["text"].casefold(), word


def test_scenario_9_no_notice_goes_by_a_way_that_is_never_safe(desk: Desk) -> None:
    reporter = at_risk(desk)
    laila = desk.signed_in("laila")
    leave_address(desk, reporter, "email", "persona@correo.example")
    assert note_way(desk, laila, reporter, "email", "never").status_code == 303
    news(desk, reporter)
    other = desk.a_case("laila")
    leave_address(desk, other, "email", "otra@correo.example")
    news(desk, other)
    with mail_server() as server:
        assert "1 not sent, for the way is never safe" in send(desk, **by_mail(server))
    assert [to for _, to, _ in server.letters] == [["otra@correo.example"]]
    with desk.reading() as session:
        waiting = session.exec(select(NoticeDue.case_number).where(NoticeDue.tries < 100)).all()
    assert not waiting  # what was held back is not sent another day


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2026-11-22T10:00", 0),  # a Sunday
        ("2026-11-23T07:59", 0),  # one minute before nine in València, where it is one hour later than in UTC
        ("2026-11-23T08:00", 1),
        ("2026-11-23T11:59", 1),
        ("2026-11-23T12:00", 0),  # one o'clock
    ],
)
def test_a_notice_waits_for_the_days_and_hours_that_are_safe(desk: Desk, at: str, sent: int) -> None:
    reporter = at_risk(desk)
    leave_address(desk, reporter, "email", "persona@correo.example")
    with desk.writing() as session:
        session.add(NoticeDue(case_number=reporter.case_number, next_on=date(2026, 11, 20)))
    with mail_server() as server:
        told = send(desk, demo_now=f"{at}:00+00:00", **by_mail(server))
        assert len(server.letters) == sent
        assert ("1 wait for a day and hour that is safe" in told) is (sent == 0)
        send(desk, on="2026-11-24", **by_mail(server))  # ten o'clock in UTC: nobody's turn was lost
        assert len(server.letters) == 1


def test_while_only_words_say_when_it_is_safe_no_notice_goes_and_the_page_says_so(desk: Desk) -> None:
    reporter = desk.a_case("laila", contact=BY_MAIL)
    laila = desk.signed_in("laila")
    leave_address(desk, reporter, "email", "persona@correo.example")
    news(desk, reporter)
    waits = "Los avisos esperan: no hay días ni horas marcados"
    assert waits in said(laila.get(f"/es/cases/{reporter.case_number}/safe-contact").text)
    with mail_server() as server:
        send(desk, **by_mail(server))
        assert not server.letters
        assert note_way(desk, laila, reporter, "email", "window", **MORNINGS).status_code == 303
        page = said(laila.get(f"/es/cases/{reporter.case_number}/safe-contact").text)
        assert waits not in page and "lunes, martes, miércoles, jueves y viernes, de 9:00 a 13:00" in page
        send(desk, **by_mail(server))
        assert len(server.letters) == 1


def test_a_window_of_days_without_hours_or_of_hours_without_days_comes_back(desk: Desk) -> None:
    reporter = desk.a_case("laila", contact=BY_MAIL)
    laila = desk.signed_in("laila")
    for wrong in (
        {"window_days": ["1"]},
        {"from_hour": "9"},
        {**MORNINGS, "to_hour": "9"},
        {**MORNINGS, "window_days": ["12"]},
    ):
        answer = note_way(desk, laila, reporter, "sms", "window", "Por las mañanas.", **wrong)
        assert answer.status_code == 422 and mistakes(answer.text)
        assert typed(answer.text, "safe_words")["text"] == "Por las mañanas."
    unsaid = note_way(desk, laila, reporter, "sms", "neutral", **MORNINGS)
    assert unsaid.status_code == 422  # days are never dropped unseen
    assert rules(desk, reporter) == {"email": "window"}


def test_scenario_9_advice_is_not_delivered_by_a_way_that_is_never_safe(desk: Desk) -> None:
    reporter = at_risk(desk)
    laila = desk.signed_in("laila")
    begin(desk, laila, reporter)
    assert review(desk, desk.signed_in("amparo"), reporter).status_code == 303
    page = laila.get(path(reporter, advised(desk, reporter))).text
    offered = re.findall(
        r'<option value="([a-z_]+)"', page.partition('name="way"')[2].partition("</select>")[0]
    )
    assert {"phone", "video", "post"}.isdisjoint(offered) and {"in_person", "email"} <= set(offered)
    assert "Lo dijo en la primera cita." in said(page)  # why not
    in_time = {"delivery_language": "es", "understood": "speaks"}
    for way in ("phone", "post"):
        refused = act(desk, laila, reporter, "delivery", **delivery(way=way, **in_time))
        assert refused.status_code == 409 and "Contacto seguro" in said(refused.text)
    assert advised(desk, reporter).state_code == "reviewed"
    assert act(desk, laila, reporter, "delivery", **delivery(**in_time)).status_code == 303


def test_where_the_receipts_page_is_never_safe_the_case_offers_no_answer_and_says_why(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert 'name="message"' in laila.get(f"/es/cases/{reporter.case_number}").text
    assert note_way(desk, laila, reporter, "receipt", "never").status_code == 303
    page = laila.get(f"/es/cases/{reporter.case_number}").text
    assert 'name="message"' not in page and "Lo dijo en la primera cita." in said(page)


def test_what_the_person_said_in_the_report_is_noted_first_and_binds(desk: Desk) -> None:
    reporter = desk.a_case("laila", contact=BY_MAIL)
    assert rules(desk, reporter) == {"email": "window"}
    laila = desk.signed_in("laila")
    page = said(laila.get(f"/es/cases/{reporter.case_number}/safe-contact").text)
    assert BY_MAIL.safe_note in page and "La persona, en su comunicación" in page
    assert BY_MAIL.safe_note in said(laila.get(f"/es/cases/{reporter.case_number}/tasks").text)
    refused = ask(desk, laila, reporter, "call")  # nobody said that the telephone is safe
    assert "nadie ha anotado que sea seguro" in mistakes(refused.text)[0]


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (ReportContact(kind="phone", value="600 123 123"), {"phone": "allowed"}),
        (ReportContact(kind="phone", value="600 123 123", safe_note="Tardes."), {"phone": "window"}),
        (ReportContact(kind="letter", value="Calle Inventada 1"), {"letter": "allowed"}),
        (ReportContact(kind="trusted", value="600 123 123", name="Amiga"), {}),
        (ReportContact(kind="other", value="", safe_note="Nunca."), {}),
    ],
)
def test_only_the_way_the_person_left_is_theirs_to_be_used(
    desk: Desk, contact: ReportContact, expected: dict[str, str]
) -> None:
    assert rules(desk, desk.a_case("laila", contact=contact)) == expected


def test_that_notices_wait_for_days_nobody_ticked_is_said_on_the_case(desk: Desk) -> None:
    mail = ReportContact(kind="email", value="invented@example.invalid", safe_note="Solo por las tardes.")
    reporter, laila = desk.a_case("laila", contact=mail), desk.signed_in("laila")
    page, waits = f"/es/cases/{reporter.case_number}", "Los avisos esperan"
    assert rules(desk, reporter) == {"email": "window"} and waits in laila.get(page).text
    assert note_way(desk, laila, reporter, "email", "window", "Tardes.", **MORNINGS).status_code == 303
    assert waits not in laila.get(page).text


def test_a_way_is_changed_with_a_reason_from_the_newest_page_and_the_report_does_not_undo_it(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila", contact=BY_MAIL)
    laila = desk.signed_in("laila")
    assert note_way(desk, laila, reporter, "email", "never", safe_reason="").status_code == 422
    assert note_way(desk, laila, reporter, "phone", "window").status_code == 422  # which hours?
    stale = note_way(desk, laila, reporter, "email", "never", "Mi pareja lo lee.", version="99")
    assert stale.status_code == 409 and typed(stale.text, "safe_words")["text"] == "Mi pareja lo lee."
    assert note_way(desk, laila, reporter, "email", "never").status_code == 303
    opened = laila.post(f"/es/cases/{reporter.case_number}/contact", data={"reason": "answer"})
    assert opened.status_code == 200
    assert rules(desk, reporter) == {"email": "never"}
    assert "safe_contact_set" in desk.events(reporter)
    assert b"Lo dijo en la primera cita" not in (desk.folder / "casework.db").read_bytes()


def test_a_way_that_becomes_never_takes_its_open_tasks_with_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert ask(desk, laila, reporter, "call").status_code == 303
    assert ask(desk, laila, reporter, "call", with_code="other").status_code == 303
    assert note_way(desk, laila, reporter, "phone", "never").headers["location"].endswith("tasks_ended")
    states = {row.with_code: row.state_code for row in tasks(desk, reporter)}
    assert states == {"person": "dropped", "other": "open"}


def test_nobody_writes_on_the_receipts_page_where_that_is_never_safe(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert note_way(desk, laila, reporter, "receipt", "never").status_code == 303
    refused = laila.post(f"/es/cases/{reporter.case_number}/messages", data={"message": "Hola."})
    assert refused.status_code == 422 and typed(refused.text, "message")["text"] == "Hola."
    assert all(reply.text != "Hola." for reply in desk.replies(reporter))


def test_no_words_go_to_a_page_that_is_never_safe_with_a_state_or_a_new_adviser(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    scan(desk, laila, reporter, None, reason="Ninguno.")
    assert note_way(desk, laila, reporter, "receipt", "never").status_code == 303
    version = str(desk.case(reporter).version)
    move = {"version": version, "stage": "advice", "state": "in_progress", "state_text": "Hola."}
    refused = laila.post(f"/es/cases/{reporter.case_number}/stage", data=move)
    assert refused.status_code == 409 and typed(refused.text, "state_text")["text"] == "Hola."
    end = {"responses": ["information"], "outcome": "support_given", "reason": "completed"}
    closing = {**end, "version": version, "text": "Adiós."}
    assert laila.post(f"/es/cases/{reporter.case_number}/closing", data=closing).status_code == 409
    given = giving(desk, [reporter], "pau", notice="tell")
    assert desk.signed_in("amparo").post("/es/giving", data=given).status_code == 303
    assert [reply.text for reply in desk.replies(reporter) if reply.text] == []


def test_of_a_case_one_may_not_open_safe_contact_is_missing(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    pau = desk.signed_in("pau")
    assert pau.get(f"/es/cases/{reporter.case_number}/safe-contact").status_code == 404
    assert note_way(desk, pau, reporter, "phone", "allowed").status_code == 404


@dataclass
class SlowPost:
    """A server for mail that takes three minutes over each notice, and so long to be reached."""

    clock: SetClock
    told: list[str] = field(default_factory=list)
    opening: float = 0

    def open(self) -> None:
        self.clock.move(minutes=self.opening)

    def tell(self, to: str, _language: Language, _at: datetime) -> Answer:
        self.told.append(to)
        self.clock.move(minutes=3)
        return Answer.TAKEN

    def close(self) -> None:
        """Nothing is kept."""


def test_a_round_that_lasts_asks_the_clock_before_each_notice(desk: Desk) -> None:
    for at in ("uno@correo.example", "dos@correo.example"):
        reporter = desk.a_case("laila", contact=BY_MAIL)
        note_way(desk, desk.signed_in("laila"), reporter, "email", "window", **MORNINGS)
        leave_address(desk, reporter, "email", at)
        news(desk, reporter)
    clock = SetClock(datetime(2026, 11, 23, 11, 58, tzinfo=UTC))  # 12:58 in Valencia: safe until 13:00
    keys = load_key_file(desk.folder / "keys" / "notice.key")
    store = sessions(open_store(desk.casework_url, role="mailer", store="casework"))
    slow = SlowPost(clock)
    done = Round(store, keys, {"email": slow}, clock=clock, zone=CITY.zone).go()
    assert (done.told, done.unsafe_now, len(slow.told)) == (1, 1, 1)
    clock.at = datetime(2026, 11, 24, 11, 58, tzinfo=UTC)
    slow.opening = 5
    done = Round(store, keys, {"email": slow}, clock=clock, zone=CITY.zone).go()
    assert (done.told, done.unsafe_now) == (0, 1)
    clock.at, slow.opening = datetime(2026, 11, 25, 9, 0, tzinfo=UTC), 0
    assert Round(store, keys, {"email": slow}, clock=clock, zone=CITY.zone).go().told == 1
