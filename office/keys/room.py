"""The room in which a ceremony is held: the office's settings, its keyroom, its files, and who answers."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import Field
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from office.keys import ceremony, people
from office.keys.asking import Answers, say
from office.keys.checking import fingerprint
from office.keys.events import KeyEvent, append_to_journal
from office.keys.files import KeyFiles, public_halves, publish
from office.keys.personal import SignedIn
from office.settings import ProcessSettings, usual_place, usual_store
from office.stores.keyroom import ROLES


class KeysSettings(ProcessSettings):
    """What the operators' commands are told.

    Attributes:
        casework_url: the store that holds the keyroom.
        public_keys: the file of public halves.
        statistics_key: the private file of the nightly hand-over.
        notice_key: the private file of the mailer.
        signing_key: the private file that signs releases.
    """

    casework_url: str = Field(default_factory=usual_store("casework"))
    public_keys: Path = Field(default_factory=usual_place("public_keys"))
    statistics_key: Path = Field(default_factory=usual_place("statistics_key"))
    notice_key: Path = Field(default_factory=usual_place("notice_key"))
    signing_key: Path = Field(default_factory=usual_place("signing_key"))

    def files(self) -> KeyFiles:
        """Return the key files these settings name."""
        return KeyFiles(
            public_keys=self.public_keys,
            statistics=self.statistics_key,
            notice=self.notice_key,
            release_signing=self.signing_key,
        )


@dataclass(frozen=True, slots=True)
class Room:
    """What a command works with."""

    settings: KeysSettings
    sessions: sessionmaker[Session]
    files: KeyFiles
    answers: Answers

    @property
    def at(self) -> datetime:
        """The present instant: people take their time between one question and the next."""
        return self.settings.clock().now()

    def sign_in(self) -> SignedIn:
        """Ask whoever does this to sign in."""
        name = self.answers.text("sign_in.name", "Your sign-in name")
        passphrase = self.answers.secret("sign_in.passphrase", "Your pass-phrase")
        code = self.answers.code("sign_in.totp_code")
        return people.sign_in(self.sessions, name, passphrase, code, at=self.at, demo=self.settings.demo)

    def done(self, *events: KeyEvent, publishing: bool = False) -> None:
        """Write down what was done and, if keys were made, publish their public halves."""
        if publishing:
            with self.sessions.begin() as session:
                publish(session, self.files)
        append_to_journal(self.files.journal, list(events))

    def founder(self, number: int) -> ceremony.Founder:
        """Ask one of the first two holders who they are, and for what only they know."""
        where, ask = f"founders.{number}", self.answers
        say(f"Founder {number + 1} of 2")
        name = ask.text(f"{where}.sign_in_name", "Sign-in name")
        display = ask.text(f"{where}.display_name", "Name as colleagues see it")
        role = ask.text(f"{where}.role", f"Role ({', '.join(ROLES)})")
        passphrase = ask.new_passphrase(
            f"{where}.passphrase", "Pass-phrase (14 characters, or four words that do not belong together)"
        )
        secret, code = ask.new_second_factor(f"{where}.totp_secret", name)
        founder = ceremony.Founder(name, display, role, passphrase, secret, code, typed_at=self.at)
        ceremony.check_founder(founder, at=self.at)
        return founder

    def shares(self) -> list[str]:
        """Ask for two shares of the escrow."""
        return [
            self.answers.secret(f"escrow.shares.{number}", f"Share {number + 1} of the two")
            for number in (0, 1)
        ]

    def say_fingerprints(self) -> None:
        """Say the fingerprints of the active keys, to be compared on paper."""
        with self.sessions.begin() as session:
            for key in public_halves(session).keys:
                if key.is_active:
                    say(f"  {key.key_name:<20} {fingerprint(key.public_key)}")


def share_pages(made: tuple[str, ...]) -> list[str]:
    """Return one page for each share, to be written down by hand."""
    return [
        f"Share {number} of {len(made)} of the escrow. Any two open every key of the office.\n"
        f"Write the words down by hand, with their numbers, and keep them apart from the other shares.\n\n"
        + "\n".join(f"{place:>3}. {word}" for place, word in enumerate(share.split(), start=1))
        for number, share in enumerate(made, start=1)
    ]
