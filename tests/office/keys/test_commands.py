"""The ceremonies as an operator holds them: through `python -m office keys`, with answers from a file."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from sqlalchemy.event import listen, remove
from sqlmodel import Session, select

from office.clock import SetClock
from office.errors import Invalid, OfficeError
from office.keys import commands
from office.keys.asking import AnswerMissing, AnswersUnreadable, FromAFile
from office.keys.checking import KeysNotInOrder
from office.keys.errors import AlreadyBegun, NotBegun, ReasonNeeded, SignInRefused
from office.keys.events import KeyEvent, append_to_journal, read_journal
from office.keys.holders import holders
from office.sealing.boxes import SealingKey
from office.sealing.escrow import recover
from office.sealing.key_files import load_key_file
from office.sealing.public_keys import PublicKey, PublicKeys
from office.settings import DemonstrationOnly
from office.stores.keyroom import OfficeKey
from tests.office.keys.conftest import PASSPHRASES, SECRETS, Office, opened_store

CARME, NADIA = "carme.alos", "nadia.comes"


class Operator:
    """Somebody at a machine of the office, whose clock stands at the office's clock."""

    def __init__(
        self,
        office: Office,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        folder: Path,
    ) -> None:
        self.office, self.environment, self.said, self.folder = office, monkeypatch, capsys, folder
        self.environment.setenv("CONVIVENCIA_HOME", str(office.folder))
        self.environment.setenv("CONVIVENCIA_CASEWORK_URL", f"sqlite:///{office.folder / 'casework.db'}")

    def run(self, *words: str, answers: str | None = None) -> str:
        parser = ArgumentParser()
        commands.add_commands(parser.add_subparsers(required=True))
        given = ["keys", *words]
        if answers is not None:
            path = self.folder / "answers.toml"
            path.write_text(answers, "utf-8")
            path.chmod(0o600)
            given += ["--from-file", str(path)]
        parsed = parser.parse_args(given)
        parsed.run(parsed)
        return self.said.readouterr().out

    def signing_in(self, name: str = CARME, more: str = "") -> str:
        code = self.office.code(name)
        return f"[sign_in]\nname = {name!r}\npassphrase = {PASSPHRASES[name]!r}\ntotp_code = {code!r}\n{more}"


