"""Whatever is done with a case in whatever order: state, stage, lists and timeline say the same."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from casework.acts import Act
from casework.appointments.actions import Hand, book, cancel, offer
from casework.appointments.queries import Standing, standing
from casework.appointments.tables import MeetingSlot
from casework.appointments.waiting import open_row
from casework.cases.actions import leave_trace
from casework.cases.assigning import change_hands
from casework.cases.moving import move_case
from casework.cases.reopening import reopen_case
from casework.cases.rules import MOVES
from casework.cases.tables import CaseFile
from casework.staff.sessions import SignedIn
from casework.states.closing import End, ask_to_close, close_as_asked
from casework.states.content import ClosingWords, VoidWords
from casework.states.deciding import send_back, take_back
from casework.states.queries import in_state, state_of_case
from casework.states.returning import give_back, keep_with_adviser
from casework.states.rules import NEXT, STAGES_OF, STATES, Facts, state_of
from casework.states.tables import KINDS
from casework.states.voiding import ask_back, ask_to_void, make_void, take_void_back
from casework.tasks.actions import set_next_action
from casework.transactions import attempt
from office.errors import OfficeError
from office.keys.people import sign_in
from office.languages.registry import language
from office.stores.keyroom import Staff
from tests.casework.appointments.meeting import hours
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import CITY, STAFF, Desk
from tests.casework.states.log import told_by_the_log

PEOPLE = ("amparo", "vicent", "laila")
END = End(("information",), "support_given", "completed")


def test_no_state_goes_together_with_another_stage() -> None:
    for stage, *facts in product(MOVES, *[(False, True)] * 6):
        state = state_of(Facts(stage, *facts))
        assert stage in STAGES_OF[state], (stage, facts)
    assert set(STAGES_OF) == set(NEXT) == set(STATES)
    assert all(STATES.keys() >= states for states in NEXT.values())


class Office:
    """One case and everybody who may do something with it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.reporter = desk, desk.a_case("laila")
        scan(desk, desk.signed_in("laila"), self.reporter, None, reason="None runs.")
        desk.ready_to_advise(self.reporter)
        hours(desk.signed_in("amparo"), "video")
        sessions, now = desk.app.state.desk.sessions, desk.clock.now()
        self.people = {}
        for name in PEOPLE:
            one = STAFF[name]
            door = sign_in(sessions, one.sign_in_name, one.passphrase, one.code(now), at=now, demo=True)
            self.people[name] = SignedIn.from_door(door)
        self.at = now

    def act(self, name: str) -> Act:
        self.at += timedelta(seconds=1)
        return Act(self.people[name], self.at, CITY, self.desk.keys)

    def do(self, session: Session, case: CaseFile, what: str, chance: random.Random) -> None:
        """Try one act of somebody; most are refused where they do not fit."""
        who = self.act(chance.choice(PEOPLE))
        version: Any = {"version": case.version}
        words, void = ClosingWords(text="Fin.", despite="x"), VoidWords(text="Fin.", why="x")
        reopened = {**version, "next_on": None, "text": ""}
        acts: dict[str, Callable[[], Any]] = {
            "look": lambda: leave_trace(session, case, who),
            "move": lambda: move_case(
                session, case, chance.choice(tuple(MOVES)), who, **reopened, without="x"
            ),
            "advise": lambda: move_case(session, case, "advice", self.act("amparo"), **reopened),
            "give_back": lambda: give_back(
                session, case, "load", "No llego.", self._adviser(case), **version
            ),
            "keep": lambda: keep_with_adviser(session, case, who, **version),
            "give": lambda: change_hands(
                session,
                case,
                session.get_one(Staff, self.people[chance.choice(PEOPLE)].id),
                "load",
                self.act("amparo"),
                **version,
            ),
            "ask": lambda: ask_to_close(session, case, END, words, who, **version),
            "close": lambda: close_as_asked(session, case, who, **version, despite="x"),
            "void": lambda: ask_to_void(session, case, "test", None, void, who, **version),
            "make_void": lambda: make_void(session, case, who, **version),
            "unvoid": lambda: ask_back(session, case, void, who, **version),
            "made_back": lambda: take_void_back(session, case, who, **version),
            "send_back": lambda: send_back(session, case, KINDS, "Falta algo.", who, **version),
            "take_back": lambda: take_back(session, case, KINDS, who, **version),
            "hold": lambda: set_next_action(
                session,
                case,
                chance.choice(("person", "adviser")),
                who.on + timedelta(days=1),
                "",
                who,
                **version,
            ),
            "day": lambda: self._days(2),
            "offer": lambda: offer(
                self._hand(session, case),
                self._free(session)[:2],
                who.on,
                "",
                *self._now(session, case),
            ),
            "book": lambda: book(
                self._hand(session, case), self._free(session)[-1].id, "", *self._now(session, case)
            ),
            "cancel": lambda: self._cancel(session, case),
            "reopen": lambda: reopen_case(session, case, "wish", who, **reopened),
        }
        try:
            with attempt(session):
                acts[what]()
        except OfficeError:
            session.refresh(case)

    def _hand(self, session: Session, case: CaseFile) -> Hand:
        return Hand(session, case, self.act("amparo"), language("en", "office"))

    def _free(self, session: Session) -> Sequence[MeetingSlot]:
        return session.exec(select(MeetingSlot).where(MeetingSlot.state_code == "free")).all()

    def _now(self, session: Session, case: CaseFile) -> tuple[Standing | None, int]:
        row = open_row(session, case.id)
        return (standing(session, case, row, self.act("amparo")), row.version) if row else (None, 0)

    def _cancel(self, session: Session, case: CaseFile) -> None:
        one, version = self._now(session, case)
        if one is not None:
            cancel(self._hand(session, case), one, version)

    def _adviser(self, case: CaseFile) -> Act:
        return self.act(next(name for name in PEOPLE if self.people[name].id == case.assigned_to))

    def _days(self, days: int) -> None:
        self.at += timedelta(days=days)


