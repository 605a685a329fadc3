"""Giving the ticked cases, or all that a list shows, to another adviser."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import col, select
from starlette.responses import Response

from casework.cases.queries import may_open
from casework.cases.reasons import FOR_ANOTHER_ADVISER
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.queues.errors import NotAllCanBeGiven
from casework.queues.giving import NOTICES, TELL, give_all, numbers_of
from casework.queues.list_pages import areas_of, list_page, read_of, today_of
from casework.queues.queries import cases_of, count_of
from casework.queues.rules import MOST_AT_ONCE
from casework.queues.several import chosen, numbers_ticked, page_of_several
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.languages import mark
from office.web.forms import Form

router = desk_router()

TICK_SOME: Final = mark("Tick at least one case first.")
TOO_MANY: Final = mark(
    "At most %(most)s cases change hands at once, and these are %(count)s. Filter the list first."
)


@router.get("/{language}/giving")
def begin(view: ViewDep) -> Response:
    """Begin at the list: what is to be given is ticked there."""
    require(view.act.who, Permission.CASES)
    return view.go("cases")


@router.post("/{language}/giving")
def give(view: ViewDep, form: FormDep) -> Response:
    """Show the ticked cases with who may have them; then give all of them, or none."""
    require(view.act.who, Permission.CASES)
    if form.one("do") != "give":
        return _choose(view, form)
    versions = numbers_of(form.all("case")[: MOST_AT_ONCE + 1])
    cases = _cases(view, list(versions))
    checked = Checked(form, view.language)
    adviser = chosen(view, checked)
    reason = checked.one("reason", tuple(FOR_ANOTHER_ADVISER))
    notice = checked.one("notice", tuple(NOTICES))
    if not 0 < len(versions) <= MOST_AT_ONCE:
        return list_page(view, form, status=422, corrections={"case": view.text(TICK_SOME)})
    if adviser is None or checked.corrections:
        return _page(view, cases, form, checked.corrections, 422)
    try:
        with attempt(view.session):
            given = give_all(view.session, versions, adviser, reason, view.act, notice=notice)
    except NotAllCanBeGiven as error:
        return _page(view, _cases(view, list(versions)), form, {}, 409, refused=error.refused)
    return view.go("cases?whose=all&which=open", "all_assigned_told" if given.told else "all_assigned")


def _choose(view: View, form: Form) -> Response:
    read = read_of(view, form.one("query"))
    if form.one("all"):
        if not read.is_right:
            return list_page(view, form, status=422)
        asked = read.asked
        count = count_of(view.session, view.act.who, asked, today_of(view))
        if count > MOST_AT_ONCE:
            words = view.text(TOO_MANY, most=MOST_AT_ONCE, count=count)
            return list_page(view, form, status=422, corrections={"case": words})
        lines = cases_of(view.session, view.act.who, asked, today_of(view), areas_of(view), limit=None).lines
        cases: Sequence[CaseFile] = [line.case for line in lines]
    else:
        cases = _cases(view, form.all("case")[:MOST_AT_ONCE])
    if not cases:
        return list_page(view, form, status=422, corrections={"case": view.text(TICK_SOME)})
    record(
        view.session,
        "list_read",
        at=view.act.at,
        by=view.act.who.id,
        list="giving",
        rows=len(cases),
    )
    return _page(view, cases, {"notice": ["nobody"], "query": [form.one("query")]}, {})


def _cases(view: View, written: Sequence[str]) -> Sequence[CaseFile]:
    """Return those of these cases that the reader may open, by number."""
    wanted = select(CaseFile).where(
        col(CaseFile.reference).in_(numbers_ticked(written)), may_open(view.act.who)
    )
    return view.session.exec(wanted.order_by(col(CaseFile.reference))).all()


def _page(
    view: View,
    cases: Sequence[CaseFile],
    given: Mapping[str, list[str]],
    corrections: Mapping[str, str],
    status: int = 200,
    *,
    refused: Mapping[str, str] | None = None,
) -> Response:
    return page_of_several(
        view,
        "giving.html",
        [case.language for case in cases],
        given,
        corrections,
        status,
        refused=refused,
        cases=cases,
        names=names_of(view.session, list({case.assigned_to for case in cases})),
        reasons=[(code, view.text(sentence)) for code, sentence in FOR_ANOTHER_ADVISER.items()],
        notices=[(code, view.text(sentence)) for code, sentence in NOTICES.items()],
        unreachable=sum(case.reporter_public_key is None for case in cases),
        tells=TELL,
    )
