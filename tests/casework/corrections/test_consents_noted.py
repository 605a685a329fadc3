"""What a person tells the office about their consents holds as if they had done it with their receipt."""

from datetime import date, timedelta

from casework.messages.consents import applied_changes
from tests.casework.corrections.correcting import note_consent, path
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import NOW, Desk, codes, mistakes, said, typed
from tests.casework.referrals import handing
from tests.casework.test_consents import confirmed

SAID = "Dijo que ya no quiere salir en ninguna lista."


def test_taking_back_to_be_counted_on_the_telephone_deletes_the_coded_record_at_once(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    laila.post(path(reporter, "/codes"), data=codes())
    assert len(desk.counted()) == 1
    assert note_consent(desk, laila, reporter, "count", "no").status_code == 303
    assert desk.counted() == []
    laila.post(path(reporter, "/codes"), data=codes(version=str(desk.case(reporter).version), area="health"))
    assert desk.counted() == []
    assert confirmed(desk, reporter)["count"] is False


def test_taking_back_passing_it_on_ends_what_waits_at_other_bodies(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    if not confirmed(desk, reporter).get("refer"):
        assert note_consent(desk, laila, reporter, "refer", "yes").status_code == 303
    handing.handed_over(desk, laila, reporter)
    assert note_consent(desk, laila, reporter, "refer", "no").status_code == 303
    assert handing.now(desk, reporter).state == "revoked"
    assert confirmed(desk, reporter)["refer"] is False


def test_the_person_reads_what_holds_now_and_that_the_office_noted_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_consent(desk, laila, reporter, "advise", "no")
    assert confirmed(desk, reporter)["advise"] is False
    (told,) = [one.text for one in desk.replies(reporter) if one.kind == "message"]
    assert told.startswith("La oficina ha anotado a qué das tu consentimiento")


def test_the_evidence_lies_sealed_and_the_timeline_says_who_noted_it_and_how(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_consent(desk, laila, reporter, "count", "no", noted_how="paper")
    written = b"".join(one.read_bytes() for one in desk.folder.glob("casework.db*"))
    assert SAID.encode() not in written
    page = said(laila.get(path(reporter, "/consents")).text)
    for sentence in (SAID, "Por escrito, en papel", "La propia persona", "Laila Imaginaria"):
        assert sentence in page, sentence
    timeline = said(laila.get(path(reporter)).text)
    assert "anotó a qué da su consentimiento la persona" in timeline and SAID not in timeline


def test_what_waits_from_the_receipt_comes_before_what_the_office_notes(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    desk.collect()
    desk.change_consent(reporter, "count", given=False)
    answer = note_consent(desk, laila, reporter, "count", "yes")
    assert answer.status_code == 422
    assert any("con su recibo" in one for one in mistakes(answer.text))
    assert SAID in answer.text  # nothing typed is lost
    assert confirmed(desk, reporter)["count"] is False
    desk.clock.move(days=1)
    laila = desk.signed_in("laila")
    assert note_consent(desk, laila, reporter, "count", "yes").status_code == 303
    with desk.reading() as session:
        changes = applied_changes(session, reporter.case_number)
    assert [(one.withdrawn_codes, one.given_codes) for one in changes] == [("count", ""), ("", "count")]
    assert confirmed(desk, reporter)["count"] is True


def test_it_can_be_taken_back_in_a_closed_case_too(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    desk.close_case(reporter)
    assert note_consent(desk, laila, reporter, "count", "no").status_code == 303
    assert desk.counted() == []


def test_what_is_not_right_is_said_and_nothing_is_changed(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    none = note_consent(desk, laila, reporter, "count", "")
    assert none.status_code == 422 and len(mistakes(none.text)) == 1
    late = note_consent(desk, laila, reporter, "count", "no", **day_fields("told_on", date(2031, 1, 1)))
    assert late.status_code == 422 and typed(late.text, "consent_words")["text"] == SAID
    assert note_consent(desk, laila, reporter, "count", "perhaps").status_code == 422
    assert note_consent(desk, laila, reporter, "count", "no", consent_words="").status_code == 422
    assert note_consent(desk, laila, reporter, "count", "yes").status_code == 409  # they agree already
    assert note_consent(desk, laila, reporter, "count", "no", version="99").status_code == 409
    assert "consent_noted" not in desk.events(reporter)


def test_an_older_yes_does_not_overrule_a_later_no(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    desk.change_consent(reporter, "count", given=False)
    laila.get(path(reporter, "/consents"))
    told = (date(2025, 11, 20), "antes de que llegara"), (NOW.date(), "con su recibo")
    for on, why in told:
        answer = note_consent(desk, laila, reporter, "count", "yes", **day_fields("told_on", on))
        assert answer.status_code == 422 and any(why in one for one in mistakes(answer.text)), on
    to_come = day_fields("told_on", NOW.date() + timedelta(days=1))
    assert note_consent(desk, laila, reporter, "count", "yes", **to_come).status_code == 422
    assert confirmed(desk, reporter)["count"] is False


def test_a_no_that_the_office_noted_is_corrected_the_same_day_and_not_by_an_older_yes(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    desk.clock.move(days=2)
    laila = desk.signed_in("laila")
    assert note_consent(desk, laila, reporter, "count", "no").status_code == 303
    before = day_fields("told_on", NOW.date() + timedelta(days=1))
    answer = note_consent(desk, laila, reporter, "count", "yes", **before)
    assert answer.status_code == 422 and any("no la anula" in one for one in mistakes(answer.text))
    assert note_consent(desk, laila, reporter, "count", "yes").status_code == 303
    assert confirmed(desk, reporter)["count"] is True
