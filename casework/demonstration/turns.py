"""A report opened twice that waits to be voided, a case of two harms, one with a hearing, one that says what
somebody is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Final

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.harms.actions import Told, add_harm
from casework.harms.codes import HarmCodes
from casework.harms.content import HarmWords
from casework.hearings.actions import add_hearing
from casework.hearings.content import HearingWords
from casework.profile.access import Door
from casework.profile.actions import note_entry
from casework.profile.content import EntryWords
from casework.states.content import VoidWords
from casework.states.void_guards import no_error
from casework.states.void_rules import TWICE
from casework.states.voiding import ask_to_void
from casework.tracks.actions import note_step, open_track
from casework.tracks.content import StepText
from casework.tracks.queries import track_of
from office.stores.keyroom import Staff

TOLD_TWICE: Final = VoidWords(
    text="Lo que nos contó está en su otra comunicación, y seguimos con ella (inventado).",
    why="La misma persona lo contó dos veces: en la web y por teléfono (inventado).",
)
AGAIN: Final = HarmWords(
    done="Cuando se quejó, le gritaron delante de todo el mundo (inventado).",
    right="El trato digno (inventado).",
    consequence="Desde entonces no ha vuelto (inventado).",
)
WHAT_THEY_ARE: Final = EntryWords(
    ground="disability",
    words="Voy en silla de ruedas y me canso mucho por la tarde (inventado).",
    needed_for=["argument", "adjustments"],
)
SUMMONED: Final = HearingWords(
    place="Juzgado de lo Social inventado, sala 4 (inventado)",
    bring="El contrato y las nóminas (inventado).",
    along="La persona asesora (inventado).",
)
TO_A_HEARING: Final = 17
"""Days until the hearing; it is put on the Thursday of that week."""


def add_turns(session: Session, asker: Act, act: Act) -> None:
    """Ask to void one of two cases that tell the same; others get a second harm, a profile, a hearing."""
    wanted = select(CaseFile).where(
        col(CaseFile.closed_on).is_(None),
        col(CaseFile.reporter_public_key).is_not(None),
        CaseFile.routing_code == "normal",
        CaseFile.language == "es",
    )
    cases = session.exec(wanted.order_by(col(CaseFile.opened_on).desc(), col(CaseFile.reference))).all()
    twice = next((two for two in permutations(cases, 2) if _are_one(session, *two)), None)
    if twice is not None:
        case, goes_on = twice
        ask_to_void(session, case, TWICE, goes_on, TOLD_TWICE, asker, version=case.version)
    others = [one for one in cases if not twice or one not in twice]
    _harm_again(session, others, act)
    _say_what_they_are(session, others, act)
    _summon(session, others, act)


def _are_one(session: Session, case: CaseFile, other: CaseFile) -> bool:
    """Say whether two cases tell the same and nothing stands in the way of voiding the first."""
    coded = [
        (one.area_code, one.ground_codes, one.district_code, one.respondent_code) for one in (case, other)
    ]
    return coded[0] == coded[1] and not no_error(session, case)


def _harm_again(session: Session, cases: Sequence[CaseFile], act: Act) -> None:
    case = next((one for one in cases if one.stage_code == "advice"), None)
    if case is not None:
        codes = HarmCodes(case.area_code, tuple(case.ground_codes.split()), ("retaliation",))
        add_harm(session, case, codes, Told(None, AGAIN), act, version=case.version)


def _say_what_they_are(session: Session, cases: Sequence[CaseFile], act: Act) -> None:
    """Note what the person of one case is, by its adviser: a case about a disability, if there is one."""
    told = [one for one in cases if one.stage_code == "advice"]
    case = next((one for one in told if "disability" in one.ground_codes.split()), told[-1] if told else None)
    if case is not None:
        adviser = session.get_one(Staff, case.assigned_to)
        who = replace(act.who, id=adviser.id, display_name=adviser.display_name, role_code=adviser.role_code)
        door = Door(case, None, None, is_adviser=True)
        note_entry(session, door, WHAT_THEY_ARE, act.on, replace(act, who=who), version=case.version)


def _summon(session: Session, cases: Sequence[CaseFile], act: Act) -> None:
    case = next((one for one in cases if one.stage_code == "action"), None)
    if case is None:
        return
    track = open_track(session, case, "labour", None, "", act, version=case.version)
    for code in ("mandate_signed", "filed"):
        text = StepText(authority="Juzgado de lo Social inventado (inventado)" if code == "filed" else "")
        now = track_of(session, case, str(track.id))
        note_step(session, case, now, code, act.on, text, act, version=case.version)
    on = act.on + timedelta(days=TO_A_HEARING)
    on += timedelta(days=3 - on.weekday())
    now = track_of(session, case, str(track.id))
    add_hearing(session, case, now, "trial", on, 9 * 60 + 40, SUMMONED, act, version=case.version)
