"""The same walk on PostgreSQL, each process as its own database user."""

import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import Session, select

from casework.advice.tables import AdviceStep, AdviceVersion
from casework.conflicts.tables import CaseParty
from casework.deadlines.tables import Deadline
from casework.safe_contact.tables import SafeContact
from casework.timeline.heads import read_heads, write_heads
from casework.timeline.queries import heads
from casework.timeline.verification import findings
from casework.tracks.tables import TrackStep
from office.clock import SetClock
from office.handover.report import About
from office.keys.demonstration import begin_demonstration
from office.keys.files import KeyFiles
from office.stores.engines import open_store, sessions
from office.stores.errors import NotGranted
from office.stores.keyroom import Staff
from tests.casework.advice import pieces as advice
from tests.casework.authority_requests.entries import FORM, REGISTER, SIGNED, entered, entry, signed
from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.deadlines.clocks import act, binding, day_fields, name_lawyer, rows, scan
from tests.casework.deadlines.clocks import path as path_of
from tests.casework.desk import NOW, Desk, codes, said
from tests.casework.feedback.test_feedback import say
from tests.casework.notices.post_office import by_mail, leave_address, mail_server, send
from tests.casework.queues.lists import counted, giving, listed, many
from tests.casework.receipts.test_receipts import issue, rekey, with_key
from tests.casework.referrals.handing import act as act_on
from tests.casework.referrals.handing import handed_over, links, look, now, reply
from tests.casework.tasks.todo import ask, note_way, set_next, settle, tasks
from tests.casework.tracks import steps as tracks
from tests.support.postgres import as_role, postgres, postgres_url  # noqa: F401 - fixtures

pytestmark = pytest.mark.postgres


class PostgresDesk(Desk):
    """A desk whose stores are on PostgreSQL; the owner's address is used for looking only."""

    def __init__(self, folder: Path, mailbox: str, casework: str) -> None:
        self.mailbox_owner, self.casework_owner = mailbox, casework
        super().__init__(folder, mailbox, as_role(casework, "casework"), clock=SetClock(NOW))

    def _as(self, store: str, role: str):  # type: ignore[no-untyped-def]  # as in Desk
        owner = self.mailbox_owner if store == "mailbox" else self.casework_owner
        engine = open_store(owner if role == "owner" else as_role(owner, role), role=role, store=store)
        self._engines.append(engine)
        return sessions(engine)

    def reading(self) -> Session:
        found: Session = self._as("casework", "owner")()
        return found


@pytest.fixture
def desk(postgres_url: Callable[[str], str], tmp_path: Path) -> Iterator[PostgresDesk]:  # noqa: F811 - a fixture
    mailbox, casework = postgres_url("mailbox"), postgres_url("casework")
    folder = tmp_path / "desk"
    (folder / "keys").mkdir(parents=True)
    engine = open_store(as_role(casework, "casework"), role="casework", store="casework")
    begin_demonstration(sessions(engine), KeyFiles.in_folder(folder / "keys"), at=NOW)
    engine.dispose()
    tried = PostgresDesk(folder, mailbox, casework)
    yield tried
    tried.close()
    shutil.rmtree(folder)


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
    closing = {
        "version": "3",
        "responses": ["information"],
        "outcome": "support_given",
        "reason": "completed",
    }
    assert desk.signed_in("pau").post(f"{path}/closing", data=closing).status_code == 303
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


def test_the_register_of_requests_from_authorities_is_only_added_to_on_postgresql(desk: PostgresDesk) -> None:
    first = entered(desk)
    signed(desk, first)
    second = entered(desk, "amparo", corrects=first)
    remei = desk.signed_in("remei")
    assert remei.post(f"{REGISTER}/{first}/signing", data=SIGNED).status_code == 409
    assert second in said(remei.get(REGISTER).text)
    assert f"{REGISTER}/{second}" not in remei.get(f"{REGISTER}?state=all&after={second}").text
    assert remei.get(f"{REGISTER}/2026").status_code == 200
    for change in (
        "UPDATE authority_answer SET answer_code = 'given'",
        "DELETE FROM authority_answer",
        "UPDATE authority_request SET legal_basis = ''",
        "DELETE FROM authority_request",
    ):
        with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
            session.execute(text(change))
    own = "INSERT INTO authority_answer SELECT id, entered_by, 'given', '', 'no', entered_on, entered_by"
    with pytest.raises(IntegrityError), desk._as("casework", "casework").begin() as session:
        session.execute(text(f"{own} FROM authority_request WHERE number = 2"))


