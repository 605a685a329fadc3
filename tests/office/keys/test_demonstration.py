import base64

import pytest
from sqlmodel import select

from office.keys.demonstration import MARK, begin_demonstration, demonstration_staff
from office.keys.errors import AlreadyBegun
from office.keys.holders import holders_warning, open_keys
from office.keys.names import PUBLISHED
from office.keys.people import kept_name, sign_in
from office.sealing.passphrases import check_strength
from office.sealing.public_keys import PublicKeys
from office.settings import DemonstrationOnly
from office.stores.keyroom import ROLES, Staff
from tests.office.keys.conftest import Office


def test_the_demonstrations_staff_are_complete_and_plainly_invented() -> None:
    staff = demonstration_staff()
    assert {person.role_code for person in staff} == set(ROLES)
    assert len({person.sign_in_name for person in staff}) == len(staff)
    for person in staff:
        assert kept_name(person.sign_in_name) == person.sign_in_name
        assert MARK in person.passphrase
        check_strength(person.passphrase, names=(person.sign_in_name, person.display_name))
        assert len(base64.b32decode(person.totp_secret)) == 20


def test_a_demonstration_begins_is_marked_and_opens_only_as_one(empty: Office) -> None:
    at = empty.clock.now()
    events = begin_demonstration(empty.sessions, empty.files, at=at)
    assert events[0].kind == "keys_begun"
    assert PublicKeys.load(empty.files.public_keys).has_active(*PUBLISHED)
    with empty.sessions.begin() as session:
        assert {person.is_demonstration for person in session.exec(select(Staff))} == {True}
        assert holders_warning(session) == {}

    disk = empty.everything_on_disk()
    for person in demonstration_staff():
        assert person.passphrase.encode() not in disk
        assert person.totp_secret.encode() not in disk
    assert MARK.encode() not in disk

    for person in demonstration_staff():
        signed_in = sign_in(
            empty.sessions, person.sign_in_name, person.passphrase, person.code(at), at=at, demo=True
        )
        with empty.sessions.begin() as session:
            assert set(open_keys(session, signed_in)) == {f"{key}.1" for key in person.keys}

    first = demonstration_staff()[0]
    with pytest.raises(DemonstrationOnly):
        sign_in(empty.sessions, first.sign_in_name, first.passphrase, first.code(at), at=at, demo=False)
    assert sign_in(empty.sessions, first.sign_in_name, first.passphrase, first.code(at), at=at, demo=True)


def test_a_demonstration_is_not_put_over_a_real_office(office: Office) -> None:
    with pytest.raises(AlreadyBegun):
        begin_demonstration(office.sessions, office.files, at=office.clock.now())
