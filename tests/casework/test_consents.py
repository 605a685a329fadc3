"""Consents decide: what is counted, what becomes a case, and what is deleted when one is taken back."""

from casework.messages.consents import applied_changes
from office.handover.report import ConsentCode
from tests.casework.desk import Desk, codes, said
from tests.casework.residents import Reporter


def test_a_person_who_only_wants_to_be_counted_is_never_made_a_case_of(desk: Desk) -> None:
    reporter = desk.report(advise=False)
    amparo = desk.signed_in("amparo")
    path = f"/es/inbox/{reporter.case_number}"
    assert "taking-up" not in amparo.get(path).text
    refused = amparo.post(f"{path}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    assert refused.status_code == 422
    settled = amparo.post(f"{path}/settling", data={"reason": "anonymous_record", "text": "Queda contado."})
    assert settled.status_code == 303
    assert [record.stage_code for record in desk.counted()] == ["statistics_only"]
    closing = [reply for reply in desk.replies(reporter) if reply.state_code == "closed"]
    assert [reply.text for reply in closing] == ["Queda contado."]
    assert amparo.post(f"{path}/settling", data={"reason": "duplicate", "text": ""}).status_code == 422


def test_who_does_not_agree_to_be_counted_never_is(desk: Desk) -> None:
    reporter = desk.a_case("laila", count=False)
    laila = desk.signed_in("laila")
    laila.post(f"/es/cases/{reporter.case_number}/codes", data=codes())
    assert desk.counted() == []


def test_taking_back_to_be_counted_deletes_the_coded_record_of_a_case(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    laila.post(f"/es/cases/{reporter.case_number}/codes", data=codes())
    assert len(desk.counted()) == 1
    desk.collect()
    desk.change_consent(reporter, "count", given=False)
    laila.get(f"/es/cases/{reporter.case_number}")
    assert desk.counted() == []
    assert "consent_changed" in desk.events(reporter)
    laila.post(f"/es/cases/{reporter.case_number}/codes", data=codes(version="2", area="health"))
    assert desk.counted() == []
    desk.change_consent(reporter, "count", given=True)
    laila.get(f"/es/cases/{reporter.case_number}")
    laila.post(f"/es/cases/{reporter.case_number}/codes", data=codes(version="3"))
    assert [record.area_code for record in desk.counted()] == ["housing"]


def test_taking_back_to_be_counted_deletes_the_record_of_a_report_still_in_the_inbox(desk: Desk) -> None:
    reporter = desk.report()
    assert len(desk.counted()) == 1
    desk.change_consent(reporter, "count", given=False)
    desk.signed_in("iris").get("/es/inbox")
    assert desk.counted() == []


def test_a_record_waits_while_an_unread_change_of_consent_lies_on_it(desk: Desk) -> None:
    from casework.coding.queries import held_back

    reporter, other = desk.a_case("laila"), desk.report()
    desk.collect()
    desk.change_consent(reporter, "count", given=False)
    with desk.reading() as session:
        assert len(held_back(session)) == 1
    desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    with desk.reading() as session:
        assert held_back(session) == frozenset()
    assert other.case_number


def test_a_message_written_before_the_case_was_known_is_passed_on_to_it(desk: Desk) -> None:
    reporter = desk.report()
    desk.write_back(reporter, "Se me olvidó decir que tengo testigos.")
    amparo = desk.signed_in("amparo")
    shown = amparo.get(f"/es/inbox/{reporter.case_number}")
    assert "tengo testigos" in said(shown.text)
    taken = amparo.post(
        f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))}
    )
    assert taken.status_code == 303
    page = desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    assert "tengo testigos" in said(page.text)


def test_whoever_gives_a_case_away_cannot_open_what_comes_later(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    path = f"/es/cases/{reporter.case_number}"
    laila.post(f"{path}/notes", data={"note": "Nota de antes."})
    desk.collect()
    desk.write_back(reporter, "Escrito con la clave vieja.")
    given = laila.post(
        f"{path}/adviser", data={"version": "1", "adviser": str(desk.staff_id("pau")), "reason": "absence"}
    )
    assert given.status_code == 303
    assert laila.get(path).status_code == 404
    assert laila.get("/es/cases?whose=all").text.count(reporter.case_number) == 0
    desk.collect()
    desk.write_back(reporter, "Escrito con la clave nueva.")
    words = said(desk.signed_in("pau").get(path).text)
    for sentence in ("Nota de antes.", "Escrito con la clave vieja.", "Escrito con la clave nueva."):
        assert sentence in words
    assert "case_reassigned" in desk.events(reporter)


def test_a_status_ground_stands_in_clear_only_under_its_other_name(desk: Desk) -> None:
    reporter = desk.a_case("laila", ground_codes=("admin_status", "race_ethnicity"))
    assert desk.case(reporter).ground_codes == "origin_or_other race_ethnicity"
    assert "admin_status" not in (desk.folder / "casework.db").read_bytes().decode("latin-1")


def confirmed(desk: Desk, reporter: Reporter) -> dict[ConsentCode, bool]:
    """What the person reads they agree to, as their page puts it together."""
    now: dict[ConsentCode, bool] = {}
    for reply in sorted(desk.replies(reporter), key=lambda reply: (reply.said_on, reply.turn)):
        now.update(reply.consents)
    return now


def test_of_changes_carried_together_the_word_told_last_counts(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    told = [False, True, False, True, False]
    for given in told:
        desk.change_consent(reporter, "count", given=given, carried=False)
        desk.clock.move(minutes=1)
    desk.collect()

    desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")

    with desk.reading() as session:
        applied = applied_changes(session, reporter.case_number)
        assert [change.given_codes == "count" for change in applied] == told
    assert confirmed(desk, reporter)["count"] is False
    assert desk.counted() == []


def test_whoever_reports_is_told_what_the_office_goes_by_once_somebody_has_read_it(desk: Desk) -> None:
    reporter = desk.report()
    desk.change_consent(reporter, "refer", given=True)
    desk.signed_in("iris").get("/es/inbox")
    assert desk.replies(reporter) == [], "nobody has opened the report and checked its key"
    desk.signed_in("laila").get(f"/es/inbox/{reporter.case_number}")
    assert confirmed(desk, reporter) == {"count": True, "advise": True, "refer": True}


def test_a_change_of_consent_is_confirmed_when_the_desk_takes_it_over_and_is_no_news(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    before = desk.replies(reporter)
    assert confirmed(desk, reporter)["count"] is True
    desk.change_consent(reporter, "count", given=False)
    assert confirmed(desk, reporter)["count"] is True
    desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    (told,) = [reply for reply in desk.replies(reporter) if reply not in before]
    assert (told.kind, told.consents, told.text, told.state_code) == ("consents", {"count": False}, "", None)
    assert confirmed(desk, reporter) == {"count": False, "advise": True, "refer": False}
