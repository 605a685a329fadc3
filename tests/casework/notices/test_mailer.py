"""The mailer as a process of its own, with a mail server and a gateway on this machine."""

import re
import subprocess
import sys
from email.message import Message

import pytest
from sqlmodel import select

from casework.handing_over.errors import KeyVersionMissing
from casework.notices.errors import PostClosed
from casework.notices.rules import MOST_TRIES, TOLD
from casework.notices.tables import NoticeAddress, NoticeDue
from office.languages import language, languages_for
from tests.casework.desk import Desk, Reporter
from tests.casework.notices.post_office import (
    SENDER,
    by_mail,
    gateway,
    leave_address,
    mail_server,
    mailer,
    send,
    send_alone,
)

ADDRESS = "somebody@example.org"


def due(desk: Desk) -> list[tuple[int, str]]:
    with desk.reading() as session:
        return [(one.tries, one.next_on.isoformat()) for one in session.exec(select(NoticeDue))]


def a_case_with_news(desk: Desk, value: str = ADDRESS, kind: str = "email", tag: str = "es") -> Reporter:
    reporter = desk.a_case("laila")
    leave_address(desk, reporter, kind, value, language=tag)
    write(desk, reporter)
    return reporter


def write(desk: Desk, reporter: Reporter, text: str = "Tenemos una respuesta.") -> None:
    path = f"/es/cases/{reporter.case_number}/messages"
    assert desk.signed_in("laila").post(path, data={"message": text}).status_code == 303


def words(letter: Message) -> str:
    content = letter.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode("utf-8").strip()


def test_only_who_left_an_address_is_told_and_only_when_something_was_said(desk: Desk) -> None:
    without = desk.a_case("laila")
    write(desk, without)
    assert due(desk) == []
    reporter = desk.a_case("laila")
    leave_address(desk, reporter, "email", ADDRESS)
    assert due(desk) == []
    write(desk, reporter)
    write(desk, reporter, "Y otra cosa.")
    assert due(desk) == [(0, "2026-11-23")]


def test_a_mail_says_that_there_is_news_and_names_nobody(desk: Desk) -> None:
    reporter = a_case_with_news(desk)
    with mail_server() as server:
        done = send_alone(desk, **by_mail(server))
    assert done.returncode == 0, done.stderr
    ((sender, to, letter),) = server.letters
    assert (sender, to, letter["From"], letter["To"]) == (SENDER, [ADDRESS], SENDER, ADDRESS)
    assert letter["Subject"] == "Tienes noticias"
    assert words(letter) == "Tienes noticias. Vuelve como ya sabes."
    assert re.fullmatch(
        r"<[0-9.]+@post\.example>", letter["Message-ID"]
    )  # only figures drawn by lot and the moment
    whole = (server.raw[0].decode() + words(letter) + repr(letter.items())).replace(letter["Message-ID"], "")
    for secret in (reporter.case_number, "onvivencia", "iscrimina", "http", "010", "localhost"):
        assert secret not in whole
    assert server.names == ["post.example"]  # the machine's own name is not told either
    assert ADDRESS not in done.stdout + done.stderr and "1 sent" in done.stdout


@pytest.mark.parametrize("tag", [one.tag for one in languages_for("residents")])
def test_a_notice_is_said_in_the_language_of_the_person(desk: Desk, tag: str) -> None:
    from casework.notices.posts import MailPost
    from casework.notices.settings import MailerSettings
    from casework.notices.telling import spoken

    settings = MailerSettings(mail_server="localhost", mail_from=SENDER)
    letter = MailPost(settings).written(ADDRESS, spoken(tag), desk.clock.now())
    own = language(tag, "office")
    assert letter["Subject"] == own.gettext("You have news")
    assert words(letter) == own.gettext("You have news. Come back the way you know.")
    assert tag == "en" or words(letter) != "You have news. Come back the way you know."


def test_nobody_is_told_twice_on_one_day(desk: Desk) -> None:
    reporter = a_case_with_news(desk)
    with mail_server() as server:
        send(desk, **by_mail(server))
        assert due(desk) == [(TOLD, "2026-11-24")]
        write(desk, reporter, "Otra cosa el mismo día.")
        assert due(desk) == [(0, "2026-11-24")]
        send(desk, **by_mail(server))
        assert len(server.letters) == 1
        send(desk, on="2026-11-24", **by_mail(server))
        assert len(server.letters) == 2
        send(desk, on="2026-11-25", **by_mail(server))
    assert len(server.letters) == 2 and due(desk) == []


def test_a_text_message_goes_through_the_gateway_in_the_persons_language(desk: Desk) -> None:
    a_case_with_news(desk, "00 34 612-345-678", "sms", "ar")
    token = desk.folder / "token"
    token.write_text("a secret of the gateway\n")
    with gateway() as taken:
        done = send_alone(desk, sms_gateway=f"http://127.0.0.1:{taken.port}/messages?line=2", sms_token=token)
    ((body, authorization),) = taken.posted
    assert taken.path == "/messages?line=2"
    said = language("ar", "office").gettext("You have news. Come back the way you know.")
    assert body == {"to": "+34612345678", "text": said}
    assert authorization == "Bearer a secret of the gateway"
    assert "612" not in done.stdout + done.stderr
    assert due(desk) == [(TOLD, "2026-11-24")]


