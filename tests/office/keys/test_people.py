import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from office.keys.errors import (
    CodeDoesNotFit,
    HolderUnknown,
    InvitationRefused,
    SignInNameInvalid,
    SignInNameTaken,
    SignInRefused,
    StaffRoleUnknown,
)
from office.keys.events import KeyEvent
from office.keys.holders import held_by
from office.keys.holdings import leave
from office.keys.people import Invitation, accept_invitation, invite, invite_again, kept_name, sign_in
from office.keys.second_factor import code_at, new_totp_secret
from office.sealing.boxes import CannotOpen
from office.sealing.passphrases import PassphraseTooWeak
from office.settings import DemonstrationOnly
from office.stores.keyroom import Staff
from tests.office.keys.conftest import PASSPHRASES, SECRETS, Office

NADIA = "nadia.comes"
CARME = "carme.alos"


def invited(office: Office, name: str = NADIA, *, is_demonstration: bool = False) -> Invitation:
    with office.sessions.begin() as session:
        return invite(
            session,
            sign_in_name=name,
            display_name="Nadia Comes",
            role_code="adviser",
            by=None,
            at=office.clock.now(),
            is_demonstration=is_demonstration,
        )


def accepted(
    office: Office, code: str, name: str | None = None, passphrase: str = PASSPHRASES[NADIA]
) -> KeyEvent:
    return accept_invitation(
        office.sessions,
        code,
        passphrase,
        SECRETS[NADIA],
        office.code(NADIA),
        at=office.clock.now(),
        name=name,
    )


def refused(office: Office, name: str, passphrase: str, code: str) -> SignInRefused:
    with pytest.raises(SignInRefused) as refusal:
        sign_in(office.sessions, name, passphrase, code, at=office.clock.now(), demo=False)
    return refusal.value


def test_somebody_invited_signs_in_with_their_own_passphrase_and_code(office: Office) -> None:
    invitation = invited(office)
    event = accepted(office, invitation.code, name=" Nadia.Comes ")
    signed_in = office.sign_in(NADIA)
    assert (event.kind, event.by) == ("invitation_accepted", invitation.staff_id)
    assert (signed_in.id, signed_in.role_code) == (invitation.staff_id, "adviser")
    assert signed_in.key.public == office.person(NADIA).public_key


def test_an_invitation_is_kept_as_a_hash_only_and_does_not_show_itself(office: Office) -> None:
    invitation = invited(office)
    assert len(invitation.code) == 43
    assert invitation.code.encode() not in office.everything_on_disk()
    assert invitation.code not in repr(invitation)


def test_an_invitation_serves_once(office: Office) -> None:
    invitation = invited(office)
    accepted(office, invitation.code)
    with pytest.raises(InvitationRefused):
        accepted(office, invitation.code)


def test_an_invitation_ends_after_a_week(office: Office) -> None:
    invitation = invited(office)
    assert invitation.expires_on == office.clock.now().date() + timedelta(days=7)
    office.later(days=8)
    with pytest.raises(InvitationRefused):
        accepted(office, invitation.code)


def test_an_invitation_is_good_on_its_last_day(office: Office) -> None:
    invitation = invited(office)
    office.later(days=7)
    assert accepted(office, invitation.code).kind == "invitation_accepted"


@pytest.mark.parametrize("code", ["", "wrong", "A" * 43])
def test_an_unknown_invitation_is_refused(office: Office, code: str) -> None:
    invited(office)
    with pytest.raises(InvitationRefused):
        accepted(office, code)


def test_an_invitation_is_good_for_its_own_name_only(office: Office) -> None:
    with pytest.raises(InvitationRefused):
        accepted(office, invited(office).code, name="someone.else")


def test_a_weak_passphrase_or_a_wrong_code_leaves_the_invitation_good(office: Office) -> None:
    invitation = invited(office)
    with pytest.raises(PassphraseTooWeak):
        accepted(office, invitation.code, passphrase="short")
    with pytest.raises(CodeDoesNotFit):
        accept_invitation(
            office.sessions,
            invitation.code,
            PASSPHRASES[NADIA],
            SECRETS[NADIA],
            "000000",
            at=office.clock.now(),
        )
    assert accepted(office, invitation.code).kind == "invitation_accepted"


@pytest.mark.parametrize("secret", ["", "AAAAAAAA", "A" * 31, "not base 32", "ñ"])
def test_a_second_factor_of_another_shape_than_ours_is_refused(office: Office, secret: str) -> None:
    with pytest.raises(CodeDoesNotFit):
        accept_invitation(
            office.sessions,
            invited(office).code,
            PASSPHRASES[NADIA],
            secret,
            "000000",
            at=office.clock.now(),
        )


