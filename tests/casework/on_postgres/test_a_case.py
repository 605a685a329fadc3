"""The walk of a case on PostgreSQL: receipts, news, files and links."""

import pytest
from sqlmodel import select

from casework.timeline.heads import read_heads, write_heads
from casework.timeline.queries import heads
from casework.timeline.verification import findings
from office.handover.report import About
from office.stores.keyroom import Staff
from tests.casework.desk import NOW, codes, said
from tests.casework.feedback.test_feedback import say
from tests.casework.notices.post_office import by_mail, leave_address, mail_server, send
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.receipts.test_receipts import issue, rekey, with_key
from tests.support.postgres import as_role

pytestmark = pytest.mark.postgres


def test_a_new_receipt_key_and_a_receipt_issued_again_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    path = f"/es/cases/{reporter.case_number}"
    assert laila.post(f"{path}/messages", data={"message": "Antes."}).status_code == 303
    key = issue(desk, reporter)
    desk.collect()
    own = rekey(desk, with_key(desk, reporter, key), 3)
    assert laila.get("/es/cases").status_code == 200
    told = desk.replies(own)
    assert [reply.text for reply in told if reply.text] == ["Antes."]
    assert [reply.state_code for reply in told if reply.state_code] == ["in_progress"]
    report = desk.report()
    laila.get(f"/es/inbox/{report.case_number}")
    new = rekey(desk, report)
    assert laila.get("/es/inbox").status_code == 200
    assert [reply.state_code for reply in desk.replies(new)] == ["read", None]


def test_the_walk_of_a_case_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    path = f"/es/cases/{reporter.case_number}"
    assert laila.post(f"{path}/codes", data=codes()).status_code == 303
    assert laila.post(f"{path}/messages", data={"message": "Hola."}).status_code == 303
    desk.collect()
    desk.write_back(reporter, "Gracias.")
    assert "Gracias." in said(laila.get(path).text)
    desk.change_consent(reporter, "count", given=False)
    assert laila.get(path).status_code == 200
    assert desk.counted() == []
    given = laila.post(
        f"{path}/adviser", data={"version": "2", "adviser": str(desk.staff_id("pau")), "reason": "load"}
    )
    assert given.status_code == 303
    assert laila.get(path).status_code == 404
    desk.close_case(reporter, by="pau")
    assert "Hola." in [reply.text for reply in desk.replies(reporter)]
    left = f"/es/staff/{desk.staff_id('pau')}/leaving"
    assert desk.signed_in("joana").post(left).status_code == 303
    assert desk.signed_in("amparo").get("/es/cases").status_code == 200
    assert (desk.case(reporter).key_version, desk.case(reporter).key_due_on) == (3, None)
    with desk.reading() as session:
        assert session.exec(select(Staff)).first() is not None
        write_heads(desk.settings.heads, heads(session), on=NOW.date())
        assert list(findings(session, read_heads(desk.settings.heads))) == []


def test_news_feedback_and_promises_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    leave_address(desk, reporter, "email", "somebody@example.org")
    laila, path = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    assert laila.post(f"{path}/messages", data={"message": "Hola."}).status_code == 303
    own = {"casework_url": as_role(desk.casework_owner, "mailer")}
    with mail_server() as server:
        assert "1 sent" in send(desk, **own, **by_mail(server))
        assert "0 sent" in send(desk, on="2026-11-24", **own, **by_mail(server))
    assert [to for _, to, _ in server.letters] == [["somebody@example.org"]]
    say(desk, reporter, "no", "Tarde.")
    assert "Tarde." in said(laila.get(path).text)
    desk.clock.move(days=120)
    for page in ("promises", "feedback"):
        assert reporter.case_number in desk.signed_in("amparo").get(f"/es/{page}").text


def test_files_incidents_and_links_pass_the_grants_of_the_web_process(desk: PostgresDesk) -> None:
    first = desk.a_file(b"hola", "nota.txt", "text/plain")
    one = desk.report(files=(first,))
    other = desk.report(about=About(relation="same_event", case_number=one.case_number))
    laila = desk.signed_in("laila")
    assert laila.get(f"/es/inbox/{one.case_number}/files/{first.file_id}/original").content == b"hola"
    own = f"/es/inbox/{other.case_number}"
    assert one.case_number in laila.get(own).text
    for rest, data in (
        ("incident", {"account": one.case_number}),
        ("incident", {"do": "leave"}),
        ("link", {"do": "confirm"}),
        ("link", {"do": "remove", "other": one.case_number}),
    ):
        assert laila.post(f"{own}/{rest}", data=data).status_code == 303, (rest, data)
    assert laila.get("/es/incidents").status_code == 200
