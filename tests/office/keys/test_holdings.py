from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from office.keys.errors import HolderUnknown, HolderWithoutKey, KeyNotHeld, KeyUnknown, LastHolder, NotBegun
from office.keys.events import KeyEvent
from office.keys.files import publish
from office.keys.holders import holders, holders_warning, open_key, open_keys
from office.keys.holdings import Rotated, grant, leave, revoke, rotate
from office.keys.names import PUBLISHED, STAFF_KEYS
from office.keys.people import invite
from office.keys.personal import SignedIn
from office.sealing.boxes import CannotOpen, SealingKey, seal, unseal
from office.sealing.key_files import load_key_file
from office.sealing.public_keys import NoActiveKey, PublicKeys
from office.settings import DemonstrationOnly
from office.signing import private_key_from, public_half, release_public_keys
from office.stores.keyroom import KeyGrant, OfficeKey, Staff
from tests.office.keys.conftest import Office

NADIA, CARME, RAFEL = "nadia.comes", "carme.alos", "rafel.bosch"


def keys_of(office: Office, who: SignedIn) -> dict[str, SealingKey]:
    with office.sessions.begin() as session:
        return open_keys(session, who)


def given(office: Office, name: str, to: UUID, by: SignedIn) -> KeyEvent:
    with office.sessions.begin() as session:
        return grant(session, name, by=by, to=to, at=office.clock.now())


def rotated(office: Office, name: str) -> Rotated:
    with office.sessions.begin() as session:
        made = rotate(session, name, by=None, at=office.later(), files=office.files)
    with office.sessions.begin() as session:
        publish(session, office.files)
    return made


def test_what_the_public_form_seals_a_founder_opens(office: Office) -> None:
    key_name, public = PublicKeys.load(office.files.public_keys).active("story")
    box = seal(b"what happened", public, about="story/K4T72MPX9")
    assert (
        unseal(box, keys_of(office, office.holder())[key_name], about="story/K4T72MPX9") == b"what happened"
    )


def test_a_founder_holds_every_key_of_the_staff_and_no_other(office: Office) -> None:
    for name in (CARME, RAFEL):
        assert set(keys_of(office, office.holder(name))) == {f"{key}.1" for key in STAFF_KEYS}


def test_a_newcomer_holds_nothing_until_a_holder_gives_it(office: Office) -> None:
    nadia = office.newcomer()
    assert keys_of(office, office.sign_in(NADIA)) == {}
    event = given(office, "story", nadia.id, office.holder())
    assert (event.kind, event.subject, event.key_names) == ("key_granted", nadia.id, ("story.1",))
    mine, theirs = keys_of(office, office.sign_in(NADIA)), keys_of(office, office.holder())
    assert set(mine) == {"story.1"}
    assert mine["story.1"].public == theirs["story.1"].public


def test_giving_twice_leaves_one_grant(office: Office) -> None:
    nadia, by = office.newcomer(), office.holder()
    given(office, "story", nadia.id, by)
    given(office, "story", nadia.id, by)
    with office.sessions.begin() as session:
        assert len(session.exec(select(KeyGrant).where(KeyGrant.holder_id == nadia.id)).all()) == 1


def test_nobody_gives_what_they_do_not_hold(office: Office) -> None:
    nadia = office.newcomer()
    with pytest.raises(KeyNotHeld):
        given(office, "story", nadia.id, office.sign_in(NADIA))


def test_a_grant_forged_in_the_store_opens_nothing(office: Office) -> None:
    nadia = office.newcomer()
    with office.sessions.begin() as session:
        carmes = session.exec(
            select(KeyGrant).where(
                KeyGrant.key_name == "story.1", KeyGrant.holder_id == office.person(CARME).id
            )
        ).one()
        session.add(
            KeyGrant(
                key_name="story.1",
                holder_id=nadia.id,
                sealed_private_key=carmes.sealed_private_key,
                granted_on=carmes.granted_on,
            )
        )
    with pytest.raises(CannotOpen):
        keys_of(office, office.sign_in(NADIA))