def test_the_invitation_of_somebody_who_left_is_refused(office: Office) -> None:
    invitation = invited(office)
    with office.sessions.begin() as session:
        leave(session, invitation.staff_id, by=None, at=office.clock.now())
    with pytest.raises(InvitationRefused):
        accepted(office, invitation.code)


def test_two_people_cannot_have_one_sign_in_name(office: Office) -> None:
    invited(office)
    with pytest.raises(SignInNameTaken):
        invited(office, "NADIA.comes")


@pytest.mark.parametrize(
    "name", ["", "x", ".nadia", "nadia.", "nadia comes", "a" * 81, "nadia@city", "na\nia"]
)
def test_a_sign_in_name_without_its_shape_is_refused(name: str) -> None:
    with pytest.raises(SignInNameInvalid):
        kept_name(name)


@pytest.mark.parametrize("name", ["nadia.comes", "ñuria", "نادية", "a1", "NADIA-2", "ｎａｄｉａ"])
def test_names_of_any_script_are_kept_in_one_form(name: str) -> None:
    assert kept_name(kept_name(f" {name} ")) == kept_name(name)


def test_an_unknown_role_is_refused(office: Office) -> None:
    with office.sessions.begin() as session, pytest.raises(StaffRoleUnknown):
        invite(session, sign_in_name="x1", display_name="", role_code="mayor", by=None, at=office.clock.now())


def test_name_passphrase_code_and_absence_are_refused_with_the_same_error(office: Office) -> None:
    office.later()
    good = (CARME, PASSPHRASES[CARME], office.code(CARME))
    gone = office.newcomer()
    with office.sessions.begin() as session:
        leave(session, gone.id, by=None, at=office.clock.now())
    invited(office, "not.yet")
    errors = [
        refused(office, "nobody.here", good[1], good[2]),
        refused(office, good[0], good[1] + "x", good[2]),
        refused(office, good[0], good[1], "000000"),
        refused(office, good[0], good[1], ""),
        refused(office, NADIA, PASSPHRASES[NADIA], office.code(NADIA)),
        refused(office, "not.yet", good[1], good[2]),
        refused(office, "", "", ""),
    ]
    assert {(type(error), str(error), error.sentence) for error in errors} == {
        (SignInRefused, "sign_in_refused", SignInRefused.sentence)
    }


def test_an_unknown_name_takes_as_long_as_a_wrong_passphrase(office: Office) -> None:
    def took(name: str) -> float:
        before = time.process_time()
        refused(office, name, "wrong pass-phrase here", "123456")
        return time.process_time() - before

    known = min(took(CARME) for _ in range(3))
    unknown = min(took("nobody.here") for _ in range(3))
    assert 0.5 < unknown / known < 2
    assert unknown > 0.05


def test_a_code_serves_once_also_after_a_restart(office: Office) -> None:
    office.later()
    given = (CARME, PASSPHRASES[CARME], office.code(CARME))
    sign_in(office.sessions, *given, at=office.clock.now(), demo=False)
    refused(office, *given)
    office.clock.move(seconds=29)
    refused(office, *given)


def test_an_older_code_is_refused_after_a_newer_one_was_used(office: Office) -> None:
    office.later()
    older = office.code(CARME)
    office.clock.move(seconds=30)
    sign_in(office.sessions, CARME, PASSPHRASES[CARME], office.code(CARME), at=office.clock.now(), demo=False)
    refused(office, CARME, PASSPHRASES[CARME], older)


def test_of_two_sign_ins_at_once_with_one_code_only_one_succeeds(office: Office) -> None:
    office.later()

    def attempt(_: int) -> bool:
        try:
            sign_in(
                office.sessions,
                CARME,
                PASSPHRASES[CARME],
                office.code(CARME),
                at=office.clock.now(),
                demo=False,
            )
        except SignInRefused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]


def test_a_code_of_the_neighbouring_half_minute_is_taken_and_no_other(office: Office) -> None:
    office.later()
    at = office.clock.now()
    for minutes in (-1, 1, 5):
        code = code_at(SECRETS[CARME], at + timedelta(minutes=minutes))
        refused(office, CARME, PASSPHRASES[CARME], code)
    late = code_at(SECRETS[CARME], at - timedelta(seconds=30))
    assert sign_in(office.sessions, CARME, PASSPHRASES[CARME], late, at=at, demo=False)


def test_the_code_may_be_typed_with_a_space_and_in_other_digits(office: Office) -> None:
    office.later()
    code = office.code(CARME)
    typed = f"{code[:3]} " + "".join(chr(0x660 + int(digit)) for digit in code[3:])
    assert sign_in(office.sessions, CARME, PASSPHRASES[CARME], typed, at=office.clock.now(), demo=False)


def test_a_private_key_never_shows_itself(office: Office) -> None:
    signed_in = office.sign_in()
    assert "key" not in repr(signed_in)
    assert signed_in.key.private_bytes not in office.everything_on_disk()


