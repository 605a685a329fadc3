"""New receipt keys at the desk, taken over with all that was said; receipts issued again after a proof."""

import re

import pytest
from sqlmodel import select

from casework.messages.tables import Outbox
from casework.receipts.rules import PROOFS
from casework.receipts.tables import ReceiptKeyChange
from casework.timeline.tables import Event
from office.handover.report import Rekey
from office.ids import new_id
from office.languages import language as load_language
from office.routing import routing_in_salt
from office.sealing.boxes import SealingKey, seal
from office.sealing.receipts import checked, derive, grouped, proof_hash
from office.sealing.successions import named_successor
from office.stores.mailbox import Envelope, Receipt, Reply
from tests.casework.desk import Desk, Reporter, mistakes, said


def rekey(
    desk: Desk,
    reporter: Reporter,
    version: int = 2,
    *,
    carried: bool = True,
    named_by: SealingKey | None = None,
) -> Reporter:
    """Have the person make a new key, as the residents' door does it: the old key names the new one."""
    key, number = SealingKey.generate(), reporter.case_number
    key_name, readers = desk.key_for(reporter)
    about = f"{number}/{version}"
    word = named_successor(named_by or reporter.key, readers, about=about, new=key.public)
    told = Rekey(case_number=number, told_at=desk.clock.now(), key_version=version, by_old_key=word.hex())
    with desk.mailbox().begin() as session:
        receipt = session.get_one(Receipt, reporter.case_number)
        receipt.reporter_public_key, receipt.reporter_key_version = key.public, version
        receipt.must_rekey = False
        session.add(receipt)
        session.add(
            Envelope(
                id=new_id(),
                kind="rekey",
                case_number=reporter.case_number,
                reporter_public_key=key.public,
                reporter_key_version=version,
                iso_week="2026-W48",
                language="es",
                channel_code="web_form",
                urgency_code="normal",
                routing_code="normal",
                key_name=key_name,
                sealed_story=seal(told.as_bytes(), readers, about=f"rekey/{number}"),
            )
        )
    if carried:
        desk.collect()
    return Reporter(reporter.case_number, key)


def kept(desk: Desk, reporter: Reporter) -> list[Reply]:
    desk.collect()
    with desk.mailbox()() as session:
        return list(session.exec(select(Reply).where(Reply.case_number == reporter.case_number)).all())


def issue(desk: Desk, reporter: Reporter, who: str = "laila", **form: str) -> str:
    given = {"proof": "called_back", "sure": "yes", "version": str(desk.case(reporter).version), **form}
    answer = desk.signed_in(who).post(f"/es/cases/{reporter.case_number}/receipt", data=given)
    assert answer.status_code == 200, said(answer.text)
    return checked(" ".join(re.findall(r"<span>(\d{4})</span>", answer.text)))


def with_key(desk: Desk, reporter: Reporter, key: str) -> Reporter:
    """Return the person with a receipt that was issued again."""
    with desk.mailbox()() as session:
        salt = session.get_one(Receipt, reporter.case_number).salt
    return Reporter(reporter.case_number, derive(key, salt).sealing_key)


@pytest.mark.parametrize("is_case", [True, False])
def test_a_new_key_the_old_one_did_not_name_gets_nothing_and_is_on_the_record(
    desk: Desk, is_case: bool
) -> None:
    """A form that was taken over can write any key into the mailbox."""
    reporter = desk.a_case("laila") if is_case else desk.report()
    laila = desk.signed_in("laila")
    laila.get(f"/es/inbox/{reporter.case_number}")
    stranger = rekey(desk, reporter, named_by=SealingKey.generate())
    laila.get("/es/cases")
    laila.get("/es/inbox")
    assert not any(one.reporter_key_version == 2 for one in kept(desk, stranger))
    events = desk.events(reporter) if is_case else desk.events()
    assert "receipt_key_refused" in events and "receipt_key_changed" not in events
    with desk.reading() as session:
        assert all(one.applied_on for one in session.exec(select(ReceiptKeyChange)).all())


