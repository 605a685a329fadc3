"""A report that was opened twice and waits to be voided, and a case in which two harms were done."""

from collections.abc import Sequence
from itertools import permutations
from typing import Final

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.harms.actions import Told, add_harm
from casework.harms.codes import HarmCodes
from casework.harms.content import HarmWords
from casework.states.content import VoidWords
from casework.states.void_guards import no_error
from casework.states.void_rules import TWICE
from casework.states.voiding import ask_to_void

TOLD_TWICE: Final = VoidWords(
    text="Lo que nos contó está en su otra comunicación, y seguimos con ella (inventado).",
    why="La misma persona lo contó dos veces: en la web y por teléfono (inventado).",
)
AGAIN: Final = HarmWords(
    done="Cuando se quejó, le gritaron delante de todo el mundo (inventado).",
    right="El trato digno (inventado).",
    consequence="Desde entonces no ha vuelto (inventado).",
)


def add_turns(session: Session, asker: Act, act: Act) -> None:
    """Ask to void one of two open cases with the same report, and note a second harm in another case."""
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
    _harm_again(session, [one for one in cases if not twice or one not in twice], act)


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