def test_a_grant_renamed_to_another_key_opens_nothing(office: Office) -> None:
    signed_in = office.holder()
    with office.sessions.begin() as session:
        mine = session.exec(
            select(KeyGrant).where(KeyGrant.holder_id == signed_in.id, KeyGrant.key_name == "contact.1")
        ).one()
        mine.key_name = "contact.9"
        session.add(mine)
    with office.sessions.begin() as session, pytest.raises(CannotOpen):
        open_key(session, signed_in, "contact.9")


@pytest.mark.parametrize(
    "name", ["", "storm", "statistics", "notice", "escrow", "release_signing", "story.x"]
)
def test_only_staff_keys_are_given_by_staff(office: Office, name: str) -> None:
    nadia = office.newcomer()
    with pytest.raises(KeyUnknown):
        given(office, name, nadia.id, office.holder())


def test_a_key_is_not_given_to_somebody_without_a_key_of_their_own(office: Office) -> None:
    with office.sessions.begin() as session:
        invitation = invite(
            session, sign_in_name=NADIA, display_name="", role_code="adviser", by=None, at=office.clock.now()
        )
    with pytest.raises(HolderWithoutKey):
        given(office, "story", invitation.staff_id, office.holder())


def test_a_key_is_not_given_to_nobody_or_to_somebody_who_left(office: Office) -> None:
    by, gone = office.holder(), office.newcomer()
    with office.sessions.begin() as session:
        leave(session, gone.id, by=by.id, at=office.clock.now())
    for to in (gone.id, uuid4()):
        with pytest.raises(HolderUnknown):
            given(office, "story", to, by)


def test_real_keys_are_not_given_to_the_demonstrations_staff(office: Office) -> None:
    nadia = office.newcomer()
    with office.sessions.begin() as session:
        person = session.get_one(Staff, nadia.id)
        person.is_demonstration = True
        session.add(person)
    with pytest.raises(DemonstrationOnly):
        given(office, "story", nadia.id, office.holder())


def test_a_key_taken_back_opens_no_more_and_its_box_is_gone(office: Office) -> None:
    nadia, by = office.newcomer(), office.holder()
    given(office, "story", nadia.id, by)
    with office.sessions.begin() as session:
        event = revoke(session, "story", holder=nadia.id, by=by.id, at=office.clock.now())
    assert (event.kind, event.subject, event.key_names) == ("key_revoked", nadia.id, ("story.1",))
    signed_in = office.sign_in(NADIA)
    assert keys_of(office, signed_in) == {}
    with office.sessions.begin() as session:
        with pytest.raises(KeyNotHeld):
            open_key(session, signed_in, "story.1")
        kept = session.exec(select(KeyGrant).where(KeyGrant.holder_id == nadia.id)).one()
        assert kept.sealed_private_key == b""
        assert kept.revoked_on == office.clock.now().date()


def test_a_key_taken_back_can_be_given_again(office: Office) -> None:
    nadia, by = office.newcomer(), office.holder()
    given(office, "story", nadia.id, by)
    with office.sessions.begin() as session:
        revoke(session, "story", holder=nadia.id, by=by.id, at=office.clock.now())
    given(office, "story", nadia.id, by)
    assert set(keys_of(office, office.sign_in(NADIA))) == {"story.1"}


def test_what_is_not_held_is_not_taken_back(office: Office) -> None:
    nadia = office.newcomer()
    with office.sessions.begin() as session, pytest.raises(KeyNotHeld):
        revoke(session, "story", holder=nadia.id, by=None, at=office.clock.now())


def test_the_last_holder_keeps_the_key_unless_it_is_said_twice(office: Office) -> None:
    carme, rafel = office.person(CARME), office.person(RAFEL)
    with office.sessions.begin() as session:
        revoke(session, "story", holder=rafel.id, by=carme.id, at=office.clock.now())
    with office.sessions.begin() as session:
        with pytest.raises(LastHolder):
            revoke(session, "story", holder=carme.id, by=carme.id, at=office.clock.now())
        with pytest.raises(LastHolder):
            leave(session, carme.id, by=carme.id, at=office.clock.now())
        revoke(session, "story", holder=carme.id, by=carme.id, at=office.clock.now(), even_the_last=True)
        assert holders_warning(session)["story.1"] == 0


