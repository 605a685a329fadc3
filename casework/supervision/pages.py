"""Supervision on the screen: figures of the team, and closures that are looked at again."""

from typing import Final

from starlette.responses import Response

from casework.cases.actions import leave_trace
from casework.cases.holders import present_holders
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.queues.workload import loads
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.states.void_counts import voids_seen_by
from casework.states.wording import void_lines, void_reason
from casework.supervision import figures, sampling
from casework.supervision.attendance import attendance
from casework.supervision.errors import AlreadyReviewed, CannotDraw
from casework.supervision.rules import BACK_DAYS, FOUND, SHARE
from casework.supervision.tables import ClosureReview
from casework.tasks.actions import Wanted
from casework.tasks.errors import CannotDoTask
from casework.tasks.pages import DAY_NEEDED, asked_line
from casework.tasks.rules import STATES as OF_TASKS
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.timeline.wording import told
from casework.transactions import attempt
from office.deadlines.promises import FIRST_ANSWER
from office.languages import mark

router = desk_router()

WAITS_FOR: Final = {
    "advice": mark("Advice to be reviewed"),
    "duty": mark("A decision about a duty to report"),
}


@router.get("/{language}/supervision")
def show_supervision(view: ViewDep) -> Response:
    """Show how the team is doing, of the cases one may open; on the record."""
    require(view.act.who, Permission.SUPERVISE)
    return _page(view)


@router.post("/{language}/supervision/sample")
def draw(view: ViewDep, form: FormDep) -> Response:
    """Draw the closures of a month."""
    require(view.act.who, Permission.SUPERVISE)
    try:
        with attempt(view.session):
            sampling.draw(view.session, form.one("month"), view.act)
    except CannotDraw as error:
        return _page(view, 409, changed=view.text(error.sentence))
    return view.go("supervision", "closures_drawn")


@router.get("/{language}/supervision/reviews/{review}")
def show_review(review: str, view: ViewDep) -> Response:
    """Show a drawn closure with its sheet."""
    require(view.act.who, Permission.SUPERVISE)
    row, case = sampling.review_for(view.session, view.act, review)
    return _sheet(view, row, case)


@router.post("/{language}/supervision/reviews/{review}")
def keep_review(review: str, view: ViewDep, form: FormDep) -> Response:
    """Keep what was found in a closure."""
    require(view.act.who, Permission.SUPERVISE)
    row, case = sampling.review_for(view.session, view.act, review, to_change=True)
    checked = Checked(form, view.language)
    found = checked.one("found", tuple(_findable(case)))
    words = checked.text("review_words", needed=found == "mend")
    mending = _mending(view, case, checked) if found == "mend" else None
    if not checked.is_right:
        return _sheet(view, row, case, checked)
    try:
        with attempt(view.session):
            sampling.review(view.session, case, row, found, words, mending, view.act)
    except CannotDoTask as error:
        checked.wrong("doer", error.sentence)
        return _sheet(view, row, case, checked)
    except AlreadyReviewed as error:
        return _sheet(view, row, case, checked, changed=view.text(error.sentence))
    return view.go("supervision", "closure_reviewed")


def _mending(view: View, case: CaseFile, checked: Checked) -> Wanted | None:
    doers = dict(_doers(view, case))
    doer = checked.one("doer", tuple(doers))
    due_on = checked.day_ahead("due", view.act.on)
    if due_on is None:
        checked.wrong("due", DAY_NEEDED)
    text = asked_line(checked, "task_text")
    person = next((one for one in present_holders(view.session, case) if str(one.id) == doer), None)
    if person is None or due_on is None:
        return None
    return Wanted("other", "other", person.id, due_on, text)


def _findable(case: CaseFile) -> dict[str, str]:
    """Return what may be found; what is wrong with a void case is mended by taking the voiding back."""
    return {code: words for code, words in FOUND.items() if code != "mend" or not case.is_void}


def _doers(view: View, case: CaseFile) -> list[tuple[str, str]]:
    out = kept_out(view.session, case.id)
    return [
        (str(one.id), one.display_name) for one in present_holders(view.session, case) if one.id not in out
    ]


def _page(view: View, status: int = 200, *, changed: str = "") -> Response:
    session, act = view.session, view.act
    found = loads(session, act.who, act.on)
    lines = sampling.listed(session, act.who, act.on)
    record(session, "list_read", at=act.at, by=act.who.id, list="supervision", rows=len(lines))
    despite = figures.closed_despite(session, act)
    second = figures.waiting_for_second(session, act.who)
    return view.render(
        "supervision.html",
        status,
        weight=sum(one.weight for one in found),
        ageing=figures.ageing(session, act.who, act.on),
        waits=[
            (view.text(mark("First answer")), figures.first_answers(session, act)),
            (view.text(mark("Answer to a message")), figures.message_answers(session, act)),
        ],
        attendance=attendance(session, act),
        promise=_promise(view),
        voids=void_lines(view, voids_seen_by(session, act.who, act.on)),
        back_days=BACK_DAYS,
        second=[(one.case, view.text(WAITS_FOR[one.what]), one.what) for one in second[: figures.SHOWN]],
        second_total=len(second),
        despite=[(one.case, told(one.entry, view)) for one in despite[: figures.SHOWN]],
        despite_total=len(despite),
        months=sampling.months_to_draw(session, act.who, act.on),
        lines=lines,
        found=_words(view, FOUND),
        task_states=_words(view, OF_TASKS),
        share=SHARE,
        changed=changed,
    )


def _promise(view: View) -> str:
    """Return in words how long the office promises for an answer; empty if it promises nothing in days."""
    level = next((one for one in view.act.city.service_levels if one.code == FIRST_ANSWER), None)
    if level is not None and level.unit == "working_day_admin":
        return view.language.ngettext(
            "%(num)s working day after the week in which somebody wrote",
            "%(num)s working days after the week in which somebody wrote",
            level.count,
        )
    if level is not None and level.unit == "natural_day":
        return view.language.ngettext(
            "%(num)s day after the week in which somebody wrote",
            "%(num)s days after the week in which somebody wrote",
            level.count,
        )
    return ""


def _words(view: View, codes: dict[str, str]) -> dict[str, str]:
    return {code: view.text(sentence) for code, sentence in codes.items()}


def _sheet(
    view: View,
    row: ClosureReview,
    case: CaseFile,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    session, act = view.session, view.act
    leave_trace(session, case, act)
    names = names_of(session, [row.reviewed_by] if row.reviewed_by else [])
    start = {"doer": [str(case.assigned_to)]}
    return view.render(
        "closure_review.html",
        409 if changed else 422 if checked else 200,
        case=case,
        review=row,
        words=sampling.words_of(session, case, row, act) if row.found_code else "",
        reviewer=names.get(row.reviewed_by, "") if row.reviewed_by else "",
        found=_words(view, FOUND),
        findable=list(_words(view, _findable(case)).items()),
        void_reason=void_reason(view, case),
        doers=_doers(view, case),
        given=checked.form if checked else start,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