def test_at_the_next_look_all_that_was_said_is_sealed_to_the_new_key_and_the_old_letters_go(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    path = f"/es/cases/{reporter.case_number}"
    laila.post(f"{path}/messages", data={"message": "Hola, ¿puedes venir?"})
    laila.post(f"{path}/notes", data={"note": "Solo para la oficina"})
    desk.close_case(reporter, text="Gracias.")
    before = [reply.model_dump(exclude={"consents"}) for reply in desk.replies(reporter)]
    new = rekey(desk, reporter)
    assert {one.reporter_key_version for one in kept(desk, reporter)} == {1}, "nobody has looked yet"

    assert laila.get("/es/cases").status_code == 200

    *said, agreed = desk.replies(new)
    assert (agreed.kind, agreed.consents) == ("consents", {"count": True, "advise": True, "refer": False})
    after = [reply.model_dump(exclude={"consents"}) for reply in said]
    assert {one.reporter_key_version for one in kept(desk, reporter)} == {2}
    told = [one for one in before if one["state_code"] != "read"]  # said of the report, before it was a case
    assert sorted(map(str, after)) == sorted(map(str, told))
    assert [one["state_code"] for one in after if one["kind"] == "status"] == ["in_progress", "closed"]
    case = desk.case(reporter)
    assert (case.reporter_public_key, case.reporter_key_version) == (new.key.public, 2)
    assert desk.events(reporter).count("receipt_key_changed") == 1
    laila.get("/es/cases")
    laila.get(path)
    assert desk.events(reporter).count("receipt_key_changed") == 1


def test_what_is_said_from_then_on_is_sealed_to_the_new_key_alone(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    new = rekey(desk, reporter)
    laila = desk.signed_in("laila")
    assert laila.post(f"/es/cases/{reporter.case_number}/messages", data={"message": "Hola."}).is_redirect
    assert "Hola." in [reply.text for reply in desk.replies(new)]


def test_who_may_not_open_the_case_takes_nothing_over(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    rekey(desk, reporter)
    for name in ("pau", "iris", "joana"):
        desk.signed_in(name).get("/es/cases")
        desk.signed_in(name).get("/es/inbox")
    assert desk.case(reporter).reporter_key_version == 1
    assert "receipt_key_changed" not in desk.events(reporter)


def test_a_letter_under_the_old_key_that_comes_late_does_not_stay_beside_the_new_ones(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    new = rekey(desk, reporter)
    laila.get("/es/cases")
    with desk.writing() as session:
        session.add(
            Outbox(
                kind="reply",
                case_number=reporter.case_number,
                iso_week="2026-W48",
                reporter_key_version=1,
                sealed=seal(b"{}", reporter.key.public, about=f"reply/{reporter.case_number}"),
            )
        )
    desk.collect()
    desk.collect()
    assert {one.reporter_key_version for one in kept(desk, new)} == {2}


def test_a_report_that_is_no_case_says_where_it_stands_under_the_new_key(desk: Desk) -> None:
    reporter = desk.report()
    laila = desk.signed_in("laila")
    assert laila.get(f"/es/inbox/{reporter.case_number}").status_code == 200
    (read,) = desk.replies(reporter)
    new = rekey(desk, reporter)
    assert laila.get("/es/inbox").status_code == 200
    again, agreed = desk.replies(new)
    assert (agreed.kind, agreed.consents["count"]) == ("consents", True)
    assert (again.state_code, again.said_on) == ("read", read.said_on)
    settled = laila.post(
        f"/es/inbox/{reporter.case_number}/settling", data={"reason": "completed", "text": "Gracias."}
    )
    assert settled.status_code == 303
    assert "closed" in [reply.state_code for reply in desk.replies(new)]
    newest = rekey(desk, new, 3)
    laila.get("/es/inbox")
    assert [reply.state_code for reply in desk.replies(newest)] == ["closed", None]
    assert desk.events().count("receipt_key_changed") == 2


def test_a_report_taken_up_before_anybody_looked_at_the_list_is_a_case_with_the_new_key(desk: Desk) -> None:
    reporter = desk.report()
    new = rekey(desk, reporter)
    taken = desk.signed_in("amparo").post(
        f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))}
    )
    assert taken.status_code == 303
    assert desk.case(reporter).reporter_public_key == new.key.public
    assert [reply.state_code for reply in desk.replies(new)] == ["in_progress"]


def test_of_several_new_keys_the_newest_holds(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    newest = rekey(desk, rekey(desk, reporter, 2), 3)
    desk.signed_in("laila").get("/es/cases")
    assert desk.case(reporter).reporter_public_key == newest.key.public
    with desk.reading() as session:
        assert all(one.applied_on for one in session.exec(select(ReceiptKeyChange)).all())


def test_a_receipt_is_issued_again_after_a_proof_and_the_old_one_dies_with_the_couriers_round(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila", city=False)
    key = issue(desk, reporter)
    with desk.mailbox()() as session:
        assert session.get_one(Receipt, reporter.case_number).reporter_key_version == 1
    desk.collect()
    with desk.mailbox()() as session:
        receipt = session.get_one(Receipt, reporter.case_number)
    derived = derive(key, receipt.salt)
    assert proof_hash(derived.proof) == receipt.proof_hash
    assert (
        receipt.reporter_public_key == derived.sealing_key.public == desk.case(reporter).reporter_public_key
    )
    assert (receipt.reporter_key_version, receipt.must_rekey) == (2, True)
    assert routing_in_salt(receipt.salt) == "normal"
    assert "receipt_reissued" in desk.events(reporter)


def test_the_proof_stands_on_the_timeline_in_words_and_the_key_nowhere(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    key = issue(desk, reporter, proof="in_person")
    page = said(desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}").text)
    assert load_language("es", "staff").gettext(PROOFS["in_person"]) in page
    assert grouped(key)[:9] not in page and key not in page
    with desk.reading() as session:
        (event,) = session.exec(select(Event).where(Event.kind == "receipt_reissued")).all()
    assert '"in_person"' in event.detail and key not in event.detail


def test_a_receipt_of_a_case_about_the_city_keeps_its_readers(desk: Desk) -> None:
    reporter = desk.a_case("amparo", city=True)
    issue(desk, reporter, "amparo")
    desk.collect()
    with desk.mailbox()() as session:
        assert routing_in_salt(session.get_one(Receipt, reporter.case_number).salt) == "city"


def test_pressing_twice_issues_one_receipt_and_says_so(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    version = str(desk.case(reporter).version)
    issue(desk, reporter, version=version)
    given = {"proof": "called_back", "sure": "yes", "version": version}
    again = desk.signed_in("laila").post(f"/es/cases/{reporter.case_number}/receipt", data=given)
    assert again.status_code == 409
    assert desk.case(reporter).reporter_key_version == 2


def test_without_a_contact_it_is_said_to_be_impossible_and_nothing_is_issued(desk: Desk) -> None:
    reporter = desk.a_case("laila", contact=False)
    laila = desk.signed_in("laila")
    page = laila.get(f"/es/cases/{reporter.case_number}/receipt")
    assert page.status_code == 200 and 'name="proof"' not in page.text
    given = {"proof": "called_back", "sure": "yes", "version": "1"}
    assert laila.post(f"/es/cases/{reporter.case_number}/receipt", data=given).status_code == 409
    assert desk.case(reporter).reporter_key_version == 1


def test_without_a_proof_or_the_tick_nothing_is_issued(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    for given, wrong in (({"sure": "yes"}, 1), ({"proof": "called_back"}, 1), ({"proof": "x"}, 2)):
        answer = laila.post(f"/es/cases/{reporter.case_number}/receipt", data={"version": "1", **given})
        assert answer.status_code == 422 and len(mistakes(answer.text)) == wrong
    assert desk.case(reporter).reporter_key_version == 1


def test_a_person_who_renewed_meanwhile_keeps_their_own_key_and_reads_everything_with_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    own = rekey(desk, reporter, 2, carried=False)  # on its way when the receipt is issued again
    issue(desk, reporter)
    desk.collect()
    with desk.mailbox()() as session:
        assert session.get_one(Receipt, reporter.case_number).reporter_public_key == own.key.public
    laila = desk.signed_in("laila")
    laila.post(f"/es/cases/{reporter.case_number}/messages", data={"message": "Hola."})
    assert "Hola." in [reply.text for reply in desk.replies(own)]


def test_the_person_with_a_receipt_issued_again_makes_their_own_and_then_reads_all(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    path = f"/es/cases/{reporter.case_number}"
    laila.post(f"{path}/messages", data={"message": "Antes."})
    key = issue(desk, reporter)
    laila.post(f"{path}/messages", data={"message": "Entre."})
    desk.collect()
    own = rekey(desk, with_key(desk, reporter, key), 3)
    assert laila.get(path).status_code == 200
    assert [reply.text for reply in desk.replies(own) if reply.text] == ["Antes.", "Entre."]


@pytest.mark.parametrize("name", ["pau", "iris", "joana"])
def test_who_does_not_have_the_case_issues_nothing(desk: Desk, name: str) -> None:
    reporter = desk.a_case("laila")
    given = {"proof": "called_back", "sure": "yes", "version": "1"}
    answer = desk.signed_in(name).post(f"/es/cases/{reporter.case_number}/receipt", data=given)
    assert answer.status_code == 404
    assert desk.case(reporter).reporter_key_version == 1
