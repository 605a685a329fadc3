"""How to reach a person is noted and corrected at the desk, heeded at once, and proves nothing."""

from typing import Any

import pytest
from sqlmodel import select

from casework.safe_contact.tables import SafeContact
from tests.casework.corrections.correcting import NEW_MAIL, NEW_PHONE, WORDS, note_contact, path
from tests.casework.desk import Desk, Reporter, mistakes, said, typed
from tests.casework.notices.post_office import gateway, leave_address, send
from tests.casework.tasks.todo import ask, note_way, tasks

OLD_PHONE = "600 123 123"
NOTED = "La oficina ha anotado cómo contactar contigo"


def opened(desk: Desk, reporter: Reporter, who: str = "laila") -> str:
    """What the page of the contact shows to somebody who gives a reason."""
    answer = desk.signed_in(who).post(path(reporter, "/contact"), data={"reason": "answer"})
    assert answer.status_code == 200, said(answer.text)
    return said(answer.text)


def rules(desk: Desk, reporter: Reporter) -> dict[str, str]:
    """What holds for each way that is noted."""
    with desk.reading() as session:
        found = session.exec(select(SafeContact).where(SafeContact.case_id == desk.case(reporter).id))
        return {row.way_code: row.rule_code for row in found}


def test_who_left_no_contact_can_say_how_to_be_reached(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila", contact=False), desk.signed_in("laila")
    assert "contact/changing" in laila.get(path(reporter)).text
    answer = note_contact(desk, laila, reporter)
    assert (answer.status_code, answer.headers["location"]) == (303, path(reporter, "?done=contact_noted"))
    page = opened(desk, reporter)
    assert all(one in page for one in (NEW_PHONE, "Nadia", WORDS, "De palabra, por teléfono"))
    assert rules(desk, reporter) == {"phone": "neutral"}


def test_the_new_contact_holds_and_the_former_one_stays_on_record_behind_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_contact(desk, laila, reporter)
    note_contact(desk, laila, reporter, contact_kind="email", contact_value=NEW_MAIL)
    page = opened(desk, reporter)
    assert page.index(NEW_MAIL) < page.index("Lo que valía antes") < page.index(NEW_PHONE)
    assert page.index(NEW_PHONE) < page.index(OLD_PHONE)


def test_no_word_of_it_stands_in_clear_in_the_store_or_the_timeline(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_contact(desk, laila, reporter)
    assert "contact_noted" in desk.events(reporter)
    written = b"".join(one.read_bytes() for one in desk.folder.glob("casework.db*"))
    for secret in (NEW_PHONE, "Nadia", WORDS):
        assert secret.encode() not in written
    page = said(laila.get(path(reporter)).text)
    assert "anotó cómo contactar con la persona desde ahora" in page
    assert NEW_PHONE not in page and WORDS not in page


def test_a_way_that_is_theirs_no_longer_cannot_be_made_a_task_and_its_open_tasks_are_dropped(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    opened(desk, reporter)
    assert ask(desk, laila, reporter, "call").status_code == 303
    answer = note_contact(
        desk, laila, reporter, contact_kind="email", contact_value=NEW_MAIL, rule="allowed", no_longer="phone"
    )
    assert answer.headers["location"] == path(reporter, "/tasks?done=contact_noted_tasks_ended")
    assert [one.state_code for one in tasks(desk, reporter)] == ["dropped"]
    assert rules(desk, reporter) == {"phone": "never", "email": "allowed"}
    refused = ask(desk, laila, reporter, "call")
    assert refused.status_code == 422 and mistakes(refused.text)[0].startswith("Teléfono: nunca")
    assert ask(desk, laila, reporter, "email").status_code == 303


def test_no_news_goes_to_a_number_that_is_theirs_no_longer(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    leave_address(desk, reporter, "sms", OLD_PHONE)
    note_contact(
        desk, laila, reporter, contact_kind="email", contact_value=NEW_MAIL, no_longer=["phone", "sms"]
    )
    with gateway() as told:
        send(desk, sms_gateway=f"http://127.0.0.1:{told.port}/")
    assert told.posted == []


def test_a_telephone_noted_as_never_to_be_called_ends_the_calls_that_were_to_be_made(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    opened(desk, reporter)
    ask(desk, laila, reporter, "call")
    note_contact(desk, laila, reporter, rule="never")
    assert [one.state_code for one in tasks(desk, reporter)] == ["dropped"]
    assert ask(desk, laila, reporter, "call").status_code == 422


def test_the_way_of_the_report_is_not_let_in_again_by_opening_the_contact_later(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    with desk.writing() as session:  # as where nobody has opened the contact of the report yet
        for row in session.exec(select(SafeContact)).all():
            session.delete(row)
    note_contact(desk, laila, reporter, contact_kind="email", contact_value=NEW_MAIL)
    assert OLD_PHONE in opened(desk, reporter)
    assert rules(desk, reporter) == {"email": "neutral"}
    assert ask(desk, laila, reporter, "call").status_code == 422


def test_the_person_reads_that_a_contact_was_noted_and_never_which(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_contact(desk, laila, reporter)
    (told,) = [one.text for one in desk.replies(reporter) if one.kind == "message"]
    assert told.startswith(NOTED) and NEW_PHONE not in told


def test_nobody_is_told_where_the_receipts_page_is_never_safe(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_way(desk, laila, reporter, "receipt", "never")
    assert note_contact(desk, laila, reporter).status_code == 303
    assert not [one for one in desk.replies(reporter) if one.kind == "message"]


def test_a_contact_noted_at_the_desk_proves_nobody_to_be_the_person(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila", contact=False), desk.signed_in("laila")
    note_contact(desk, laila, reporter)
    form = {"proof": "called_back", "sure": "yes", "version": str(desk.case(reporter).version)}
    assert laila.post(path(reporter, "/receipt"), data=form).status_code == 409
    assert "receipt_reissued" not in desk.events(reporter)
    other = desk.a_case("laila")
    assert "no prueba nada" not in said(laila.get(path(other, "/receipt")).text)
    note_contact(desk, laila, other)
    assert "no prueba nada" in said(laila.get(path(other, "/receipt")).text)


def test_it_goes_with_the_case_to_its_next_adviser_under_the_new_key(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_contact(desk, laila, reporter)
    given = {"version": str(desk.case(reporter).version), "adviser": str(desk.staff_id("pau"))}
    assert laila.post(path(reporter, "/adviser"), data={**given, "reason": "absence"}).status_code == 303
    assert NEW_PHONE in opened(desk, reporter, "pau")
    assert note_contact(desk, laila, reporter).status_code == 404


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"contact_value": "600"}, "contact_value"),
    ({"contact_value": ""}, "contact_value"),
    ({"contact_kind": "email"}, "contact_value"),
    ({"contact_kind": "paloma"}, "contact_kind"),
    ({"rule": ""}, "rule"),
    ({"rule": "window", "contact_safe_note": ""}, "contact_safe_note"),
    ({"rule": "allowed", "window_days": "1", "from_hour": "9", "to_hour": "12"}, "rule"),
    ({"rule": "window", "window_days": "1", "from_hour": "12", "to_hour": "9"}, "from_hour"),
    ({"said_by": ""}, "said_by"),
    ({"noted_how": "rumour"}, "noted_how"),
    ({"contact_name": "N" * 301}, "contact_name"),
]


@pytest.mark.parametrize(("other", "field"), WRONG)
def test_what_is_not_right_is_said_and_nothing_typed_is_lost(
    desk: Desk, other: dict[str, Any], field: str
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = note_contact(desk, laila, reporter, **other)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert typed(answer.text, "contact_safe_note")["text"] == other.get("contact_safe_note", WORDS)
    assert "contact_noted" not in desk.events(reporter)
    assert rules(desk, reporter) == {"phone": "allowed"}  # as the report said


def test_somebody_they_trust_needs_no_rule_and_a_letter_heeds_its_days(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila", contact=False), desk.signed_in("laila")
    trusted = {"contact_kind": "trusted", "contact_value": "Su hermana, en la frutería", "rule": ""}
    assert note_contact(desk, laila, reporter, **trusted).status_code == 303
    assert rules(desk, reporter) == {}
    days = {"rule": "window", "window_days": ["1", "2"], "from_hour": "9", "to_hour": "13"}
    phone = note_contact(desk, laila, reporter, **days)
    assert phone.status_code == 303, said(phone.text)
    with desk.reading() as session:
        (row,) = session.exec(select(SafeContact)).all()
    assert (row.window_days, row.from_hour, row.to_hour) == ("12", 9, 13)


def test_a_page_made_before_somebody_else_changed_the_case_changes_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = note_contact(desk, laila, reporter, version="99")
    assert answer.status_code == 409 and typed(answer.text, "contact_safe_note")["text"] == WORDS
    assert "contact_noted" not in desk.events(reporter)


def test_a_number_of_a_document_is_pointed_out_before_it_is_kept(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = note_contact(desk, laila, reporter, contact_safe_note="Su NIE es X1234567L.")
    assert answer.status_code == 422 and mistakes(answer.text) == []
    assert "contact_noted" not in desk.events(reporter)
    assert (
        note_contact(
            desk, laila, reporter, contact_safe_note="Su NIE es X1234567L.", numbers="remove"
        ).status_code
        == 303
    )
    assert "X1234567L" not in opened(desk, reporter)
