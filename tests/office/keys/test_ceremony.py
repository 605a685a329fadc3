import stat
from pathlib import Path

import pytest
from sqlmodel import select

from office.keys.ceremony import begin_ceremony, prepare_escrow
from office.keys.errors import (
    AlreadyBegun,
    CodeDoesNotFit,
    HolderUnknown,
    KeyFileInTheWay,
    ReasonNeeded,
    StaffRoleUnknown,
    TwoFoundersNeeded,
)
from office.keys.files import publish
from office.keys.holders import holders_warning, open_keys
from office.keys.holdings import leave, rotate
from office.keys.names import ALL_KEYS, PUBLISHED, SEALED_KEYS, STAFF_KEYS
from office.keys.shares import escrow_open, give_from_escrow, renew_escrow
from office.sealing.boxes import seal, unseal
from office.sealing.escrow import EscrowShareInvalid, EscrowSharesDoNotFit, recover
from office.sealing.key_files import load_key_file
from office.sealing.public_keys import PublicKeys
from office.stores.keyroom import KeyGrant, OfficeKey, Staff
from tests.office.keys.conftest import START, Office, founder

REASON = "both holders of the key are ill"


def test_the_ceremony_makes_every_key_once(office: Office) -> None:
    with office.sessions.begin() as session:
        keys = session.exec(select(OfficeKey)).all()
    assert sorted(key.name for key in keys) == sorted(ALL_KEYS)
    assert {key.version for key in keys} == {1}
    assert {key.name for key in keys if key.sealed_to_escrow} == set(SEALED_KEYS)
    assert len({key.public_key for key in keys}) == len(ALL_KEYS)


def test_after_the_ceremony_the_public_form_can_take_a_report(office: Office) -> None:
    assert PublicKeys.load(office.files.public_keys).has_active(*PUBLISHED)
    with office.sessions.begin() as session:
        assert holders_warning(session) == {}


def test_the_private_files_are_for_one_user_each(office: Office) -> None:
    for path in office.files.private:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(office.files.public_keys.stat().st_mode) == 0o644
    assert set(load_key_file(office.files.statistics)) == {"statistics.1"}
    assert set(load_key_file(office.files.notice)) == {"notice.1"}


def test_no_private_key_of_the_staff_and_no_share_lies_on_the_disk(office: Office) -> None:
    import base64

    signed_in = office.holder()
    disk = office.everything_on_disk()
    with office.sessions.begin() as session:
        private = [key.private_bytes for key in open_keys(session, signed_in).values()]
    private += [recover(office.shares[:2]), signed_in.key.private_bytes]
    for each in private:
        assert each not in disk
        assert base64.b64encode(each) not in disk
        assert each.hex().encode() not in disk
    for share in office.shares:
        assert share.encode() not in disk
        assert " ".join(share.split()[4:8]).encode() not in disk


def test_the_services_files_open_no_story(office: Office) -> None:
    _, public = PublicKeys.load(office.files.public_keys).active("story")
    for path in (office.files.statistics, office.files.notice):
        assert all(key.public != public for key in load_key_file(path).values())
    with office.sessions.begin() as session:
        assert not session.exec(select(KeyGrant).where(KeyGrant.key_name == "statistics.1")).all()


def test_a_second_ceremony_is_refused(office: Office) -> None:
    with office.sessions.begin() as session, pytest.raises(AlreadyBegun):
        begin_ceremony(
            session,
            [founder("nadia.comes", "head", START), founder("carme.alos", "head", START)],
            files=office.files,
            at=START,
        )


def test_a_key_file_from_an_earlier_life_is_never_overwritten(empty: Office) -> None:
    empty.files.statistics.parent.mkdir()
    empty.files.statistics.write_bytes(b"all that opens the old records")
    with empty.sessions.begin() as session, pytest.raises(KeyFileInTheWay):
        begin_ceremony(
            session,
            [founder("carme.alos", "head", START), founder("rafel.bosch", "head", START)],
            files=empty.files,
            at=START,
        )
    assert empty.files.statistics.read_bytes() == b"all that opens the old records"


def test_one_person_alone_or_twice_cannot_make_the_keys(empty: Office) -> None:
    one = founder("carme.alos", "head", START)
    with empty.sessions.begin() as session:
        for founders in ([one], [one, one], []):
            with pytest.raises(TwoFoundersNeeded):
                begin_ceremony(session, founders, files=empty.files, at=START)
    assert not empty.files.statistics.exists()


def test_a_founder_with_a_wrong_code_or_role_stops_the_ceremony(empty: Office) -> None:
    good = founder("carme.alos", "head", START)
    late = founder("rafel.bosch", "head", START.replace(hour=11))
    with empty.sessions.begin() as session:
        with pytest.raises(CodeDoesNotFit):
            begin_ceremony(session, [good, late], files=empty.files, at=START)
        with pytest.raises(StaffRoleUnknown):
            begin_ceremony(
                session, [good, founder("rafel.bosch", "mayor", START)], files=empty.files, at=START
            )
        assert session.exec(select(OfficeKey)).all() == []


