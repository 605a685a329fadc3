"""How the page of a list and its export end: what to correct, what the timeline keeps, the file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from starlette.responses import Response

from casework.forms import NO_SUCH_DAY, NOT_ON_THE_LIST
from casework.listing.asked import LONGEST_QUERY, TOO_LONG, A, ListAsked, Read
from casework.listing.exporting import Cell, as_csv
from casework.showing import View
from casework.timeline.actions import record
from office.languages import mark

NOT_UNDERSTOOD: Final = mark(
    "With “%(part)s” the address asks for something that this list does not have or does not show to you. "
    "What it usually shows stands here."
)
MISREAD: Final = {
    "after": mark(
        "The part “after” of the address is no place in this list. It is shown from its beginning."
    ),
    TOO_LONG: mark("The address is longer than %(most)s signs. What stands behind them is not read."),
}
WRONG: Final = {"choice": NOT_ON_THE_LIST, "day": NO_SUCH_DAY}


def shown_of(read: Read[A], view: View) -> dict[str, Any]:
    """Return what the template of a list is given of its address."""
    return {
        "asked": read.asked,
        "filters": read.filled,
        "corrections": corrections_of(read, view),
        "misread": misread_in(read, view),
    }


def corrections_of(read: Read[A], view: View) -> dict[str, str]:
    """Return what is wrong in an address, in words."""
    return {name: view.text(WRONG[kind]) for name, kind in read.wrong.items()}


def misread_in(read: Read[A], view: View) -> dict[str, str]:
    """Return which other parts of an address say nothing and what is shown instead, in words."""
    return {
        name: view.text(MISREAD.get(name, NOT_UNDERSTOOD), part=name, most=2 * LONGEST_QUERY)
        for name in read.misread
    }


def note_read(view: View, asked: ListAsked, rows: int) -> None:
    """Keep on the record that somebody looked at one page of a list."""
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, **_told(asked, rows))


def exported(
    view: View,
    asked: ListAsked,
    names: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    found: Iterable[str],
) -> Response:
    """Return a list as a file, on the record with the numbers of the cases and reports in it."""
    record(
        view.session,
        "list_exported",
        at=view.act.at,
        by=view.act.who.id,
        found=list(dict.fromkeys(found)),
        **_told(replace(asked, after=""), len(rows)),
    )
    name = f"{asked.LIST}-{view.act.on.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(as_csv(names, rows), media_type="text/csv; charset=utf-8", headers=headers)


def by_words(codes: Mapping[str, str]) -> list[str]:
    """Return codes in the order of their words."""
    return sorted(codes, key=lambda code: (codes[code].casefold(), code))


def _told(asked: ListAsked, rows: int) -> dict[str, Any]:
    """Return what the timeline keeps of a list: which, by which filters, how many lines."""
    return {
        "list": asked.LIST,
        **{name: str(getattr(asked, name)) for name in asked.TABS},
        "filters": asked.filters or None,
        "page": "later" if asked.after else None,
        "rows": rows,
    }