def test_neither_passphrase_nor_second_factor_lies_on_the_disk(office: Office) -> None:
    office.newcomer()
    office.sign_in(NADIA)
    disk = office.everything_on_disk()
    for name in PASSPHRASES:
        assert PASSPHRASES[name].encode() not in disk
        assert SECRETS[name].encode() not in disk


def test_a_closed_key_copied_to_another_person_opens_for_neither(office: Office) -> None:
    office.newcomer()
    carme = office.person(CARME)
    with office.sessions.begin() as session:
        nadia = session.exec(select(Staff).where(Staff.sign_in_name == NADIA)).one()
        nadia.wrapped_private_key, nadia.wrapped_totp_secret = (
            carme.wrapped_private_key,
            carme.wrapped_totp_secret,
        )
        session.add(nadia)
    office.later()
    refused(office, NADIA, PASSPHRASES[CARME], office.code(CARME))


def test_every_sign_in_is_told_to_the_timeline_in_its_own_transaction(office: Office) -> None:
    seen: list[KeyEvent] = []

    def record(session: Session, event: KeyEvent) -> None:
        assert session.in_transaction()
        seen.append(event)

    at = office.later()
    signed_in = sign_in(
        office.sessions, CARME, PASSPHRASES[CARME], office.code(CARME), at=at, demo=False, record=record
    )
    assert seen == [KeyEvent("signed_in", at, by=signed_in.id, subject=signed_in.id)]


def test_if_the_timeline_cannot_be_written_nobody_is_signed_in_and_the_code_stays_good(
    office: Office,
) -> None:
    def fails(session: Session, event: KeyEvent) -> None:
        raise RuntimeError("the timeline is full")

    at = office.later()
    given = (CARME, PASSPHRASES[CARME], office.code(CARME))
    with pytest.raises(RuntimeError):
        sign_in(office.sessions, *given, at=at, demo=False, record=fails)
    assert sign_in(office.sessions, *given, at=at, demo=False)


def test_staff_of_the_demonstration_are_refused_in_a_real_office(office: Office) -> None:
    accepted(office, invited(office, is_demonstration=True).code)
    with pytest.raises(DemonstrationOnly):
        office.sign_in(NADIA)
    assert office.sign_in(NADIA, demo=True).is_demonstration


def test_somebody_who_left_is_refused_even_where_codes_may_be_repeated(office: Office) -> None:
    accepted(office, invited(office, is_demonstration=True).code)
    with office.sessions.begin() as session:
        nadia = session.exec(select(Staff).where(Staff.sign_in_name == NADIA)).one()
        nadia.active = False
        session.add(nadia)
    with pytest.raises(SignInRefused):
        office.sign_in(NADIA, demo=True)


def test_whoever_is_invited_by_the_demonstration_belongs_to_it(office: Office) -> None:
    accepted(office, invited(office, is_demonstration=True).code)
    nadia = office.person(NADIA)
    with office.sessions.begin() as session:
        invitation = invite(
            session,
            sign_in_name="another.one",
            display_name="",
            role_code="triage",
            by=nadia.id,
            at=office.clock.now(),
        )
    assert office.person("another.one").is_demonstration
    assert invitation.event.by == nadia.id


def test_somebody_who_lost_the_telephone_is_invited_again_and_their_old_key_ends(office: Office) -> None:
    carme, rafel = office.person(CARME), office.person("rafel.bosch")
    with office.sessions.begin() as session:
        invitation = invite_again(session, carme.id, by=rafel.id, at=office.later())
    refused(office, CARME, PASSPHRASES[CARME], office.code(CARME))
    secret = new_totp_secret()
    accept_invitation(
        office.sessions,
        invitation.code,
        "another long pass-phrase",
        secret,
        code_at(secret, office.clock.now()),
        at=office.clock.now(),
    )
    at = office.later()
    again = sign_in(
        office.sessions, CARME, "another long pass-phrase", code_at(secret, at), at=at, demo=False
    )
    assert again.id == carme.id
    with office.sessions.begin() as session:
        assert held_by(session, carme.id) == []


def test_somebody_who_left_is_not_invited_again(office: Office) -> None:
    gone = office.newcomer()
    with office.sessions.begin() as session:
        leave(session, gone.id, by=None, at=office.clock.now())
    with office.sessions.begin() as session, pytest.raises(HolderUnknown):
        invite_again(session, gone.id, by=None, at=office.clock.now())


def test_the_second_factor_is_closed_under_the_persons_own_key(office: Office) -> None:
    from office.sealing import fields

    carme = office.person(CARME)
    with pytest.raises(CannotOpen):
        fields.decrypt(bytes(32), carme.wrapped_totp_secret or b"", f"totp/{carme.id}")