def test_what_is_secret_does_not_show_itself() -> None:
    person, prepared = founder("carme.alos", "head", START), prepare_escrow()
    for secret in (person.passphrase, person.totp_secret, *prepared.shares):
        assert secret not in repr(person) + repr(prepared)


def test_two_shares_open_every_key_and_say_so(office: Office) -> None:
    with office.sessions.begin() as session:
        opened = escrow_open(session, office.shares[1:], reason=f" {REASON} ", by=None, at=office.clock.now())
    assert set(opened.keys) == {f"{name}.1" for name in SEALED_KEYS}
    assert (opened.event.kind, opened.event.reason) == ("escrow_opened", REASON)
    assert set(opened.event.told) == {office.person("carme.alos").id, office.person("rafel.bosch").id}
    _, public = PublicKeys.load(office.files.public_keys).active("story")
    assert unseal(seal(b"x", public, about="a"), opened.keys["story.1"], about="a") == b"x"
    for secret in office.shares:
        assert secret not in repr(opened)


def test_the_escrow_opens_versions_made_later(office: Office) -> None:
    with office.sessions.begin() as session:
        rotate(session, "story", by=None, at=office.later(), files=office.files)
        opened = escrow_open(session, office.shares[:2], reason=REASON, by=None, at=office.clock.now())
    assert {"story.1", "story.2"} <= set(opened.keys)


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_the_escrow_is_not_opened_without_a_reason(office: Office, reason: str) -> None:
    with office.sessions.begin() as session, pytest.raises(ReasonNeeded):
        escrow_open(session, office.shares[:2], reason=reason, by=None, at=office.clock.now())


def test_one_share_a_mistyped_one_and_those_of_another_office_open_nothing(office: Office) -> None:
    other = prepare_escrow().shares
    with office.sessions.begin() as session:
        for shares in (office.shares[:1], other[:2], (office.shares[0], other[0])):
            with pytest.raises(EscrowSharesDoNotFit):
                escrow_open(session, shares, reason=REASON, by=None, at=office.clock.now())
        with pytest.raises(EscrowShareInvalid):
            escrow_open(
                session, ("nonsense", office.shares[0]), reason=REASON, by=None, at=office.clock.now()
            )


def test_when_every_holder_is_gone_the_escrow_makes_a_new_one(office: Office) -> None:
    nadia = office.newcomer()
    carme, rafel = office.person("carme.alos"), office.person("rafel.bosch")
    at = office.later()
    with office.sessions.begin() as session:
        for gone in (carme, rafel):
            leave(session, gone.id, by=None, at=at, even_the_last=True)
    with office.sessions.begin() as session:
        opened = escrow_open(session, office.shares[:2], reason=REASON, by=None, at=at)
        event = give_from_escrow(session, opened, to=nadia.id, by=None, at=at)
    assert (event.kind, event.subject, event.reason) == ("key_granted", nadia.id, REASON)
    signed_in = office.sign_in("nadia.comes")
    with office.sessions.begin() as session:
        assert set(open_keys(session, signed_in)) == {f"{name}.1" for name in STAFF_KEYS}
        with pytest.raises(HolderUnknown):
            give_from_escrow(session, opened, to=carme.id, by=None, at=at)


def test_renewed_shares_open_everything_and_the_old_ones_nothing(office: Office) -> None:
    with office.sessions.begin() as session:
        case_box = seal(
            b"case key", session.get_one(OfficeKey, ("escrow", 1)).public_key, about="escrow/case.X.1"
        )
    with office.sessions.begin() as session:
        renewed = renew_escrow(session, office.shares[:2], by=None, at=office.later())
    assert (renewed.key_name, renewed.event.kind) == ("escrow.2", "escrow_renewed")
    at = office.clock.now()
    with office.sessions.begin() as session:
        with pytest.raises(EscrowSharesDoNotFit):
            escrow_open(session, office.shares[:2], reason=REASON, by=None, at=at)
        opened = escrow_open(session, renewed.shares[1:], reason=REASON, by=None, at=at)
    assert set(opened.keys) == {f"{name}.1" for name in SEALED_KEYS} | {"escrow.1"}
    assert unseal(case_box, opened.keys["escrow.1"], about="escrow/case.X.1") == b"case key"


def test_after_two_renewals_the_first_escrow_is_still_within_reach(office: Office) -> None:
    with office.sessions.begin() as session:
        first = renew_escrow(session, office.shares[:2], by=None, at=office.later())
        second = renew_escrow(session, first.shares[:2], by=None, at=office.later())
        opened = escrow_open(session, second.shares[:2], reason=REASON, by=None, at=office.clock.now())
    assert {"escrow.1", "escrow.2"} <= set(opened.keys)


def test_publishing_tells_exactly_what_the_keyroom_knows(office: Office, tmp_path: Path) -> None:
    before = PublicKeys.load(office.files.public_keys)
    office.files.public_keys.unlink()
    with office.sessions.begin() as session:
        publish(session, office.files)
    assert PublicKeys.load(office.files.public_keys) == before


def test_the_founders_belong_to_the_office_and_not_to_a_demonstration(office: Office) -> None:
    with office.sessions.begin() as session:
        assert {person.is_demonstration for person in session.exec(select(Staff))} == {False}
