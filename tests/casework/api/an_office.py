"""A small office with something to show on every page of cases, lists and the office itself."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from casework.supervision.tables import ClosureReview
from office.handover.report import Languages
from office.sealing.boxes import SealingKey
from tests.casework.conflicts.people import add, declare
from tests.casework.desk import NOW, said
from tests.casework.feedback.test_feedback import say
from tests.casework.matrix.filling import filled, sent
from tests.casework.matrix.people import Office
from tests.casework.matrix.straight import without_threads
from tests.casework.merges.pairs import together
from tests.casework.queues.test_cover import away
from tests.casework.residents import Reporter
from tests.casework.test_relays import AN_ASSOCIATION

TOLD: Final = "Me cerraron la puerta al oírme <hablar> & se rieron."
COMPANY: Final = "Inmobiliaria Sol SL"


@dataclass(frozen=True)
class Shown:
    """The office. Attributes: numbers of its cases and reports, ids of what `mine` holds, and a review."""

    office: Office
    mine: str
    own: dict[str, str]
    report: str
    same: str
    closed: str
    leading: str
    under: str
    asked: str
    settled: str
    review: str

    def version(self, number: str) -> int:
        """Return the version of a case as it is kept."""
        return self.office.case(Reporter(number, SealingKey.generate())).version

    def told(self, who: str, path: str) -> Any:
        """Return what a program is told of a page, in Spanish."""
        joint = "&" if "?" in path else "?"
        answer = self.office.signed_in(who).get(f"/api/v1/{path}{joint}language=es")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sent(self, who: str, path: str, **fields: Any) -> Any:
        """Send what a program sends, and return what it is told."""
        client: Any = self.office.signed_in(who)
        answer = client.post(f"/api/v1/{path}?language=es", json=fields)
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def shown(made: Path, folder: Path) -> Iterator[Shown]:
    """Open the office in a folder, from stores made once."""
    shutil.copytree(made, folder)
    office = Office(folder, f"sqlite:///{folder}/mailbox.db", f"sqlite:///{folder}/casework.db")
    with pytest.MonkeyPatch.context() as patch:
        without_threads(patch)
        try:
            yield _furnished(office)
        finally:
            office.close()


def _furnished(office: Office) -> Shown:
    laila, amparo = office.signed_in("laila"), office.signed_in("amparo")
    spoken = Languages(spoken="ar", interpreter_code="spoken", prefers_talking=True)
    mine, own = filled(office, "laila", COMPANY, text=TOLD, languages=spoken)
    first, second = office.report(urgency="danger", in_danger=True), office.report()
    sent(office, amparo, f"/es/inbox/{first.case_number}/incident", account=[second.case_number])
    closed = office.a_case(text="Otra cosa.")
    office.close_case(closed, second="vicent", why="No corre nada más.", text="Hemos terminado.")
    leading, under = office.a_case(text="El autobús no paró."), office.a_case(text="Tampoco a mí.")
    _done(together(office, laila, leading, under))
    asked = office.a_case("pau")
    _done(declare(office.signed_in("vicent"), asked))
    _done(office.ask_to_close(asked, "amparo", text="Cerramos.", despite_deadlines="Nada que hacer."))
    _done(away(office, office.signed_in("pau"), "laila", NOW.date(), date(2026, 12, 4)))
    sent(office, amparo, "/es/relays", **AN_ASSOCIATION)
    add(laila, leading, COMPANY, role="represented", aliases="Sol")
    return Shown(
        office,
        mine.case_number,
        dict(own),
        first.case_number,
        second.case_number,
        closed.case_number,
        leading.case_number,
        under.case_number,
        asked.case_number,
        _settled(office),
        _drawn(office, closed),
    )


def _settled(office: Office) -> str:
    reporter = office.report(advise=False)
    path = f"/es/inbox/{reporter.case_number}/settling"
    sent(office, office.signed_in("amparo"), path, reason="anonymous_record", text="Contado.")
    say(office, reporter, "no", "Nadie me llamó.")
    return reporter.case_number


def _drawn(office: Office, closed: Reporter) -> str:
    with office.writing() as session:
        row = ClosureReview(case_id=office.case(closed).id, month=f"{NOW:%Y-%m}")
        session.add(row)
        session.flush()
        return str(row.id)


def _done(answer: Any) -> None:
    assert answer.status_code == 303, said(answer.text)