@pytest.mark.parametrize("status", [302, 400, 503])
def test_what_a_gateway_does_not_take_is_tried_on_a_later_day(desk: Desk, status: int) -> None:
    a_case_with_news(desk, "612345678", "sms")
    with gateway() as taken:
        taken.status = status
        where = f"http://127.0.0.1:{taken.port}/"
        send(desk, sms_gateway=where)
        send(desk, sms_gateway=where)
    assert len(taken.posted) == 1
    assert due(desk) == [(1, "2026-11-24")]


def test_a_wrong_address_is_tried_on_later_days_and_given_up_where_operators_see_it(desk: Desk) -> None:
    reporter = a_case_with_news(desk, "nobody@example.org")
    days = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-27", "2026-12-01"]
    with mail_server() as server:
        server.refuses.add("nobody@example.org")
        for day in days:
            done = send(desk, on=day, **by_mail(server))
            assert "1 not taken" in done, day
            assert "0 not taken" in send(desk, on=day, **by_mail(server))
        assert due(desk) == [(MOST_TRIES, "2026-12-01")]
        write(desk, reporter, "Más noticias.")
        done = send(desk, on="2026-12-20", **by_mail(server))
        assert "0 sent, 0 not taken" in done and "1 addresses given up in all" in done
        assert "nobody@" not in done and server.letters == []
        desk.clock.move(days=30)
        leave_address(desk, reporter, "email", ADDRESS)
        done = send(desk, on="2026-12-23", **by_mail(server))
    assert "1 sent" in done and "0 addresses given up" in done
    assert [to for _, to, _ in server.letters] == [[ADDRESS]]


def test_one_wrong_address_holds_up_no_other(desk: Desk) -> None:
    for value in ("nobody@example.org", ADDRESS, "two@example.org, three@example.org"):
        a_case_with_news(desk, value)
    with mail_server() as server:
        server.refuses.add("nobody@example.org")
        done = send(desk, **by_mail(server))
    assert "1 sent, 2 not taken" in done
    assert [to for _, to, _ in server.letters] == [[ADDRESS]]


def test_whoever_took_their_address_back_is_not_told(desk: Desk) -> None:
    reporter = a_case_with_news(desk)
    leave_address(desk, reporter, "none", "")
    with mail_server() as server:
        send(desk, **by_mail(server))
    assert server.letters == [] and due(desk) == []
    with desk.reading() as session:
        assert session.exec(select(NoticeAddress)).all() == []


def test_killed_after_sending_a_notice_is_sent_at_most_twice_and_on_another_day(desk: Desk) -> None:
    a_case_with_news(desk)
    with mail_server() as server:
        service = mailer(desk, **by_mail(server))
        process = subprocess.Popen([sys.executable, *service.command], env=service.environment())
        server.kills = process.pid
        assert process.wait(60) == -9
        assert len(server.letters) == 1
        assert due(desk) == [(1, "2026-11-24")]
        send(desk, **by_mail(server))
        assert len(server.letters) == 1
        send(desk, on="2026-11-24", **by_mail(server))
        send(desk, on="2026-11-25", **by_mail(server))
    assert len(server.letters) == 2


def test_without_a_server_notices_wait_and_no_try_is_counted(desk: Desk) -> None:
    a_case_with_news(desk)
    a_case_with_news(desk, "other@example.org")
    done = send_alone(desk)
    assert done.returncode == 0 and "no mail server set: notices wait" in done.stdout
    with mail_server() as server:
        settings = by_mail(server)
    done = send_alone(desk, **settings)  # it is closed now
    assert done.returncode == 1 and "cannot be reached" in done.stderr
    assert due(desk) == [(0, "2026-11-23")] * 2


def test_an_address_under_a_key_the_mailer_was_not_given_waits_and_the_operator_is_told(desk: Desk) -> None:
    a_case_with_news(desk)
    key = desk.folder / "keys" / "notice.key"
    key.write_text(key.read_text().replace("notice.1", "notice.9"))
    with mail_server() as server, pytest.raises(KeyVersionMissing):
        send(desk, **by_mail(server))
    assert server.letters == [] and due(desk) == [(0, "2026-11-23")]


def test_a_server_that_cannot_encrypt_or_is_another_gets_nothing(desk: Desk) -> None:
    a_case_with_news(desk)
    with mail_server() as server, pytest.raises(PostClosed):
        send(desk, **{**by_mail(server), "mail_security": "starttls"})
    assert server.letters == []
    assert due(desk) == [(0, "2026-11-23")]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"mail_server": "mail.example", "mail_security": "none", "mail_from": SENDER}, "MAIL_SECURITY"),
        ({"mail_server": "mail.example"}, "MAIL_FROM"),
        ({"sms_gateway": "http://sms.example/messages"}, "SMS_GATEWAY"),
    ],
)
def test_settings_that_would_send_in_the_open_or_without_a_sender_are_refused(
    desk: Desk, settings: dict[str, object], named: str
) -> None:
    done = send_alone(desk, **settings)
    assert done.returncode == 2 and f"CONVIVENCIA_{named}" in done.stderr


def test_the_mailer_opens_addresses_and_nothing_else_of_the_desk(desk: Desk) -> None:
    from office.stores.engines import open_store, sessions
    from office.stores.errors import NotGranted

    engine = open_store(desk.casework_url, role="mailer", store="casework")
    with sessions(engine)() as session, pytest.raises(NotGranted):
        from casework.cases.tables import CaseFile

        session.exec(select(CaseFile)).all()
    engine.dispose()
