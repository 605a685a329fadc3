"""What the pages of all three sheets share."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from casework.assessing.actions import may_write
from casework.assessing.errors import SheetNotFound
from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.forms import Checked
from casework.merges.errors import PutUnder
from casework.showing import View
from office.web.forms import Form

REFUSALS: Final = (CaseChanged, CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut, PutUnder)
Given = Mapping[str, list[str] | str]


def own_case(view: View, number: str) -> CaseFile:
    """Return the case, held, for its adviser to write in.

    Raises:
        CaseNotFound: not for them at all.
        SheetNotFound: they hold it and are not its adviser.
    """
    case = case_for(view.session, view.act, number, to_change=True)
    if case.assigned_to != view.act.who.id:
        raise SheetNotFound(case=case.reference)
    return case


def sheet_page(
    view: View,
    template: str,
    case: CaseFile,
    given: Given | None = None,
    checked: Checked | None = None,
    *,
    changed: str = "",
    **context: Any,
) -> Response:
    """Return a page of a sheet, on the record; what was typed comes back with its corrections."""
    leave_trace(view.session, case, view.act)
    return view.render(
        template,
        409 if changed else 422 if checked else 200,
        case=case,
        may_write=may_write(case, view.act),
        given=checked.form if checked else given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **context,
    )


def words(view: View, codes: Mapping[str, str]) -> dict[str, str]:
    """Return codes with their words in the language of the page."""
    return {code: view.text(sentence) for code, sentence in codes.items()}


def again(form: Form, version: int) -> None:
    """Have a form that was made from an older version be sent again from the newest."""
    form["version"] = [str(version)]
