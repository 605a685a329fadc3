"""Who files for others at the desk: given an access, told where a report stands, out of sight again."""

import re
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from casework.messages.tables import Outbox
from casework.relays.tables import Relay
from office.handover.reply import RelayNote as NoteTold
from office.handover.report import Consent, RelayedBy
from office.sealing.boxes import unseal
from office.sealing.relay_tokens import checked, token_hash, token_key
from office.stores.mailbox import Relay as KnownRelay
from office.stores.mailbox import RelayNote, Sight
from tests.casework.desk import Desk, Reporter, mistakes, said

AN_ASSOCIATION = {
    "kind": "association",
    "relay_name": "Asociación Inventada",
    "channel": "partner_org",
    "until-day": "1",
    "until-month": "10",
    "until-year": "2027",
}


def give(desk: Desk, **other: str) -> str:
    """An access made by a supervisor and carried; returns its token."""
    page = desk.signed_in("amparo").post("/es/relays", data={**AN_ASSOCIATION, **other})
    assert page.status_code == 200, said(page.text)
    shown = re.search(r'id="token"[^>]*>([^<]+)<', page.text)
    assert shown is not None
    desk.collect()
    return checked(shown.group(1))


def relay_of(desk: Desk) -> Relay:
    with desk.reading() as session:
        return session.exec(select(Relay)).one()


def filed_by(desk: Desk, relay: Relay, *, follow: bool = True, **more: object) -> Reporter:
    """A report that the association filed, with sight of it if the person said so."""
    story = RelayedBy(
        relay_id=relay.id,
        kind="association",
        name=relay.name,
        public_key=relay.public_key.hex(),
        mandate_code="orally",
        may_follow=follow,
    )
    given = (("count", True), ("advise", True), ("refer", False), ("follow", follow))
    consents = tuple(
        Consent(code=code, given=yes, text_version="1", language="es")  # type: ignore[arg-type]  # a code
        for code, yes in given
    )
    reporter = desk.report(relayed_by=story, consents=consents, carried=False, **more)
    with desk.mailbox().begin() as session:
        session.add(Sight(relay_id=relay.id, case_number=reporter.case_number, iso_week="2026-W48"))
    desk.collect()
    return reporter


def notes(desk: Desk, token: str) -> list[NoteTold]:
    desk.collect()
    with desk.mailbox()() as session:
        rows = session.exec(select(RelayNote)).all()
    key = token_key(token)
    return [
        NoteTold.model_validate_json(unseal(row.sealed, key, about=f"relay-note/{row.case_number}"))
        for row in rows
    ]


def test_a_token_is_shown_once_and_only_its_hash_and_key_are_kept(desk: Desk) -> None:
    token = give(desk)
    kept = relay_of(desk)
    assert (kept.token_hash, kept.public_key) == (token_hash(token), token_key(token).public)
    again = desk.signed_in("amparo").get("/es/relays").text
    assert "Asociación Inventada" in again and token[:8] not in again.replace(" ", "")
    with desk.mailbox()() as session:
        assert session.exec(select(KnownRelay.token_hash)).all() == [token_hash(token)]
    assert desk.events()[-2:].count("relays_read") == 1 and "relay_made" in desk.events()


def test_the_link_carries_the_token_behind_the_sign_that_browsers_keep_to_themselves(desk: Desk) -> None:
    page = desk.signed_in("amparo").post("/es/relays", data=AN_ASSOCIATION).text
    link = re.search(r'id="link"[^>]*>([^<]+)<', page)
    assert link is not None and link.group(1).startswith("/es/relay#")


def test_an_ended_access_leaves_the_mailbox_with_everything_it_saw(desk: Desk) -> None:
    give(desk)
    relay = relay_of(desk)
    filed_by(desk, relay)
    amparo = desk.signed_in("amparo")
    assert amparo.post(f"/es/relays/{relay.id}/ending").status_code == 303
    assert amparo.post(f"/es/relays/{relay.id}/ending").status_code == 409
    desk.collect()
    with desk.mailbox()() as session:
        assert session.exec(select(KnownRelay)).all() == [] and session.exec(select(Sight)).all() == []
    assert desk.events().count("relay_ended") == 1


def test_the_page_is_not_for_advisers(desk: Desk) -> None:
    person = desk.signed_in("laila")
    give(desk)
    for answer in (
        person.get("/es/relays"),
        person.post("/es/relays", data=AN_ASSOCIATION),
        person.post(f"/es/relays/{relay_of(desk).id}/ending"),
        person.post(f"/es/relays/{UUID(int=7)}/ending"),
    ):
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"relay_name": " "}, "relay_name"),
        ({"channel": "police_referral"}, "channel"),
        ({"until-year": ""}, "until"),
        ({"until-year": "2028"}, "until"),
        ({"relay_name": "a" * 161}, "relay_name"),
    ],
)
def test_an_access_that_is_not_whole_is_not_made(desk: Desk, wrong: dict[str, str], field: str) -> None:
    page = desk.signed_in("amparo").post("/es/relays", data={**AN_ASSOCIATION, **wrong})
    assert page.status_code == 422 and f'href="#{field}"' in page.text and mistakes(page.text)
    with desk.reading() as session:
        assert session.exec(select(Relay)).all() == []


def test_the_association_is_told_the_state_and_never_a_text(desk: Desk) -> None:
    token = give(desk)
    reporter = filed_by(desk, relay_of(desk))
    amparo = desk.signed_in("amparo")
    page = amparo.get(f"/es/inbox/{reporter.case_number}")
    assert "Asociación Inventada" in said(page.text) and "De palabra" in said(page.text)
    assert [one.state_code for one in notes(desk, token)] == ["read"]
    data = {"adviser": str(desk.staff_id("laila"))}
    assert amparo.post(f"/es/inbox/{reporter.case_number}/taking-up", data=data).status_code == 303
    told = notes(desk, token)
    assert len(told) == 2 and all(isinstance(one.said_on, date) for one in told)
    with desk.reading() as session:
        laid = session.exec(select(Outbox).where(Outbox.kind == "relay_note")).all()
    assert len(laid) == 2 and set(NoteTold.model_fields) == {"format", "said_on", "state_code", "next_on"}


def test_without_consent_nothing_is_told_to_the_association(desk: Desk) -> None:
    token = give(desk)
    reporter = filed_by(desk, relay_of(desk), follow=False)
    desk.signed_in("amparo").get(f"/es/inbox/{reporter.case_number}")
    assert notes(desk, token) == []


def test_after_the_person_says_no_the_desk_tells_the_association_nothing_more(desk: Desk) -> None:
    token = give(desk)
    reporter = filed_by(desk, relay_of(desk))
    desk.change_consent(reporter, "follow", given=False)
    desk.signed_in("amparo").get(f"/es/inbox/{reporter.case_number}")
    assert notes(desk, token) == []
    assert "consent_changed" in desk.events()


def test_what_lies_unread_goes_when_sight_is_gone(desk: Desk) -> None:
    token = give(desk)
    reporter = filed_by(desk, relay_of(desk))
    desk.signed_in("amparo").get(f"/es/inbox/{reporter.case_number}")
    assert notes(desk, token)
    with desk.mailbox().begin() as session:
        session.delete(session.exec(select(Sight)).one())
    assert notes(desk, token) == []
