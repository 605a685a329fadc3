"""Issuing a receipt again: the proof, then number and key once, to be handed over."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import left_contact
from casework.cases.errors import CaseChanged
from casework.cases.tables import CaseFile
from casework.corrections.queries import is_corrected
from casework.corrections.rules import CONTACT
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.receipts.actions import NewReceipt, reissue
from casework.receipts.errors import CannotReissue
from casework.receipts.rules import PROOFS
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.languages import mark
from office.sealing.receipts import grouped

router = desk_router()

NOT_SURE: Final = mark("Tick this only when it is so; nothing is issued without it.")


@router.get("/{language}/cases/{number}/receipt")
def ask(number: str, view: ViewDep) -> Response:
    """Ask for the proof, or say that it is impossible."""
    case = case_for(view.session, view.act, number)
    return _page(view, case, {}, {})


@router.post("/{language}/cases/{number}/receipt")
def issue(number: str, view: ViewDep, form: FormDep) -> Response:
    """Issue the receipt again and show it: this answer is the only place where its key stands."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    proof = checked.one("proof", tuple(PROOFS))
    if form.one("sure") != "yes":
        checked.wrong("sure", NOT_SURE)
    if not checked.is_right:
        return _page(view, case, form, checked.corrections, 422)
    try:
        with attempt(view.session):
            new = reissue(view.session, case, proof, view.act, version=checked.version())
    except (CaseChanged, CannotReissue) as error:
        view.session.refresh(case)
        return _page(view, case, form, {}, 409, changed=view.text(error.sentence))
    return _page(view, case, {}, {}, new=new)


def _page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]],
    corrections: dict[str, str],
    status: int = 200,
    *,
    changed: str = "",
    new: NewReceipt | None = None,
) -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "reissue.html",
        status,
        case=case,
        is_possible=case.reporter_public_key is not None and left_contact(view.session, case),
        is_corrected=is_corrected(view.session, case, CONTACT),
        proofs=[(code, view.text(sentence)) for code, sentence in PROOFS.items()],
        key_groups=grouped(new.key).split(" ") if new else [],
        given=given,
        corrections=corrections,
        changed=changed,
    )