def test_fewer_than_two_holders_are_warned_of(office: Office) -> None:
    rafel = office.person(RAFEL)
    with office.sessions.begin() as session:
        assert holders_warning(session) == {}
        revoke(session, "contact", holder=rafel.id, by=None, at=office.clock.now())
    with office.sessions.begin() as session:
        assert holders_warning(session) == {"contact.1": 1}


def test_somebody_inactive_does_not_count_as_a_holder(office: Office) -> None:
    with office.sessions.begin() as session:
        rafel = session.exec(select(Staff).where(Staff.sign_in_name == RAFEL)).one()
        rafel.active = False
        session.add(rafel)
    with office.sessions.begin() as session:
        assert set(holders_warning(session).values()) == {1}
        assert {person.sign_in_name for people in holders(session).values() for person in people} == {CARME}


def test_before_the_first_ceremony_there_is_nothing_to_warn_of_but_that(empty: Office) -> None:
    with empty.sessions.begin() as session, pytest.raises(NotBegun):
        holders_warning(session)


def test_whoever_leaves_loses_every_key_and_the_keys_to_rotate_are_named(office: Office) -> None:
    by, nadia = office.holder(), office.newcomer()
    given(office, "story", nadia.id, by)
    given(office, "names", nadia.id, by)
    with office.sessions.begin() as session:
        left = leave(session, nadia.id, by=by.id, at=office.clock.now())
    assert left.to_rotate == ("names", "story")
    assert (left.event.kind, left.event.key_names) == ("holder_left", ("names.1", "story.1"))
    gone = office.person(NADIA)
    assert (gone.active, gone.public_key, gone.wrapped_private_key, gone.wrapped_totp_secret) == (
        False,
        None,
        None,
        None,
    )
    with office.sessions.begin() as session, pytest.raises(HolderUnknown):
        leave(session, nadia.id, by=by.id, at=office.clock.now())


def test_a_rotated_key_seals_anew_and_still_opens_what_is_old(office: Office) -> None:
    old_name, old_public = PublicKeys.load(office.files.public_keys).active("story")
    box = seal(b"old", old_public, about="story/X")
    made = rotated(office, "story")
    name, public = PublicKeys.load(office.files.public_keys).active("story")
    assert (old_name, made.key_name, name) == ("story.1", "story.2", "story.2")
    assert public != old_public
    for who in (CARME, RAFEL):
        keys = keys_of(office, office.holder(who))
        assert unseal(box, keys["story.1"], about="story/X") == b"old"
        assert unseal(seal(b"new", public, about="story/X"), keys["story.2"], about="story/X") == b"new"


def test_after_a_rotation_the_old_version_is_retired_and_the_new_one_is_in_escrow(office: Office) -> None:
    rotated(office, "contact")
    with office.sessions.begin() as session:
        old, new = session.get_one(OfficeKey, ("contact", 1)), session.get_one(OfficeKey, ("contact", 2))
    assert old.retired_on == new.made_on == office.clock.now().date()
    assert new.retired_on is None and new.sealed_to_escrow
    told = [key for key in PublicKeys.load(office.files.public_keys).keys if key.name == "contact"]
    assert [key.is_active for key in told] == [False, True]


def test_whoever_lost_a_key_before_its_rotation_does_not_get_the_new_version(office: Office) -> None:
    nadia, by = office.newcomer(), office.holder()
    given(office, "story", nadia.id, by)
    kept = keys_of(office, office.sign_in(NADIA))["story.1"]
    with office.sessions.begin() as session:
        revoke(session, "story", holder=nadia.id, by=by.id, at=office.clock.now())
    rotated(office, "story")
    assert keys_of(office, office.sign_in(NADIA)) == {}
    _, public = PublicKeys.load(office.files.public_keys).active("story")
    with pytest.raises(CannotOpen):
        unseal(seal(b"later", public, about="story/X"), kept, about="story/X")


