"""What an event says of another case, in words."""

from typing import TYPE_CHECKING, Final

from casework.seeing import seen
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

OTHERS: Final = {
    "leads": mark("%(number)s leads"),
    "put_under": mark("%(number)s is put under it"),
    "goes_on": mark("the report goes on in %(number)s"),
}


def other_in_words(name: str, number: str, view: "View") -> str:
    """Return which case leads, was put under this one or goes on, to who may open that one too."""
    is_seen = bool(seen(view.session, view.act.who, [number]))
    return view.text(OTHERS[name], number=view.shown(number)) if is_seen else ""
