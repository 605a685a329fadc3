"""Who can translate for the office or check a translation: its own staff, and the directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlmodel import Session, select

from casework.cases.holders import possible_advisers
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.forms import Checked
from casework.interpreters.directory import directory
from casework.interpreters.errors import NOT_UNDERTAKEN
from casework.interpreters.rules import ADVISES, is_among, is_everybodys
from casework.interpreters.speaking import speakers_of
from casework.interpreters.tables import Interpreter, StaffLanguage
from office.languages import mark
from office.stores.keyroom import Staff

if TYPE_CHECKING:
    from casework.showing import View

OF_THE_OFFICE: Final = mark("%(name)s, of the office")
OF_THE_DIRECTORY: Final = mark("%(name)s, interpreter")


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody of the office or of the directory, as a form names them (`code`)."""

    name: str
    staff_id: UUID | None = None
    interpreter_id: UUID | None = None
    has_undertaken: bool = True

    @property
    def code(self) -> str:
        """Return how a form names them."""
        return f"staff-{self.staff_id}" if self.staff_id else f"interpreter-{self.interpreter_id}"

    def is_same(self, staff_id: UUID | None, interpreter_id: UUID | None) -> bool:
        """Say whether this is one of these two."""
        if self.staff_id:
            return self.staff_id == staff_id
        return self.interpreter_id is not None and self.interpreter_id == interpreter_id


def helpers_in(session: Session, case: CaseFile, tag: str) -> list[Helper]:
    """Return who may hold a case and can advise in a language, and who of the directory has it."""
    speakers = speakers_of(session, tag)
    of_office = [
        one for one in _at_work(session, case) if is_everybodys(tag) or speakers.get(one.id) == ADVISES
    ]
    return _helpers(
        of_office, [one for one in directory(session) if is_among(tag, one.language_codes.split())]
    )


def every_helper(session: Session, case: CaseFile) -> list[Helper]:
    """Return who may hold a case and noted a language they can advise in, and the whole directory."""
    noted = set(session.exec(select(StaffLanguage.staff_id).where(StaffLanguage.level_code == ADVISES)))
    return _helpers([one for one in _at_work(session, case) if one.id in noted], list(directory(session)))


def helper_choices(view: "View", helpers: list[Helper]) -> list[tuple[str, str]]:
    """Return them as a form offers them."""
    return [
        (one.code, view.text(OF_THE_OFFICE if one.staff_id else OF_THE_DIRECTORY, name=one.name))
        for one in helpers
    ]


def chosen_helper(checked: Checked, name: str, helpers: list[Helper]) -> Helper | None:
    """Return whom a form names; an interpreter who has not undertaken to keep silent is a correction."""
    by_code = {one.code: one for one in helpers}
    found = by_code.get(checked.one(name, list(by_code)))
    if found is not None and not found.has_undertaken:
        checked.wrong(name, NOT_UNDERTAKEN, who=found.name)
    return found


def _at_work(session: Session, case: CaseFile) -> Sequence[Staff]:
    """Return who may be given the case: whoever keeps out of it does not read its advice either."""
    out = kept_out(session, case.id)
    return possible_advisers(session, routing_code=case.routing_code, without=out)


def _helpers(staff: Sequence[Staff], interpreters: list[Interpreter]) -> list[Helper]:
    return [
        *(Helper(one.display_name, staff_id=one.id) for one in staff),
        *(Helper(one.name, interpreter_id=one.id, has_undertaken=one.has_undertaken) for one in interpreters),
    ]
