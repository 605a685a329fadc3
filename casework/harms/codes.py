"""The codes of a case and those of its harms: the case has what its harms have together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.cases.rules import joined
from casework.cases.tables import CaseFile
from casework.harms.rules import FIRST, UNKNOWN, conduct_of_all, grounds_of_all
from casework.harms.tables import CaseHarm


@dataclass(frozen=True, slots=True)
class HarmCodes:
    """How one harm is coded."""

    area_code: str
    ground_codes: tuple[str, ...]
    conduct_codes: tuple[str, ...]


def begin_harms(session: Session, case: CaseFile) -> CaseHarm:
    """Put the first harm of a new case, coded as the case is."""
    harm = CaseHarm(
        case_id=case.id,
        place=FIRST,
        area_code=case.area_code,
        ground_codes=case.ground_codes,
        conduct_codes=case.conduct_codes,
    )
    session.add(harm)
    session.flush()
    return harm


def present_harms(session: Session, case: CaseFile) -> Sequence[CaseHarm]:
    """Return the harms of a case, the first first."""
    return session.exec(
        select(CaseHarm)
        .where(CaseHarm.case_id == case.id, col(CaseHarm.removed_on).is_(None))
        .order_by(col(CaseHarm.place))
    ).all()


def first_harm(session: Session, case: CaseFile) -> CaseHarm:
    """Return the harm a case began with."""
    wanted = select(CaseHarm).where(CaseHarm.case_id == case.id, CaseHarm.place == FIRST)
    return session.exec(wanted).one()


def code_harm(session: Session, case: CaseFile, harm: CaseHarm, codes: HarmCodes) -> None:
    """Code one harm, and the case with it."""
    harm.area_code = codes.area_code
    harm.ground_codes = joined(codes.ground_codes) or UNKNOWN
    harm.conduct_codes = joined(codes.conduct_codes)
    session.add(harm)
    session.flush()
    code_together(session, case)


def code_together(session: Session, case: CaseFile) -> None:
    """Write on the case what its harms have together; its area of life is that of the first."""
    harms = present_harms(session, case)
    case.area_code = harms[0].area_code
    case.ground_codes = joined(grounds_of_all(harms))
    case.conduct_codes = joined(conduct_of_all(harms))
    session.add(case)
