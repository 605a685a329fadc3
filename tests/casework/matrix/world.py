"""The office of the matrix: one case for each way in which a case can be shut, everything on each."""

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlmodel import select

from casework.incidents.tables import IncidentMember
from casework.patterns.tables import CasePattern, PatternMember
from casework.queues.tables import Absence
from casework.relays.tables import Relay
from casework.supervision.tables import ClosureReview
from office.ids import new_case_number
from tests.casework.appointments import meeting
from tests.casework.appointments.test_changing_hands import a_clinic
from tests.casework.authority_requests.entries import FORM, entry
from tests.casework.conflicts.people import declare
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import NOW, said
from tests.casework.hearings import hearings
from tests.casework.interpreters.tongues import add as add_interpreter
from tests.casework.matrix.filling import filled, sent
from tests.casework.matrix.people import PEOPLE, Office
from tests.casework.mediation.steps import name_mediator
from tests.casework.merges.pairs import together
from tests.casework.queues.test_cover import away
from tests.casework.residents import Reporter
from tests.casework.test_relays import AN_ASSOCIATION

Filling = Mapping[str, str]
"""What stands in an address in the place of its names in braces."""

PATTERN: Final = "Inmobiliaria Sol SL"
BODY: Final = "021"
YEAR: Final = str(NOW.year)
TRACES: Final = ("event", "chain_head")
"""Tables of the timeline, in which a refused attempt leaves its line."""


