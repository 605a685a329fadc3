"""The first ceremony at a real terminal: what is seen, what is not, and in which order."""

import os
import pty
import re
import select
import sys
import time
from datetime import UTC, datetime

import pytest

from office.keys.second_factor import code_at
from office.sealing.boxes import SealingKey
from office.sealing.escrow import recover
from office.stores.keyroom import OfficeKey
from tests.office.keys.conftest import PASSPHRASES, Office

PATIENCE = 60.0
CLEARED = "\x1b[2J\x1b[3J\x1b[H"


class Terminal:
    """A process at a terminal of its own, and what it showed."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self.child, self.handle = pty.fork()
        if self.child == 0:
            os.execve(sys.executable, [sys.executable, *words], environment)
        self.seen, self.read_up_to = "", 0

    def wait_for(self, text: str) -> str:
        """Return what was shown since the last wait, up to `text`."""
        until = time.monotonic() + PATIENCE
        while text not in self.seen[self.read_up_to :]:
            ready, _, _ = select.select([self.handle], [], [], max(0, until - time.monotonic()))
            try:
                more = os.read(self.handle, 65_536) if ready else b""
            except OSError:  # the process ended
                more = b""
            if not more:
                raise AssertionError(f"waited for {text!r}, saw {self.seen[self.read_up_to :]!r}")
            self.seen += more.decode(errors="replace")
        end = self.seen.index(text, self.read_up_to) + len(text)
        shown, self.read_up_to = self.seen[self.read_up_to : end], end
        return shown

    def type(self, line: str) -> None:
        os.write(self.handle, line.encode() + b"\n")

    def end(self) -> int:
        try:
            while os.read(self.handle, 65_536):
                pass
        except OSError:
            pass
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_the_first_ceremony_at_a_terminal(empty: Office) -> None:
    terminal = Terminal(
        ["-m", "office", "keys", "begin"],
        {
            **os.environ,
            "CONVIVENCIA_HOME": str(empty.folder),
            "CONVIVENCIA_CASEWORK_URL": f"sqlite:///{empty.folder / 'casework.db'}",
        },
    )
    for name in ("carme.alos", "rafel.bosch"):
        terminal.wait_for("Sign-in name: ")
        terminal.type(name)
        terminal.wait_for("colleagues see it: ")
        terminal.type(name.title())
        terminal.wait_for("): ")
        terminal.type("supervisor")
        terminal.wait_for("belong together): ")
        terminal.type(PASSPHRASES[name])
        terminal.wait_for("The same again: ")
        terminal.type(PASSPHRASES[name])
        shown = terminal.wait_for("it shows now: ")
        found = re.search(r"or type this into it: ([A-Z2-7]{32})", shown)
        assert found
        terminal.type(code_at(found[1], datetime.now(UTC)))

    shares = []
    for number in (1, 2, 3):
        before, cleared, page = terminal.wait_for("nobody else can see the screen: ").rpartition(CLEARED)
        assert cleared and "Share" not in before
        assert f"Share {number} of 3" in page
        words = re.findall(r"^ *\d+\. (\w+)\r?$", page, re.MULTILINE)
        assert len(words) == 33
        shares.append(" ".join(words))
        assert not empty.files.statistics.exists()
        terminal.type("")
    last = terminal.wait_for("The office has its keys.")
    assert last.replace("\r\n", "\n").startswith("\n" + CLEARED)
    terminal.wait_for("story.1")
    assert terminal.end() == 0

    for passphrase in PASSPHRASES.values():
        assert passphrase not in terminal.seen
    with empty.sessions.begin() as session:
        escrow = session.get_one(OfficeKey, ("escrow", 1))
    assert SealingKey.from_private_bytes(recover([shares[2], shares[0]])).public == escrow.public_key
