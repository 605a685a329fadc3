"""From the address left at the door to the mail that names nobody, through the processes of the launcher."""

import time
from dataclasses import replace
from pathlib import Path

from tests.casework.desk import NOW, Desk
from tests.casework.notices.post_office import SENDER, mail_server
from tests.support.office import TriedOffice, tried_office
from tests.support.reports import post_json, report


def wait_until_said(tried: TriedOffice, words: str) -> None:
    until = time.monotonic() + 60
    while not any(words in line for line in tried.said):
        assert time.monotonic() < until, tried.said
        time.sleep(0.1)


def test_whoever_left_an_address_is_told_once_somebody_has_read_the_report(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office", demo_now=NOW.isoformat()) as tried, mail_server() as server:
        tried.start("intake")
        body = report("No me alquilan.", notice={"kind": "email", "value": "somebody@example.org"})
        sent = post_json(f"{tried.address('intake')}/api/v1/reports", body)
        assert sent.status == 201
        tried.collect()
        tried.start("mailer")  # nobody told it of a server
        wait_until_said(tried, "no mail server set: notices wait")
        desk = Desk(tried.home, tried.office.store("mailbox"), tried.office.store("casework"))
        try:
            number = sent.body["case_number"].replace("-", "")
            assert desk.signed_in("amparo").get(f"/es/inbox/{number}").status_code == 200
        finally:
            desk.close()
        told = {
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": str(server.port),
            "MAIL_SECURITY": "none",
            "MAIL_FROM": SENDER,
        }
        with_post = TriedOffice(replace(tried.office, post=told), tried.said)
        try:
            with_post.start("mailer")
            wait_until_said(with_post, "1 sent")
        finally:
            with_post.stop()
    ((_, to, letter),) = server.letters
    assert to == ["somebody@example.org"] and letter["Subject"] == "Tienes noticias"
    for secret in ("somebody@", number):
        assert not any(secret in line for line in tried.said)