@dataclass
class World:
    """A built office. Attributes: `subjects`, by kind and name, what fills the addresses of each."""

    office: Office
    subjects: dict[str, dict[str, Filling]]
    numbers: dict[str, tuple[str, str]]
    kept: Path
    served: str

    def restore(self) -> None:
        """Make the store what it was when the office was built."""
        with closing(sqlite3.connect(self.kept)) as source, closing(self._store()) as store:
            source.backup(store)

    def keep(self) -> None:
        """Remember the store as it is now."""
        with closing(sqlite3.connect(self.kept)) as copy, closing(self._store()) as store:
            store.backup(copy)

    def _store(self) -> sqlite3.Connection:
        return sqlite3.connect(self.office.folder / "casework.db", isolation_level=None)

    def changed(self) -> list[str]:
        """Return the tables in which a row is other than when the office was built; the timeline grows."""
        with closing(self._store()) as store:
            store.execute("attach database ? as kept", (str(self.kept),))
            names = store.execute("select name from sqlite_master where type = 'table'").fetchall()
            return [name for (name,) in sorted(names) if name not in TRACES and _differ(store, name)]

    def events(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Return kind, who and detail of every event, in the order in which they were written."""
        with closing(self._store()) as store:
            found = store.execute('select kind, "by", detail from event order by rowid').fetchall()
        return [(kind, str(by), json.loads(detail)) for kind, by, detail in found]

    def not_on_record(self, refused: list[tuple[str, str]], before: int, who: str) -> list[str]:
        """Return which of these refused attempts of somebody are not on record since then, each once."""
        if not refused:
            return []
        own = self.office.staff_id(who)
        there = [
            str(detail["number"])
            for kind, by, detail in self.events()[before:]
            if kind == "door_refused" and by in (own.hex, str(own))
        ]
        for place, (number, what) in enumerate(refused):
            if place >= len(there) or there[place] != number:
                return [f"{what}: the refused attempt is not on record"]
        return [] if len(there) == len(refused) else [f"{who}: doors are on record at which nobody stood"]


def _differ(store: sqlite3.Connection, table: str) -> bool:
    """Say whether two copies of a table differ in any row."""
    ways = (("main", "kept"), ("kept", "main"))
    return any(
        store.execute(
            f'select exists (select * from {one}."{table}" except select * from {other}."{table}")'
        ).fetchone()[0]
        for one, other in ways
    )


def built(office: Office) -> World:
    """Build the office."""
    office.join()
    for name in ("pau", "iris"):
        name_mediator(office, name)
    cases = _cases(office)
    reports = _reports(office, cases)
    patterns = _patterns(office, cases)
    subjects = {
        "case": cases,
        "report": reports,
        "mediation": {
            name: {"mediation": own["mediation"], "step": own["step"]} for name, own in cases.items()
        },
        "incident": _incidents(office, cases, reports),
        "pattern": patterns,
        "question": {
            **{name: {**own, "number": cases["mine"]["number"]} for name, own in patterns.items()},
            "of_another": {**patterns["agreed"], "number": cases["colleagues"]["number"]},
        },
        "review": {"closed": {"review": _review(office, cases["closed"])}},
        "request": _requests(office),
        "staff": {name: {"staff_id": str(office.staff_id(name))} for name in ("pau", "berta")},
        "absence": {"of_nuria": {"absence": _absence(office)}},
        "relay": {"association": {"relay_id": _relay(office)}},
        "access": {"of_ferran": {"relay_id": _access(office)}},
        "closing": {"nobodys": {"own": str(office.staff_id("laila"))}},
        "passkey": {"nobodys": {"passkey_id": str(office.staff_id("laila"))}},
        **_meeting(office),
        "body": {"listed": {"body": BODY}},
        "interpreter": {"listed": {"interpreter": str(add_interpreter(office).id)}},
        "calendar": {"of_laila": {"token": _calendar(office, "laila")}, "nobodys": {"token": "A" * 43}},
        "year": {"this": {"year": YEAR}},
    }
    _leave(office)
    for name in PEOPLE:  # a sign-in is a change too: it comes before the store is remembered
        if name != "omar":
            office.signed_in(name)
    numbers = {
        own["number"]: (kind, name)
        for kind in ("report", "case")
        for name, own in subjects[kind].items()
        if name != "taken_up"
    }
    style = re.search(r'href="/static/([^"]+)"', office.stranger().get("/es/sign-in").text)
    assert style is not None
    world = World(office, subjects, numbers, office.folder / "kept.db", style[1])
    world.keep()
    return world


def _cases(office: Office) -> dict[str, Filling]:
    amparo, laila, berta = (office.signed_in(name) for name in ("amparo", "laila", "berta"))
    who: dict[str, Reporter] = {}
    found: dict[str, Filling] = {}
    made = {  # whose it is first, the company, who mediates
        "mine": ("laila", PATTERN, "pau"),
        "leading": ("laila", "Cafetería Estrella", ""),
        "under": ("laila", "Cafetería Cometa", ""),
        "closed": ("laila", PATTERN, "iris"),
        "recused": ("laila", "Hotel Luna", "iris"),
        "given": ("laila", "Gimnasio Nube", "iris"),
        "colleagues": ("pau", PATTERN, "iris"),
        "covered": ("nuria", "Academia Viento", "iris"),
        "walled": ("pau", "Discoteca Lluvia", "marina"),
    }
    for name, (adviser, company, mediator) in made.items():
        who[name], found[name] = filled(office, adviser, company, mediator)
    who["city"], found["city"] = filled(office, "vicent", "Ayuntamiento", city=True)
    _accepted(together(office, laila, who["leading"], who["under"]))
    _accepted(declare(laila, who["recused"]), declare(berta, who["walled"]))
    for name, reason in (("recused", "conflict"), ("given", "load")):
        case = office.case(who[name])
        given = {"version": str(case.version), "adviser": str(office.staff_id("pau")), "reason": reason}
        sent(office, amparo, f"/es/cases/{case.reference}/adviser", **given)
    _accepted(meeting.do(office, laila, who["closed"], "cancelling"))
    (hearing,) = [row for row in hearings.rows(office) if str(row.id) == found["closed"]["hearing"]]
    _accepted(hearings.end(laila, who["closed"], hearing, "cancelled"))
    office.close_case(who["closed"], second="vicent", why="No corre nada más.")
    today = NOW.date()
    _accepted(away(office, office.signed_in("nuria"), "laila", today, today))
    return found


def _reports(office: Office, cases: Mapping[str, Filling]) -> dict[str, Filling]:
    found = {}
    for name, is_city in (("plain", False), ("same", False), ("settled", False), ("apart", True)):
        heard = office.a_file(b"OggS sound", "voz.ogg", "audio/ogg")
        own = office.report(files=(heard,), city=is_city)
        found[name] = {"number": own.case_number, "file_id": str(heard.file_id)}
    address = f"/es/inbox/{found['settled']['number']}/settling"
    sent(office, office.signed_in("iris"), address, reason="completed", text="Gracias.")
    mine = cases["mine"]
    return {**found, "taken_up": {"number": mine["number"], "file_id": mine["file_id"]}}


def _incidents(
    office: Office, cases: Mapping[str, Filling], reports: Mapping[str, Filling]
) -> dict[str, Filling]:
    amparo, found = office.signed_in("amparo"), {}
    for name, first, second in (
        ("of_reports", f"inbox/{reports['plain']['number']}", reports["same"]),
        ("of_cases", f"cases/{cases['mine']['number']}", cases["colleagues"]),
        ("of_the_city", f"inbox/{reports['apart']['number']}", cases["city"]),
    ):
        sent(office, amparo, f"/es/{first}/incident", account=[second["number"]])
        with office.reading() as session:
            wanted = select(IncidentMember).where(IncidentMember.case_number == second["number"])
            found[name] = {"incident_id": str(session.exec(wanted).one().incident_id)}
    return found


def _patterns(office: Office, cases: Mapping[str, Filling]) -> dict[str, Filling]:
    """Ask about every pattern there is; to one of them all advisers agree."""
    amparo = office.signed_in("amparo")
    while 'name="pattern" value="' in (page := amparo.get("/es/patterns").text):
        handle = page.partition('name="pattern" value="')[2][:32]
        sent(office, amparo, "/es/patterns", pattern=handle)
    with office.reading() as session:
        kinds = {kind: own for own, kind in session.exec(select(CasePattern.id, CasePattern.kind_code))}
        members = session.exec(
            select(PatternMember.case_id).where(PatternMember.pattern_id == kinds["respondent"])
        ).all()
    agreed = {"mine": "laila", "closed": "laila", "colleagues": "pau"}
    assert len(members) == len(agreed)
    for name, adviser in agreed.items():
        form = {"number": cases[name]["number"], "answer": "agreed", "was": ""}
        sent(office, office.signed_in(adviser), f"/es/patterns/{kinds['respondent']}/answer", **form)
    return {"agreed": {"own": str(kinds["respondent"])}, "unanswered": {"own": str(kinds["codes"])}}


def _review(office: Office, closed: Filling) -> str:
    with office.writing() as session:
        case = office.case(Reporter(closed["number"], None))  # type: ignore[arg-type]  # only its number
        row = ClosureReview(case_id=case.id, month=f"{NOW:%Y-%m}")
        session.add(row)
        session.flush()
        return str(row.id)


def _requests(office: Office) -> dict[str, Filling]:
    found = {}
    for name in ("laila", "iris", "marina"):
        answer = office.signed_in(name).post(FORM, data=entry())
        _accepted(answer)
        reference = answer.headers["location"].rpartition("/")[2].partition("?")[0]
        found[f"of_{name}"] = {"reference": str(reference)}
    return found


def _absence(office: Office) -> str:
    with office.reading() as session:
        return str(session.exec(select(Absence.id)).one())


def _relay(office: Office) -> str:
    sent(office, office.signed_in("amparo"), "/es/relays", **AN_ASSOCIATION)
    with office.reading() as session:
        return str(session.exec(select(Relay.id)).one())


def _access(office: Office) -> str:
    """Let Ferran make an access of his own; nobody made one before but Amparo."""
    until = day_fields("until", date(2026, 11, 30))
    sent(
        office, office.signed_in("ferran"), "/es/assisting", relay_name="Orriols", channel="outreach", **until
    )
    with office.reading() as session:
        return str(session.exec(select(Relay.id).where(Relay.made_by == office.staff_id("ferran"))).one())


def _meeting(office: Office) -> dict[str, dict[str, Filling]]:
    """A place, a clinic at it with an hour kept for nobody here, and a free hour of Laila's."""
    place = meeting.a_place(office)
    made = office.signed_in("amparo").post("/es/clinics", data=a_clinic(office, place, "ferran"))
    _accepted(made)
    clinic = made.headers["location"].rpartition("/")[2].partition("?")[0]
    hours = [one for one in meeting.slots(office, state="free") if str(one.clinic_id) == clinic]
    kept = str(hours[0].id)
    form = {"filed_number": new_case_number(), "filed_hour": kept}
    _accepted(office.signed_in("ferran").post(f"/es/clinics/{clinic}/filed", data=form))
    _accepted(meeting.hours(office.signed_in("laila"), first="19:00", until="19:30"))
    (free,) = [one for one in meeting.slots(office, state="free") if one.minute == 19 * 60]
    return {
        "site": {"library": {"site": str(place)}, "new": {"site": "new"}},
        "clinic": {"of_ferran": {"clinic": clinic, "slot": kept}},
        "slot": {"of_laila": {"slot": str(free.id)}},
    }


def _calendar(office: Office, name: str) -> str:
    page = office.signed_in(name).post("/es/calendar", data={"do": "make"}).text
    return page.partition("/calendar/")[2].partition("<")[0].strip()


def _leave(office: Office) -> None:
    """Somebody who was signed in leaves; their browser keeps its cookie."""
    office.signed_in("omar")
    sent(office, office.signed_in("amparo"), f"/es/staff/{office.staff_id('omar')}/leaving")


def _accepted(*answers: Any) -> None:
    for answer in answers:
        assert answer.status_code == 303, said(answer.text)