ACTS = ("look", "advise", "move", "give_back", "give_back", "give", "keep", "ask", "close", "close",
        "send_back", "take_back", "hold", "day", "reopen", "offer", "book", "cancel", "cancel")  # fmt: skip
BY_TWO = ("void", *("make_void",) * 4)
IN_ERROR = (*ACTS, "void", "void", "make_void", "make_void", "unvoid", "unvoid", "made_back", "made_back")


def test_state_stage_lists_and_timeline_never_contradict_each_other(desk: Desk) -> None:
    office, another = Office(desk), Office(desk)
    seen: set[str] = set()

    every_walk = settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )

    @every_walk
    @given(st.lists(st.sampled_from(ACTS), min_size=12, max_size=24), st.integers(0, 10_000))
    def walk(acts: list[str], seed: int) -> None:
        go(office, acts, seed)

    @settings(every_walk, max_examples=4)
    @given(st.lists(st.sampled_from(IN_ERROR), min_size=12, max_size=24), st.integers(0, 10_000))
    def walk_in_error(acts: list[str], seed: int) -> None:
        go(another, [*BY_TWO, *acts], seed)

    def go(office: Office, acts: list[str], seed: int) -> None:
        chance = random.Random(seed)
        with desk.app.state.desk.sessions.begin() as session:
            wanted = select(CaseFile).where(CaseFile.reference == office.reporter.case_number)
            case = session.exec(wanted).one()
            before = state_of_case(session, case, office.act("amparo").on, CITY)
            for what in acts:
                office.do(session, case, what, chance)
                today = office.act("amparo").on
                now = state_of_case(session, case, today, CITY)
                assert now == told_by_the_log(session, case, today), what
                assert _lists(session, case, today) == [now], what
                assert case.stage_code in STAGES_OF[now]
                assert now == before or now in NEXT[before], (before, what, now)
                before = now
                seen.add(now)

    walk()
    walk_in_error()
    assert len(seen) >= len(STATES) - 2 and "void" in seen  # the walks came round


def _lists(session: Session, case: CaseFile, today: date) -> list[str]:
    """Return by which states the list of cases would find it."""
    columns = [in_state(state, today, CITY).label(state) for state in STATES]
    found = session.execute(select(*columns).select_from(CaseFile).where(CaseFile.id == case.id)).one()
    return [state for state, is_in in zip(STATES, found, strict=True) if is_in]