@pytest.fixture
def operator(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Operator:
    told = Operator(office, monkeypatch, capsys, tmp_path)
    stand_at_the_offices_clock(told)
    return told


def stand_at_the_offices_clock(operator: Operator) -> None:
    """The one thing set behind the command: what time it is, for which a real office has no setting."""
    clock = operator.office.clock
    operator.environment.setattr(commands.KeysSettings, "clock", lambda _: clock)


def founders() -> str:
    return "".join(
        f"[[founders]]\nsign_in_name = {name!r}\ndisplay_name = {name.title()!r}\nrole = 'supervisor'\n"
        f"passphrase = {PASSPHRASES[name]!r}\ntotp_secret = {SECRETS[name]!r}\n"
        for name in (CARME, "rafel.bosch")
    )


def test_an_office_begins_and_shows_each_share_once_on_a_page_of_its_own(
    empty: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    operator = Operator(empty, monkeypatch, capsys, tmp_path / "typed")
    operator.folder.mkdir()
    stand_at_the_offices_clock(operator)
    said = operator.run("begin", answers=founders())

    pages = said.partition("Share 1 of 3")[2].split("\f")
    assert len(pages) == 3
    words = [[line.split()[1] for line in page.splitlines() if line.strip()[:1].isdigit()] for page in pages]
    shares = [" ".join(each[:33]) for each in words]
    with empty.sessions.begin() as session:
        escrow = session.get_one(OfficeKey, ("escrow", 1))
    assert SealingKey.from_private_bytes(recover(shares[:2])).public == escrow.public_key
    assert shares[0].encode() not in empty.everything_on_disk()
    for secret in (*PASSPHRASES.values(), *SECRETS.values()):
        assert secret not in said
    assert [event.kind for event in read_journal(empty.files.journal)] == ["keys_begun"]
    checked = operator.run("check")
    assert checked.endswith("every key has at least two active holders\n")
    assert "  story.1 " in checked


def test_a_ceremony_that_comes_to_nothing_leaves_no_key_files(
    empty: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    operator = Operator(empty, monkeypatch, capsys, tmp_path / "typed")
    operator.folder.mkdir()
    stand_at_the_offices_clock(operator)
    one_twice = founders().replace("rafel.bosch", CARME)
    with pytest.raises(OfficeError):
        operator.run("begin", answers=one_twice)
    assert not any(path.exists() for path in (*empty.files.private, empty.files.public_keys))
    operator.run("begin", answers=founders())


def test_if_the_store_fails_at_the_last_moment_no_key_file_is_left_and_the_ceremony_can_be_held_again(
    empty: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    operator = Operator(empty, monkeypatch, capsys, tmp_path / "typed")
    operator.folder.mkdir()
    stand_at_the_offices_clock(operator)

    def power_cut(_: Session) -> None:
        if empty.files.release_signing.exists():
            raise OSError("power cut")

    listen(Session, "before_commit", power_cut)
    try:
        with pytest.raises(OSError, match="power cut"):
            operator.run("begin", answers=founders())
    finally:
        remove(Session, "before_commit", power_cut)
    assert not any(path.exists() for path in (*empty.files.private, empty.files.public_keys))
    operator.run("begin", answers=founders())


def test_a_second_beginning_is_refused_before_anybody_is_asked(operator: Operator) -> None:
    before = {path: path.read_bytes() for path in operator.office.files.private}
    with pytest.raises(AlreadyBegun):
        operator.run("begin", answers="")
    assert {path: path.read_bytes() for path in operator.office.files.private} == before


def test_an_invitation_is_printed_once_and_kept_nowhere(operator: Operator) -> None:
    operator.office.later()
    said = operator.run("invite", NADIA, "--role", "adviser", answers=operator.signing_in())
    code = said.splitlines()[-1]
    assert len(code) == 43
    assert code.encode() not in operator.office.everything_on_disk()


def test_a_key_is_given_taken_back_and_rotated_and_all_is_in_the_journal(operator: Operator) -> None:
    office = operator.office
    office.newcomer()
    office.later()
    assert "story.1" in operator.run("grant", "story", "--to", NADIA, answers=operator.signing_in())
    assert NADIA in operator.run("holders")
    office.later()
    operator.run("revoke", "story", "--from", NADIA, answers=operator.signing_in())
    office.later()
    assert "story.2" in operator.run("rotate", "story", answers=operator.signing_in())
    assert PublicKeys.load(office.files.public_keys).active("story")[0] == "story.2"
    office.later()
    said = operator.run("leave", NADIA, answers=operator.signing_in())
    assert "Access ended." in said
    kinds = [event.kind for event in read_journal(office.files.journal)]
    assert kinds == ["key_granted", "key_revoked", "key_rotated", "holder_left"]
    by = {event.by for event in read_journal(office.files.journal)}
    assert by == {office.person(CARME).id}


def test_the_shares_are_renewed_with_two_of_the_old_ones(operator: Operator) -> None:
    office = operator.office
    office.later()
    escrow = f"[escrow]\nshares = {json.dumps(list(office.shares[:2]))}\nreason = 'a rehearsal'\n"
    said = operator.run("rotate", "escrow", answers=operator.signing_in(more=escrow))
    assert said.count("\f") == 2
    with pytest.raises(OfficeError):
        operator.run("escrow-open", answers=escrow)


def test_the_escrow_gives_the_keys_to_a_newcomer_and_the_services_their_files(operator: Operator) -> None:
    office = operator.office
    office.newcomer()
    before = office.files.statistics.read_bytes()
    office.files.statistics.unlink()
    escrow = f"[escrow]\nshares = {json.dumps(list(office.shares[1:]))}\nreason = 'the machine burnt down'\n"
    operator.run("escrow-open", "--to", NADIA, "--service-files", answers=escrow)
    assert office.files.statistics.read_bytes() == before
    with office.sessions.begin() as session:
        assert NADIA in {person.sign_in_name for person in holders(session)["story.1"]}
    opened, given = read_journal(office.files.journal)
    assert (opened.kind, opened.reason, given.kind) == (
        "escrow_opened",
        "the machine burnt down",
        "key_granted",
    )


def test_the_escrow_without_a_reason_stays_shut(operator: Operator) -> None:
    escrow = f"[escrow]\nshares = {json.dumps(list(operator.office.shares[1:]))}\nreason = ' '\n"
    with pytest.raises(ReasonNeeded):
        operator.run("escrow-open", answers=escrow)
    assert read_journal(operator.office.files.journal) == []


def test_a_wrong_passphrase_changes_nothing(operator: Operator) -> None:
    answers = operator.signing_in().replace("almond", "walnut")
    with pytest.raises(SignInRefused):
        operator.run("rotate", "story", answers=answers)
    assert PublicKeys.load(operator.office.files.public_keys).active("story")[0] == "story.1"


class Slow(FromAFile):
    """Somebody who thinks for five minutes before every answer."""

    clock: SetClock

    def text(self, key: str, question: str) -> str:
        self.clock.move(minutes=5)
        return super().text(key, question)


def test_people_may_take_their_time_at_every_question(
    empty: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    operator = Operator(empty, monkeypatch, capsys, tmp_path / "typed")
    operator.folder.mkdir()
    stand_at_the_offices_clock(operator)
    monkeypatch.setattr(Slow, "clock", empty.clock, raising=False)
    monkeypatch.setattr(commands, "FromAFile", Slow)
    operator.run("begin", answers=founders())
    asked = operator.signing_in().replace("totp_code", "older_code") + f"totp_secret = {SECRETS[CARME]!r}\n"
    assert "story.2" in operator.run("rotate", "story", answers=asked)


def test_a_founders_mistake_is_noticed_before_any_share_is_shown(
    empty: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    operator = Operator(empty, monkeypatch, capsys, tmp_path / "typed")
    operator.folder.mkdir()
    stand_at_the_offices_clock(operator)
    for wrong in (
        founders().replace(PASSPHRASES["rafel.bosch"], "short"),
        founders().replace(SECRETS["rafel.bosch"], "AAAA"),
        founders().replace("role = 'supervisor'", "role = 'mayor'"),
        founders().replace("rafel.bosch", "no spaces"),
    ):
        with pytest.raises(Invalid):
            operator.run("begin", answers=wrong)
        assert "Share" not in capsys.readouterr().out
    assert not any(path.exists() for path in (*empty.files.private, empty.files.public_keys))


def test_a_file_of_answers_others_can_read_is_refused(operator: Operator) -> None:
    path = operator.folder / "open.toml"
    path.write_text(operator.signing_in(), "utf-8")
    path.chmod(0o644)
    with pytest.raises(AnswersUnreadable):
        operator.run("rotate", "story", "--from-file", str(path))


def test_a_missing_answer_is_named_and_nothing_is_guessed(operator: Operator) -> None:
    with pytest.raises(AnswerMissing) as refusal:
        operator.run("rotate", "story", answers="[sign_in]\nname = 'carme.alos'\n")
    assert refusal.value.detail == {"answer": "sign_in.passphrase"}


def test_without_a_ceremony_there_is_nothing_in_order(
    empty: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(NotBegun):
        Operator(empty, monkeypatch, capsys, tmp_path).run("check")


def test_a_check_finds_a_public_key_that_is_not_the_offices(operator: Operator) -> None:
    office = operator.office
    keys = PublicKeys.load(office.files.public_keys)
    false = [
        PublicKey("story", 1, SealingKey.generate().public, True) if key.name == "story" else key
        for key in keys.keys
    ]
    PublicKeys.of(false).save(office.files.public_keys)
    with pytest.raises(KeysNotInOrder, match="public-keys"):
        operator.run("check")


def test_a_check_finds_a_services_file_that_lacks_a_version(operator: Operator) -> None:
    office = operator.office
    old = office.files.notice.read_bytes()
    office.later()
    operator.run("rotate", "notice", answers=operator.signing_in())
    assert len(load_key_file(office.files.notice)) == 2
    office.files.notice.write_bytes(old)
    with pytest.raises(KeysNotInOrder, match=r"notice\.key"):
        operator.run("check")


def test_a_check_finds_a_signing_key_that_is_not_the_active_one(operator: Operator) -> None:
    operator.office.files.release_signing.write_bytes(bytes(range(32)))
    with pytest.raises(KeysNotInOrder, match="release-signing"):
        operator.run("check")


def test_a_check_finds_a_key_with_one_holder(operator: Operator) -> None:
    office = operator.office
    office.later()
    operator.run("revoke", "contact", "--from", "rafel.bosch", answers=operator.signing_in())
    assert "Warning: contact.1" in operator.run("holders")
    with pytest.raises(KeysNotInOrder, match="contact"):
        operator.run("check")


def test_the_demonstration_needs_its_setting(
    empty: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    operator = Operator(empty, monkeypatch, capsys, tmp_path)
    with pytest.raises(DemonstrationOnly):
        operator.run("demonstration")
    monkeypatch.setenv("CONVIVENCIA_DEMO", "1")
    monkeypatch.setenv("CONVIVENCIA_DEMO_NOW", "2026-11-23T10:00:00+01:00")
    operator.run("demonstration")
    maker, close = opened_store(empty.folder)
    with maker.begin() as session:
        assert session.exec(select(OfficeKey)).all()
    close()


def test_a_journal_is_read_back_as_it_was_written_and_only_grows(office: Office) -> None:
    carme = office.person(CARME).id
    events = [
        KeyEvent("escrow_opened", office.clock.now(), None, carme, ("story.1",), (carme,), "línea\nsegunda"),
        KeyEvent("key_rotated", office.clock.now(), by=carme),
    ]
    for event in events:
        append_to_journal(office.files.journal, [event])
    assert read_journal(office.files.journal) == events
    assert office.files.journal.stat().st_mode & 0o777 == 0o600
