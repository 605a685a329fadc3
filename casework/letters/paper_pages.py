"""Papers for the person: made when they ask, handed over and kept nowhere; the name is forgotten."""

from typing import Final

from fastapi import Depends
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import TOO_LONG, WRITE_SOMETHING, Checked
from casework.letters.attended import Contact, contacts_of
from casework.letters.drawing import STYLE, isolated
from casework.letters.rules import LONGEST_LINE, PAPERS
from casework.letters.shelf import BUILT_IN
from casework.showing import View, ViewDep
from casework.timeline.actions import record
from casework.transactions import attempt
from office.handover.paper import SAYINGS
from office.identity_numbers import numbers_in
from office.languages import Language, language, languages_for, mark
from office.paper.printing import NoPdf, drawn, make_ready
from office.vocabulary import words_in
from office.web.letterhead import letterhead_of

router = desk_router()

Given = dict[str, list[str]]
AT: Final = "/{language}/cases/{number}/papers"
SPANISH: Final = "es"
NOT_ON_IT: Final = mark(
    "No number of papers stands on this paper. If an authority demands one, leave the line for it."
)
NOBODY_ASKED: Final = mark("It is made when the person asks for it, and not otherwise.")
NO_DAY: Final = mark(
    "On none of the days that you chose was the person attended. Choose others, or the other paper."
)
SHEETS: Final = Environment(
    loader=FileSystemLoader(BUILT_IN), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


@router.get(AT)
def show_form(number: str, view: ViewDep) -> Response:
    """Show the form of a paper, on the record."""
    case = case_for(view.session, view.act, number)
    return _page(view, case, None)


@router.post(AT, dependencies=[Depends(make_ready)])
def make(number: str, view: ViewDep, form: FormDep) -> Response:
    """Hand over a paper as a PDF. That one was made is in the timeline; what stands in it is nowhere."""
    case = case_for(view.session, view.act, number)
    contacts = contacts_of(view.session, case, view.act)
    checked = Checked(form, view.language)
    paper = checked.one("paper", tuple(PAPERS))
    tag = checked.one("paper_language", [one.tag for one in languages_for("office")])
    name = form.one("paper_name").strip()
    if not name:
        checked.wrong("paper_name", WRITE_SOMETHING)
    elif numbers_in(name):
        checked.wrong("paper_name", NOT_ON_IT)
    elif len(name) > LONGEST_LINE:
        checked.wrong("paper_name", TOO_LONG, count=len(name), most=LONGEST_LINE)
    offered = [one for one in contacts if paper != "certificate" or one.is_attendance]
    chosen = checked.some("lines", [one.key for one in contacts])
    told = checked.some("own_words", [one.key for one in contacts if one.words], needed=False)
    if not checked.some("asked", ("yes",), needed=False):
        checked.wrong("asked", NOBODY_ASKED)
    lines = [one for one in offered if one.key in chosen]
    if not lines:
        checked.wrong("lines", NO_DAY)
    if not checked.is_right:
        return _page(view, case, form, checked, 422)
    words = {one.key for one in lines if one.key in told} if paper == "contacts" else set()
    try:
        with attempt(view.session):
            clear = drawn(
                sheet_of(view, paper, lines, name, tag, words, with_blank=bool(form.one("blank"))), STYLE
            )
    except NoPdf as error:
        return _page(view, case, form, None, 503, changed=view.text(error.sentence))
    record(view.session, "paper_made", at=view.act.at, by=view.act.who.id, case_id=case.id, paper=paper)
    headers = {
        "Content-Disposition": 'attachment; filename="paper.pdf"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(clear, 200, headers, "application/pdf")


def sheet_of(
    view: View,
    paper: str,
    lines: list[Contact],
    name: str,
    tag: str,
    words: set[str],
    *,
    with_blank: bool,
) -> str:
    """Return the page of a paper: in the person's language, and in Spanish beside it.

    Args:
        view: who makes it.
        paper: a code of `PAPERS`.
        lines: what stands on it.
        name: as it was typed; it is kept nowhere.
        tag: the person's language.
        words: keys of the lines on which their own words stand.
        with_blank: leave a line for a number that an authority demands.
    """
    own, spanish = language(tag, "office"), language(SPANISH, "office")
    tongues = [own] if own.written_as == SPANISH else [own, spanish]
    head = letterhead_of(view.act.city)
    return SHEETS.get_template(f"{paper}.html").render(
        own=own,
        beside=[(one, _says(one)) for one in tongues[1:]],
        say=_says(own),
        office=[words_in(head.office_name, one.tag) for one in tongues],
        phone=head.phone,
        name=isolated(name, own.direction),
        isolated=lambda line: isolated(line, own.direction),
        lines=lines,
        words=words,
        today=view.act.on,
        with_blank=with_blank,
    )


def _says(spoken: Language) -> dict[str, str]:
    return {name: spoken.gettext(sentence) for name, sentence in SAYINGS.items()}


def _page(
    view: View,
    case: CaseFile,
    given: Given | None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    contacts = contacts_of(view.session, case, view.act)
    theirs = story_of(view.session, case, view.act).languages.written or case.language
    tongues = [one.tag for one in languages_for("office")]
    office = language(view.language.tag, "office")
    begin: Given = {
        "paper": ["certificate"],
        "paper_language": [theirs if theirs in tongues else SPANISH],
        "lines": [one.key for one in contacts],
    }

    def told(one: Contact) -> str:
        return (
            f"{view.language.short_date(one.on)} · {office.gettext(SAYINGS[one.how])}"
            f" · {office.gettext(SAYINGS[one.what])}"
        )

    return view.render(
        "papers.html",
        status,
        case=case,
        papers=[(code, view.text(sentence)) for code, sentence in PAPERS.items()],
        tongues=[(tag, view.label("languages", tag)) for tag in tongues],
        lines=[(one.key, told(one)) for one in contacts],
        with_words=[(one.key, told(one)) for one in contacts if one.words],
        given=given if given is not None else begin,
        corrections=checked.corrections if checked else {},
        changed=changed,
    )