def test_two_who_enter_a_request_at_once_get_two_numbers_on_postgresql(desk: PostgresDesk) -> None:
    people = [desk.signed_in(name) for name in ("iris", "laila", "pau", "amparo")]
    with ThreadPoolExecutor(len(people)) as at_once:
        answered = list(
            at_once.map(lambda person: person.post(FORM, data=entry()).headers["location"], people)
        )
    assert sorted(re.findall(r"R-2026-(\d+)", " ".join(answered))) == ["1", "2", "3", "4"]


def test_deadlines_pass_the_grants_and_keep_their_rules_on_postgresql(desk: PostgresDesk) -> None:
    reporter, event = desk.a_case("laila"), date(2026, 11, 20)
    name_lawyer(desk)
    laila = desk.signed_in("laila")
    first, second = scan(desk, laila, reporter, event, "court_admin_fundamental", "civil_tort")
    assert act(desk, laila, reporter, first, "confirming").status_code == 303
    stopped = {
        "stop": "legal_aid_requested",
        **day_fields("stop_first", event),
        "stop_evidence": "1",
        "count_reason": "Asked for.",
        **day_fields("event", event),
    }
    assert act(desk, laila, reporter, first, "counting", **stopped).status_code == 303
    for which, count in (("all", 2), ("suspended", 1), ("unconfirmed", 2), ("overdue", 0)):
        page = laila.get(f"/en/deadlines?which={which}").text
        assert page.partition("<tbody>")[2].count("<tr>") == count, which
    assert act(desk, laila, reporter, second, "missing", missed_incident="Nobody.").status_code == 303
    assert {row.state for row in rows(desk, reporter)} == {"superseded", "missed", "computed"}
    token = laila.post("/en/calendar", data={"do": "make"}).text.partition("/calendar/")[2][:43]
    assert b"VEVENT" in desk.stranger().get(f"/calendar/{token}").content
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    assert laila.post(f"{path_of(reporter)}/adviser", data=given).status_code == 303
    pau = desk.signed_in("pau")
    assert "Nobody." in said(pau.get(path_of(reporter, second)).text)
    assert pau.get("/en/cases?which=unscanned").status_code == 200
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.get_one(Deadline, binding(desk, reporter)[0].id).last_on = date(2030, 1, 1)
    with pytest.raises(DatabaseError), desk._as("casework", "owner").begin() as session:
        session.add(Deadline(**binding(desk, reporter)[0].model_dump(exclude={"id"})))


