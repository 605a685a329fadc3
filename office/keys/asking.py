"""How the operators' commands ask: at a terminal, or from a file for rehearsals and scripts.

Secrets are never shown, never put on a command line and never written anywhere.
"""

import getpass
import sys
import tomllib
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, Protocol

import segno

from office.errors import Invalid
from office.keys.second_factor import code_at, is_secret, new_totp_secret, provisioning_uri
from office.settings import ProcessSettings

OTHERS: Final = 0o077
NEW_PAGE: Final = "\x1b[2J\x1b[3J\x1b[H"
FORM_FEED: Final = "\f"


class AnswerMissing(Invalid):
    """The file of answers lacks one."""

    code = "answer_missing"
    sentence = "The file of answers lacks one that is needed."


class AnswersUnreadable(Invalid):
    """The file of answers is missing, open to other users, or no TOML."""

    code = "answers_unreadable"
    sentence = "The file of answers cannot be read. It must be TOML and readable by you only (mode 600)."


class AnswersDiffer(Invalid):
    """The pass-phrase was typed differently the second time."""

    code = "answers_differ"
    sentence = "The two pass-phrases are not the same. Nothing was changed."


class Answers(Protocol):
    """Somebody or something that answers questions. `key` names the answer in a file of answers."""

    def text(self, key: str, question: str) -> str:
        """Return an answer that may be seen."""
        ...  # a protocol has no body

    def secret(self, key: str, question: str) -> str:
        """Return an answer that nobody may see."""
        ...  # a protocol has no body

    def new_passphrase(self, key: str, question: str) -> str:
        """Return a pass-phrase chosen now."""
        ...  # a protocol has no body

    def new_second_factor(self, key: str, name: str) -> tuple[str, str]:
        """Return a secret for the telephone and a code it shows."""
        ...  # a protocol has no body

    def code(self, key: str) -> str:
        """Return the six digits of the moment."""
        ...  # a protocol has no body

    def show_pages(self, pages: list[str]) -> None:
        """Show each page alone, once."""
        ...  # a protocol has no body


def say(line: str = "") -> None:
    """Tell the operator something that is no secret."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class AtTheTerminal:
    """A person at the terminal."""

    def text(self, key: str, question: str) -> str:
        """Ask for a line."""
        sys.stdout.write(f"{question}: ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise AnswerMissing(answer=key)
        return line.strip()

    def secret(self, key: str, question: str) -> str:
        """Ask without an echo."""
        return getpass.getpass(f"{question}: ")

    def new_passphrase(self, key: str, question: str) -> str:
        """Ask twice."""
        first = self.secret(key, question)
        if self.secret(key, "The same again") != first:
            raise AnswersDiffer
        return first

    def new_second_factor(self, key: str, name: str) -> tuple[str, str]:
        """Show a QR code for the telephone and ask for its code."""
        secret = new_totp_secret()
        say("Read this with the authenticator app on your telephone:")
        segno.make(provisioning_uri(secret, name)).terminal(out=sys.stdout, compact=True)
        say(f"or type this into it: {secret}")
        code = self.text(key, "The six digits it shows now")
        sys.stdout.write(NEW_PAGE)
        return secret, code

    def code(self, key: str) -> str:
        """Ask for the six digits."""
        return self.text(key, "The six digits on your telephone")

    def show_pages(self, pages: list[str]) -> None:
        """Show a page, wait, clear the screen, show the next."""
        for page in pages:
            sys.stdout.write(NEW_PAGE + page + "\n")
            self.text("", "Press Enter when it is written down and nobody else can see the screen")
        sys.stdout.write(NEW_PAGE)
        sys.stdout.flush()


class FromAFile:
    """Answers written beforehand, in TOML; `founders.0.passphrase` is the first founder's."""

    def __init__(self, path: Path, settings: ProcessSettings) -> None:
        self._clock = settings.clock()
        try:
            mode = path.stat().st_mode
            if S_ISREG(mode) and mode & OTHERS:
                raise AnswersUnreadable(file=path.name)
            self._told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise AnswersUnreadable(file=path.name) from error

    def text(self, key: str, question: str) -> str:
        """Return the answer of this name."""
        found = self._find(key)
        if found is None:
            raise AnswerMissing(answer=key)
        return found

    def secret(self, key: str, question: str) -> str:
        """Return the answer of this name."""
        return self.text(key, question)

    def new_passphrase(self, key: str, question: str) -> str:
        """Return the answer of this name."""
        return self.text(key, question)

    def new_second_factor(self, key: str, name: str) -> tuple[str, str]:
        """Return the secret of this name and its code of the moment."""
        secret = self.text(key, name)
        return secret, self._code_of(secret)

    def code(self, key: str) -> str:
        """Return the code, made from the secret if the file has that."""
        secret = self._find(key.replace("totp_code", "totp_secret"))
        return self._code_of(secret) if secret else self.text(key, "")

    def show_pages(self, pages: list[str]) -> None:
        """Write the pages one after the other, each on a sheet of its own when printed."""
        sys.stdout.write(FORM_FEED.join(page + "\n" for page in pages))
        sys.stdout.flush()

    def _code_of(self, secret: str) -> str:
        return code_at(secret, self._clock.now()) if is_secret(secret) else ""

    def _find(self, key: str) -> str | None:
        found: Any = self._told
        for part in key.split("."):
            if isinstance(found, list) and part.isdecimal() and int(part) < len(found):
                found = found[int(part)]
            elif isinstance(found, dict):
                found = found.get(part)
            else:
                return None
        return found if isinstance(found, str) else None
