"""The desk is killed or its disk takes no more while advisers write: what it said it kept is there.

Real processes and real files, as in `test_killed.py` for the residents' service.
"""

import resource
import threading
from contextlib import closing
from datetime import UTC, datetime
from html import unescape
from itertools import count
from pathlib import Path

from office.keys.demonstration import demonstration_staff
from office.languages import language
from office.stores.errors import StoreUnavailable
from tests.journeys.senders import CutOff, Link, words
from tests.support.office import TriedOffice, tried_office
from tests.support.reports import post_json, report

STAFF = {one.sign_in_name.partition(".")[0]: one for one in demonstration_staff()}
SENTENCE = language("es", "staff").gettext(StoreUnavailable.sentence)
KILLS = 2
NOTES_BETWEEN = 4


def signed_in(office: TriedOffice, name: str) -> Link:
    """Sign in as a browser does."""
    link, person = Link(office.service("casework").port), STAFF[name]
    code = person.code(datetime.now(UTC))
    fields = {"name": person.sign_in_name, "passphrase": person.passphrase, "code": code}
    assert link.form("/es/sign-in", fields).status == 303
    return link


def a_case(office: TriedOffice) -> str:
    """Return the number of a case of Laila's, reported at the door and taken up by a supervisor."""
    sent = post_json(f"{office.address('intake')}/api/v1/reports", report("No me alquilaron el piso."))
    assert sent.status == 201
    number = str(sent.body["case_number"]).replace("-", "")
    office.collect()
    with closing(signed_in(office, "amparo")) as amparo:
        page = unescape(amparo.get(f"/es/inbox/{number}").text)
        adviser = page.partition("Laila Imaginaria")[0].rpartition('value="')[2].partition('"')[0]
        assert amparo.form(f"/es/inbox/{number}/taking-up", {"adviser": adviser}).status == 303
    return number


class Writer(threading.Thread):
    """An adviser who keeps one note after the other, and knows which the desk said it kept."""

    def __init__(self, office: TriedOffice, who: str, number: str, numbers: "count[int]") -> None:
        super().__init__(daemon=True)
        self.link, self.number, self.numbers = signed_in(office, who), number, numbers
        self.kept: list[str] = []
        self.unknown: list[str] = []
        self.enough = threading.Event()

    def run(self) -> None:
        try:
            while True:
                text = f"Nota {next(self.numbers)} del expediente."
                self.unknown.append(text)
                answer = self.link.form(f"/es/cases/{self.number}/notes", {"note": text})
                assert answer.status == 303, answer.status
                self.kept.append(self.unknown.pop())
                if len(self.kept) >= NOTES_BETWEEN:
                    self.enough.set()
        except CutOff:
            self.link.close()


def thread_of(office: TriedOffice, number: str) -> str:
    """Return the words of the case's page."""
    with closing(signed_in(office, "laila")) as laila:
        page = laila.get(f"/es/cases/{number}")
    assert page.status == 200
    return words(page.text)


def assert_timeline_is_whole(office: TriedOffice) -> None:
    office.step(
        "casework", "verify-timeline", settings=office.office.known_to("CASEWORK_URL", "PUBLIC_KEYS", "HOME")
    )


def test_a_killed_desk_has_every_note_it_said_it_kept_once(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        office.start("intake", "casework")
        number, numbers = a_case(office), count(1)
        kept: list[str] = []
        unknown: list[str] = []
        for _ in range(KILLS):
            writers = [Writer(office, who, number, numbers) for who in ("laila", "vicent")]
            for one in writers:
                one.start()
            assert all(one.enough.wait(60) for one in writers)
            office.kill("casework")
            for one in writers:
                one.join(60)
                assert not one.is_alive()
                kept += one.kept
                unknown += one.unknown
            office.start("casework")
        told = thread_of(office, number)
        assert len(kept) >= KILLS * 2 * NOTES_BETWEEN
        assert {text: told.count(text) for text in kept} == dict.fromkeys(kept, 1)
        assert all(told.count(text) <= 1 for text in unknown)
        assert_timeline_is_whole(office)


def test_a_desk_whose_files_may_not_grow_gives_back_what_was_typed(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        office.start("intake", "casework")
        number = a_case(office)
        with closing(signed_in(office, "laila")) as laila:
            notes = f"/es/cases/{number}/notes"
            assert laila.form(notes, {"note": "Se guardó antes."}).status == 303
            process = office.running["casework"].process.pid
            before = resource.prlimit(process, resource.RLIMIT_FSIZE)
            resource.prlimit(process, resource.RLIMIT_FSIZE, (8192, before[1]))
            long = "Lo que dijo la agencia, palabra por palabra. " * 200
            refused = laila.form(notes, {"note": long})
            resource.prlimit(process, resource.RLIMIT_FSIZE, before)
            assert refused.status == 503
            assert SENTENCE in words(refused.text)
            assert long in unescape(refused.text)
            assert "Traceback" not in refused.text
            assert laila.form(notes, {"note": long}).status == 303
        office.kill("casework")
        office.start("casework")
        told = thread_of(office, number)
        assert (told.count(long.strip()), told.count("Se guardó antes.")) == (1, 1)
        assert_timeline_is_whole(office)