def test_a_newcomer_is_given_every_version_or_one(office: Office) -> None:
    rotated(office, "story")
    by, nadia = office.holder(), office.newcomer()
    given(office, "story.2", nadia.id, by)
    assert set(keys_of(office, office.sign_in(NADIA))) == {"story.2"}
    assert given(office, "story", nadia.id, by).key_names == ("story.1", "story.2")
    assert set(keys_of(office, office.sign_in(NADIA))) == {"story.1", "story.2"}


def test_until_it_is_committed_and_published_the_public_form_seals_to_the_old_key(office: Office) -> None:
    class PowerCut(Exception):
        pass

    with pytest.raises(PowerCut), office.sessions.begin() as session:
        rotate(session, "story", by=None, at=office.later(), files=office.files)
        raise PowerCut
    assert PublicKeys.load(office.files.public_keys).active("story")[0] == "story.1"
    assert set(keys_of(office, office.holder())) == {f"{key}.1" for key in STAFF_KEYS}
    assert rotated(office, "story").key_name == "story.2"


def test_a_service_key_rotates_in_its_file_and_keeps_its_old_version(office: Office) -> None:
    before = load_key_file(office.files.statistics)
    rotated(office, "statistics")
    after = load_key_file(office.files.statistics)
    assert set(after) == {"statistics.1", "statistics.2"}
    assert after["statistics.1"].public == before["statistics.1"].public
    assert PublicKeys.load(office.files.public_keys).active("statistics") == (
        "statistics.2",
        after["statistics.2"].public,
    )
    assert set(load_key_file(office.files.notice)) == {"notice.1"}


def test_a_service_version_that_was_never_committed_is_replaced_by_the_one_that_was(office: Office) -> None:
    class PowerCut(Exception):
        pass

    with pytest.raises(PowerCut), office.sessions.begin() as session:
        rotate(session, "notice", by=None, at=office.later(), files=office.files)
        raise PowerCut
    rotated(office, "notice")
    _, public = PublicKeys.load(office.files.public_keys).active("notice")
    assert load_key_file(office.files.notice)["notice.2"].public == public


def test_a_new_signing_key_is_in_its_file_and_old_signatures_stay_checkable(office: Office) -> None:
    (first,) = release_public_keys(office.files.public_keys)
    rotated(office, "release_signing")
    second, old = release_public_keys(office.files.public_keys)
    assert old == first
    assert public_half(private_key_from(office.files.release_signing)) == second
    assert office.files.release_signing.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["escrow", "story.1", "storm", ""])
def test_what_is_no_key_to_rotate_is_refused(office: Office, name: str) -> None:
    with office.sessions.begin() as session, pytest.raises(KeyUnknown):
        rotate(session, name, by=None, at=office.later(), files=office.files)


def test_a_key_nobody_holds_is_not_rotated_into_nothing(office: Office) -> None:
    founders = office.person(CARME), office.person(RAFEL)
    with office.sessions.begin() as session:
        for each in founders:
            revoke(session, "story", holder=each.id, by=None, at=office.clock.now(), even_the_last=True)
    with office.sessions.begin() as session, pytest.raises(LastHolder):
        rotate(session, "story", by=None, at=office.later(), files=office.files)


def test_the_public_file_never_names_the_keys_only_the_office_uses(office: Office) -> None:
    keys = PublicKeys.load(office.files.public_keys)
    assert {key.name for key in keys.keys} == set(PUBLISHED)
    for private in ("names", "escrow"):
        with pytest.raises(NoActiveKey):
            keys.active(private)


def test_every_act_gives_its_event_to_the_timeline_inside_its_transaction(office: Office) -> None:
    seen: list[tuple[bool, str]] = []

    def record(session: Session, event: KeyEvent) -> None:
        seen.append((session.in_transaction(), event.kind))

    nadia, by = office.newcomer(), office.holder()
    with office.sessions.begin() as session:
        at = office.clock.now()
        grant(session, "story", by=by, to=nadia.id, at=at, record=record)
        revoke(session, "story", holder=nadia.id, by=by.id, at=at, record=record)
        rotate(session, "story", by=by.id, at=at, files=office.files, record=record)
        leave(session, nadia.id, by=by.id, at=at, record=record)
    assert seen == [
        (True, "key_granted"),
        (True, "key_revoked"),
        (True, "key_rotated"),
        (True, "holder_left"),
    ]
