"""What the invented cases need before they go on, and how two people close them."""

from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.assessing.actions import write_needs
from casework.assessing.content import Factor, NeedsSheet
from casework.assessing.queries import rows_of
from casework.assessing.rules import FACTORS, NEEDS
from casework.cases.moving import move_case
from casework.cases.rules import FIRST_STAGE
from casework.cases.tables import CaseFile
from casework.competence.content import CompetenceWords
from casework.competence.deciding import decide_competence, is_decided
from casework.competence.rules import OFFICE
from casework.conflicts.nobody_known import is_compared, nobody_known, say_nobody_known
from casework.demonstration.clocks import let_go
from casework.states.closing import End, ask_to_close, close_as_asked
from casework.states.content import ClosingWords
from casework.states.queries import missing
from casework.states.rules import WITH_REASON, guards_of
from casework.tasks.actions import settle_task
from casework.tasks.still_open import open_tasks

AGAIN_DAYS: Final = 60
LOOK_AGAIN: Final = "Volver a valorar lo que necesita (inventado)."
NOBODY_SEEN: Final = "La persona no sabe quién fue (inventado)."
SOLVED_BY_A_CALL: Final = "Se puede resolver con una llamada al establecimiento (inventado)."


def assess_needs(session: Session, case: CaseFile, own: Act) -> None:
    """Assess what the person needs, as the case's adviser; once."""
    if rows_of(session, case, NEEDS):
        return
    sheet = NeedsSheet(
        factors=tuple(Factor(code=code, answer="no") for code in FACTORS),
        measure_codes=(),
        review_on=own.on + timedelta(days=AGAIN_DAYS),
    )
    write_needs(session, case, sheet, own, version=0, called=LOOK_AGAIN)


def say_who_decides(session: Session, case: CaseFile, own: Act) -> None:
    """Say that the office is competent, and where nobody is named that no respondent is known; once."""
    if not is_decided(session, case):
        decide_competence(session, case, OFFICE, CompetenceWords(), own, after=0)
    if not is_compared(session, case) and nobody_known(session, case) is None:
        say_nobody_known(session, case, NOBODY_SEEN, own)


def go_on(session: Session, case: CaseFile, stage: str, own: Act, act: Act, *, next_on: date | None) -> None:
    """Move the case as far as its guards let it, and tell the person where it stands."""
    if stage != case.stage_code and case.stage_code == FIRST_STAGE:
        assess_needs(session, case, own)
        say_who_decides(session, case, own)
    lacks = missing(session, case, guards_of(case.stage_code, stage)) if stage != case.stage_code else ()
    to = stage if WITH_REASON.issuperset(lacks) else case.stage_code
    move_case(
        session,
        case,
        to,
        act,
        version=case.version,
        next_on=next_on,
        text="",
        without=SOLVED_BY_A_CALL if lacks else "",
    )


def close_by_two(session: Session, case: CaseFile, text: str, asker: Act, act: Act) -> None:
    """Let go what is open, have one ask to close the case, and close it."""
    let_go(session, case, act)
    for task in open_tasks(session, case.id):
        settle_task(session, case, task.id, "dropped", act)
    end = End(("information", "legal_advice"), "support_given", "completed")
    ask_to_close(session, case, end, ClosingWords(text=text), asker, version=case.version)
    close_as_asked(session, case, act, version=case.version, despite="")