def test_a_conflict_and_a_recusal_on_postgresql(desk: PostgresDesk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    add(desk.signed_in("pau"), earlier, "Hostelería Pérez S.L.", "affected", aliases="Bar Pépé")
    add(laila, new, "BAR PEPE SL")
    path = f"/es/cases/{new.case_number}"
    assert laila.post(f"{path}/codes", data=codes()).status_code == 409
    assert new.case_number in amparo.get("/es/conflicts").text
    (check,) = checks(desk)
    assert decide(amparo, new, check.id).status_code == 303
    assert laila.post(f"{path}/codes", data=codes()).status_code == 303
    assert declare(laila, new).status_code == 303
    given = {"version": "2", "adviser": str(desk.staff_id("pau")), "reason": "conflict"}
    assert amparo.post(f"{path}/adviser", data=given).status_code == 303
    assert laila.get(path).status_code == 404
    assert "BAR PEPE SL" in said(desk.signed_in("pau").get(f"{path}/people").text)
    with desk.reading() as session:
        party = str(session.exec(select(CaseParty.id).where(CaseParty.case_id == desk.case(new).id)).one())
    removed = amparo.post(f"{path}/people/removal", data={"party": party})
    assert removed.status_code == 303


def test_advice_is_reviewed_translated_delivered_and_decided_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila", languages=advice.SPEAKS_WOLOF)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    begun = advice.begin(desk, laila, reporter)
    assert advice.review(desk, laila, reporter).status_code == 409
    assert advice.review(desk, amparo, reporter).status_code == 303
    row = advice.translate(desk, laila, reporter, machine=True)
    used = advice.delivery(text_used=str(row.id))
    assert advice.act(desk, laila, reporter, "delivery", **used).status_code == 409
    right = {"translation_id": str(row.id), "checked_by": "Awa", "checked_text": "Mën nga kalaame."}
    assert advice.act(desk, laila, reporter, "translations/check", **right).status_code == 303
    assert advice.act(desk, laila, reporter, "delivery", **used).status_code == 303
    assert advice.act(desk, laila, reporter, "decision", **advice.decision()).status_code == 303
    given = {"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "load"}
    assert amparo.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    page = said(desk.signed_in("pau").get(advice.path(reporter, begun)).text)
    assert advice.QUESTION in page and "Modou Inventado" in page
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(AdviceStep)).all()[-1].decision_code = "not"
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.exec(select(AdviceVersion)).one().number = 2


def test_tracks_and_remedies_pass_the_grants_and_keep_their_rules_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = tracks.opened(desk, laila, reporter, "civil", track_note="Pedimos el cese.")
    assert tracks.step(desk, laila, reporter, one, "filed").status_code == 409
    tracks.walk(desk, laila, reporter, one, "mandate_signed", "filed", "silent")
    assert tracks.back(desk, laila, reporter, one, tracks.now(desk, reporter, one).newest).status_code == 303
    tracks.walk(desk, laila, reporter, one, "resolved")
    assert tracks.remedy(desk, laila, reporter, one, "apology").status_code == 303
    (kept,) = tracks.remedies(desk)
    assert tracks.check(desk, laila, reporter, one, kept, "yes").status_code == 303
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    assert laila.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    assert "Pedimos el cese." in said(desk.signed_in("pau").get(tracks.path(reporter, one)).text)
    row = tracks.rows(desk)[0]
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.get_one(TrackStep, row.id).step_code = "final"
    with pytest.raises(DatabaseError), desk._as("casework", "owner").begin() as session:
        session.add(TrackStep(**row.model_dump(exclude={"id"})))


def test_queues_views_absences_and_giving_many_away_on_postgresql(desk: PostgresDesk) -> None:
    reporters = many(desk, 3)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    scan(desk, laila, reporters[0], date(2026, 11, 20), "labour_dismissal")
    desk.write_back(reporters[1], "Hola.")
    everything = [reporter.case_number for reporter in reporters]
    filters = "ground=race_ethnicity&since=2026-11-01"
    for sort in ("opened", "next", "limit", "unread"):
        assert sorted(listed(laila, f"sort={sort}&{filters}")) == sorted(everything)
        after = f"{3 if sort == 'unread' else '2026-11-23'}_{desk.case(reporters[0]).id}"
        assert laila.get(f"/en/cases?sort={sort}&after={after}").status_code == 200
        assert laila.get(f"/en/cases?sort={sort}&after=_{desk.case(reporters[0]).id}").status_code == 200
    assert listed(laila, "sort=unread")[0] == listed(laila, "sort=limit&which=unread")[0] == everything[1]
    assert counted(amparo, "whose=all")["Open cases"] == 3
    assert laila.get("/en/cases.csv").text.count("\r\n") == 4
    kept = laila.post("/en/cases/views", data={"query": "which=soon", "view_name": "Vence pronto"})
    assert kept.status_code == 303
    page = laila.get("/en/cases").text
    view = page.partition('name="view" value="')[2].partition('"')[0]
    assert laila.post("/en/cases/views/removal", data={"view": view}).status_code == 303
    absence = {"cover": str(desk.staff_id("pau"))} | {
        **day_fields("first", date(2026, 11, 23)),
        **day_fields("last", date(2026, 12, 31)),
    }
    assert laila.post("/en/absences", data=absence).status_code == 303
    assert "Covered by me (3)" in said(desk.signed_in("pau").get("/en/cases").text)
    own = laila.get("/en/absences").text.partition('name="absence" value="')[2].partition('"')[0]
    assert laila.post("/en/absences/ending", data={"absence": own}).status_code == 303
    assert amparo.get("/en/workload").status_code == 200
    given = amparo.post("/en/giving", data=giving(desk, reporters, "pau", notice="tell"))
    assert given.status_code == 303, said(given.text)
    assert sorted(listed(desk.signed_in("pau"))) == sorted(everything)
    assert listed(laila, "whose=all") == []


def test_a_referral_and_its_withdrawal_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    address = handed_over(desk, laila, reporter)
    partner = desk.stranger()
    assert look(partner, address).status_code == 200
    told = reply(partner, address, {"answer": "accepted", "answer_words": "La llamamos el lunes."})
    assert told.status_code == 200
    for which in ("waiting", "overdue", "returned", "running"):
        assert (reporter.case_number in laila.get(f"/es/referrals?which={which}").text) == (
            which == "running"
        )
    noted = {"version": "0", "agreement": "yes", "body_services": "Acogida."}
    assert desk.signed_in("amparo").post("/es/referrals/bodies/021", data=noted).status_code == 303
    own = f"/es/cases/{reporter.case_number}/referrals/{now(desk, reporter).id}"
    assert "La llamamos el lunes." in said(laila.get(own).text)
    assert act_on(desk, laila, reporter, "withdrawal").status_code == 303
    assert look(partner, address).status_code == 404
    assert (links(desk), now(desk, reporter).state) == ([], "revoked")
    with pytest.raises(IntegrityError), desk._as("casework", "owner").begin() as session:
        session.execute(text("UPDATE referral SET state = 'sent', consented_on = NULL"))
    with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
        session.execute(text("UPDATE referral_words SET kind = 'note'"))


def test_tasks_and_safe_contact_pass_the_grants_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert ask(desk, laila, reporter, "call").status_code == 303
    assert ask(desk, laila, reporter).status_code == 303
    for who in ("person", "body"):
        assert set_next(desk, laila, reporter, who).status_code == 303
    for rule in ("neutral", "never"):
        assert note_way(desk, laila, reporter, "phone", rule).status_code == 303
    assert ask(desk, laila, reporter, "call").status_code == 422
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    amparo = desk.signed_in("amparo")
    assert amparo.post(f"{path_of(reporter)}/adviser", data=given).status_code == 303
    pau = desk.signed_in("pau")
    assert "Leer el contrato" in said(pau.get("/es/tasks").text)
    (still,) = [one for one in tasks(desk, reporter) if one.is_open]
    assert settle(pau, reporter, still.id).status_code == 303
    with desk._as("casework", "mailer")() as session:
        assert session.exec(select(SafeContact.rule_code)).one() == "never"
    for forbidden in ("SELECT sealed FROM safe_contact", "SELECT language FROM case_file"):
        with pytest.raises(NotGranted), desk._as("casework", "mailer")() as session:
            session.execute(text(forbidden))
    with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
        session.execute(text("UPDATE case_task SET due_on = '2030-01-01'"))


def test_the_search_and_a_pattern_on_postgresql(desk: PostgresDesk) -> None:
    found = [desk.a_case(name, text="Una escalera.") for name in ("laila", "pau", "laila")]
    for name, one in zip(("laila", "pau", "laila"), found, strict=True):
        add(desk.signed_in(name), one, "Inmobiliaria Sol S.L.")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    own = found[0].case_number
    for typed in (
        {"how": "number", "number": own[:4]},
        {
            "how": "codes",
            "ground": "race_ethnicity",
            "first-day": "1",
            "first-month": "1",
            "first-year": "2026",
        },
        {"how": "name", "name": "sol, inmobiliaria"},
        {"how": "words", "words": "ESCÁLERA"},
    ):
        page = laila.post("/es/search", data=typed)
        assert page.status_code == 200 and f"/cases/{own}" in page.text, typed
        assert found[1].case_number not in page.text
    handle = amparo.get("/es/patterns").text.partition('name="pattern" value="')[2][:32]
    assert amparo.post("/es/patterns", data={"pattern": handle}).status_code == 303
    for name, one in zip(("laila", "pau", "laila"), found, strict=True):
        person = desk.signed_in(name)
        pattern = person.get("/es/patterns").text.partition("/patterns/")[2][:36]
        data = {"number": one.case_number, "answer": "agreed", "was": ""}
        assert person.post(f"/es/patterns/{pattern}/answer", data=data).status_code == 303
    assert found[1].case_number[:4] in laila.get(f"/es/patterns/{pattern}").text
    proposed = laila.post(f"/es/patterns/{pattern}/proposal", data={"version": "1", "do": "propose"})
    assert proposed.status_code == 303
    accepted = amparo.post(f"/es/patterns/{pattern}/proposal", data={"version": "2", "do": "accepted"})
    assert accepted.status_code == 303
