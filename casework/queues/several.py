"""What giving several cases away and taking several reports up share: what was ticked, who may have it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from starlette.responses import Response

from casework.cases.holders import possible_advisers
from casework.forms import Checked
from casework.interpreters.showing import with_languages
from casework.queues.workload_pages import adviser_choices
from casework.showing import View
from office.ids import CaseNumberInvalid, checked_case_number
from office.stores.keyroom import Staff


def numbers_ticked(written: Iterable[str]) -> list[str]:
    """Return what was ticked as numbers, each once, without their versions; what is none is left out."""
    numbers = []
    for one in written:
        try:
            numbers.append(checked_case_number(one.partition(".")[0]))
        except CaseNumberInvalid:
            continue
    return list(dict.fromkeys(numbers))


def who_may(view: View) -> Sequence[Staff]:
    """Return who may have them."""
    return possible_advisers(view.session, routing_code="normal")


def chosen(view: View, checked: Checked) -> Staff | None:
    """Return whom a form names; None, and a correction, where it names nobody who may have them."""
    advisers = {one.id: one for one in who_may(view)}
    named = checked.one("adviser", [str(one) for one in advisers])
    return None if "adviser" in checked.corrections else advisers[UUID(named)]


def page_of_several(
    view: View,
    template: str,
    languages: Sequence[str],
    given: Mapping[str, list[str]],
    corrections: Mapping[str, str],
    status: int = 200,
    *,
    refused: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return the page that asks who is to have them.

    Args:
        view: of the request.
        template: the page.
        languages: those in which what was ticked was written: who speaks them stands first.
        given: what was typed.
        corrections: what of it is wrong.
        status: of the answer.
        refused: why some of them stopped all, by number, untranslated.
        **more: what else the page shows.
    """
    return view.render(
        template,
        status,
        advisers=with_languages(view, adviser_choices(view, who_may(view)), languages),
        query=given.get("query", [""])[0],
        refused=[(number, view.text(why)) for number, why in (refused or {}).items()],
        given=given,
        corrections=corrections,
        **more,
    )
