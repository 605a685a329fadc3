"""The remedies under a track: noting one, and looking whether it was complied with."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import ViewDep
from casework.tracks import actions
from casework.tracks.content import RemedyText
from casework.tracks.pages import (
    ON_WHICH_DAY,
    REFUSALS,
    asks_amount,
    noted_types,
    refused_page,
    track_page,
)
from casework.tracks.queries import remedy_of, track_of
from casework.tracks.remedies import COMPLIED
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

HOW_MUCH: Final = mark("Write the amount.")
WHEN_TO_LOOK: Final = mark("Write when somebody looks again.")


@router.post("/{language}/cases/{number}/tracks/{track}/remedies")
def add(number: str, track: str, view: ViewDep, form: FormDep) -> Response:
    """Note a remedy under a track."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = track_of(view.session, case, track)
    checked = Checked(form, view.language)
    kind = checked.one("remedy", noted_types(view))
    promised_on = checked.day_back("promised_on", view.act.on)
    check_on = checked.day_ahead("check_on", view.act.on)
    text = RemedyText(
        amount=checked.text("remedy_amount", needed=False), note=checked.text("remedy_note", needed=False)
    )
    if asks_amount(kind) and not text.amount:
        checked.wrong("remedy_amount", HOW_MUCH)
    if promised_on is None:
        checked.wrong("promised_on", ON_WHICH_DAY)
    if check_on is None:
        checked.wrong("check_on", WHEN_TO_LOOK)
    if promised_on is None or check_on is None or not checked.is_right:
        return track_page(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.add_remedy(
                view.session, case, one, kind, promised_on, check_on, text, view.act,
                version=checked.version(),
            )  # fmt: skip
    except REFUSALS as error:
        return refused_page(view, case, one, checked, error)
    return view.go(f"cases/{case.reference}/tracks/{one.track.id}", "remedy_added")


@router.post("/{language}/cases/{number}/tracks/{track}/checks")
def check(number: str, track: str, view: ViewDep, form: FormDep) -> Response:
    """Note whether a remedy was complied with."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = track_of(view.session, case, track)
    remedy = remedy_of(view.session, case, one.track, form.one("looked_at"))
    checked = Checked(form, view.language)
    complied = checked.one("complied", tuple(COMPLIED))
    next_on = checked.day_ahead("next_check", view.act.on)
    note = checked.text("check_note", needed=False)
    if complied != "yes" and next_on is None:
        checked.wrong("next_check", WHEN_TO_LOOK)
    if not checked.is_right:
        return track_page(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.check_remedy(
                view.session, case, remedy, complied, next_on, note, view.act, version=checked.version()
            )
    except REFUSALS as error:
        return refused_page(view, case, one, checked, error)
    return view.go(f"cases/{case.reference}/tracks/{one.track.id}", "remedy_checked")
