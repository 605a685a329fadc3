"""A contact noted at the desk sends no notice to where the person was reached, and lifts no "never"."""

from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casework.notices.tables import NoticeAddress, NoticeDue
from tests.casework.corrections.correcting import NEW_MAIL, NEW_PHONE, note_contact, path
from tests.casework.corrections.test_contact import rules
from tests.casework.desk import Desk, Reporter, mistakes, said
from tests.casework.notices.post_office import by_mail, gateway, leave_address, mail_server, send
from tests.casework.tasks.todo import ask, note_way, tasks

OLD_MAIL = "antigua@peligro.example"
OLD_PHONE = "600 123 123"
ENDED = "Ya no enviamos avisos a la dirección o al número que dejaste para ellos."


def note_mail(desk: Desk, client: TestClient, reporter: Reporter, **other: Any) -> Any:
    """Note a new e-mail, which is allowed."""
    data = {"contact_kind": "email", "contact_value": NEW_MAIL, "rule": "allowed", **other}
    return note_contact(desk, client, reporter, **data)


def mailed(desk: Desk) -> list[list[str]]:
    """To whom the mailer writes in a round of a later day."""
    with mail_server() as server:
        send(desk, on="2026-11-26", **by_mail(server))
    return [to for _, to, _ in server.letters]


def waiting(desk: Desk) -> tuple[int, int]:
    """How many addresses are left, and how many notices wait."""
    with desk.reading() as session:
        return len(session.exec(select(NoticeAddress)).all()), len(session.exec(select(NoticeDue)).all())


def test_a_new_mail_noted_as_allowed_sends_no_news_to_the_old_one_that_was_never_safe(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    leave_address(desk, reporter, "email", OLD_MAIL)
    note_way(desk, laila, reporter, "email", "never")
    answer = note_mail(desk, laila, reporter, lifts_never="yes")
    assert answer.status_code == 303, said(answer.text)
    assert rules(desk, reporter)["email"] == "allowed"
    laila.post(path(reporter, "/messages"), data={"message": "Hay novedades."})
    assert mailed(desk) == []
    assert waiting(desk) == (0, 0)
    noted = [one.text for one in desk.replies(reporter) if one.kind == "message" and ENDED in one.text]
    assert len(noted) == 1 and OLD_MAIL not in noted[0] and NEW_MAIL not in noted[0]


def test_never_is_not_lifted_by_noting_a_contact_unless_somebody_says_so(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    form = path(reporter, "/contact/changing")
    assert "lifts_never" not in laila.get(form).text
    note_way(desk, laila, reporter, "email", "never")
    assert "Anotado como nunca seguro: Correo electrónico" in said(laila.get(form).text)
    refused = note_mail(desk, laila, reporter)
    assert refused.status_code == 422 and 'href="#lifts_never"' in refused.text
    assert "nunca segura" in mistakes(refused.text)[0]
    assert f'value="{NEW_MAIL}"' in refused.text
    assert rules(desk, reporter)["email"] == "never" and "contact_noted" not in desk.events(reporter)
    assert note_mail(desk, laila, reporter, rule="never").status_code == 303
    assert note_contact(desk, laila, reporter).status_code == 303  # of the telephone nobody said "never"
    assert rules(desk, reporter)["email"] == "never"


def test_the_former_mail_can_be_ticked_as_theirs_no_longer_beside_the_new_one(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    leave_address(desk, reporter, "email", OLD_MAIL)
    note_way(desk, laila, reporter, "email", "allowed")
    ask(desk, laila, reporter, "email")
    answer = note_mail(desk, laila, reporter, no_longer="email", notices_stay="yes")
    assert answer.status_code == 303, said(answer.text)
    assert [one.state_code for one in tasks(desk, reporter)] == ["dropped"]
    assert rules(desk, reporter)["email"] == "allowed"
    assert mailed(desk) == []


def test_news_goes_to_the_old_number_no_more_when_a_new_one_is_noted(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    leave_address(desk, reporter, "sms", OLD_PHONE)
    note_way(desk, laila, reporter, "sms", "allowed")
    assert note_contact(desk, laila, reporter, contact_value=NEW_PHONE).status_code == 303
    with gateway() as told:
        send(desk, sms_gateway=f"http://127.0.0.1:{told.port}/")
    assert told.posted == []


@pytest.mark.parametrize(
    "other",
    [
        {"notices_stay": "yes"},
        {"contact_kind": "letter", "contact_value": "Calle Mayor 1", "rule": "allowed"},
        {"contact_kind": "trusted", "contact_value": "Su hermana", "rule": ""},
    ],
)
def test_notices_go_on_where_the_person_says_so_or_no_address_can_be_another(
    desk: Desk, other: dict[str, str]
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    leave_address(desk, reporter, "email", OLD_MAIL)
    assert note_mail(desk, laila, reporter, **other).status_code == 303
    assert waiting(desk) == (1, 1)
    (noted,) = [one.text for one in desk.replies(reporter) if one.kind == "message"]
    assert ENDED not in noted
    assert mailed(desk) == [[OLD_MAIL]]


def test_it_is_asked_only_where_an_address_was_left_and_another_answer_is_refused(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    form = path(reporter, "/contact/changing")
    assert "notices_stay" not in laila.get(form).text
    leave_address(desk, reporter, "email", OLD_MAIL)
    assert "notices_stay" in laila.get(form).text
    assert note_mail(desk, laila, reporter, notices_stay="perhaps").status_code == 422
    assert waiting(desk)[0] == 1


def test_who_notes_somebody_they_trust_is_told_to_say_what_is_safe_before_the_case_goes_on(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila", contact=False), desk.signed_in("laila")
    form = said(laila.get(path(reporter, "/contact/changing")).text)
    assert "di en «Contacto seguro» qué vale para al menos una vía" in form
    trusted = {"contact_kind": "trusted", "contact_value": "Su hermana, en la frutería", "rule": ""}
    answer = note_contact(desk, laila, reporter, **trusted)
    assert answer.headers["location"] == path(reporter, "/safe-contact?done=contact_noted_say_what_holds")
    assert "di aquí qué vale para al menos una" in said(laila.get(answer.headers["location"]).text)
    note_way(desk, laila, reporter, "phone", "never")
    again = note_contact(desk, laila, reporter, **trusted)
    assert again.headers["location"] == path(reporter, "?done=contact_noted")
