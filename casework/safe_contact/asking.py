"""What a form says of a way to reach somebody: its rule, with days and hours, checked alike on every page."""

from typing import TYPE_CHECKING, Any, Final

from casework.forms import Checked
from casework.safe_contact.rules import DAYS, RULES, WINDOW, Window
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

FROM_HOURS: Final = tuple(str(hour) for hour in range(24))
TO_HOURS: Final = tuple(str(hour) for hour in range(1, 25))

WHICH_HOURS: Final = mark("Write on which days and hours, or how.")
WHICH_DAYS: Final = mark("Tick the days too, or leave the hours empty.")
ONLY_THEN: Final = mark("Days and hours are chosen: then it is safe only on these days and hours.")
BOTH_HOURS: Final = mark("Choose from which hour until which later hour.")


def asked_rule(checked: Checked, words: str, words_field: str) -> tuple[str, Window | None]:
    """Return what holds for a way, with the days and hours; what is not right is noted in `checked`.

    Args:
        checked: the form.
        words: what it says of days, hours and how.
        words_field: the name of the field in which it says so.
    """
    rule, window = checked.one("rule", tuple(RULES)), _asked_window(checked)
    if rule != WINDOW and (window is not None or checked.form.one("from_hour")):
        checked.wrong("rule", ONLY_THEN)
    if rule == WINDOW and window is None and not words:
        checked.wrong(words_field, WHICH_HOURS)
    return rule, window


def offered(view: "View") -> dict[str, Any]:
    """Return what a form about the rule of a way offers."""
    return {
        "rules": {code: view.text(sentence) for code, sentence in RULES.items()},
        "days": list(zip(DAYS, view.language.days_of_week(), strict=True)),
        "from_hours": [(hour, hour_shown(view, int(hour))) for hour in FROM_HOURS],
        "to_hours": [(hour, hour_shown(view, int(hour))) for hour in TO_HOURS],
    }


def hour_shown(view: "View", hour: int) -> str:
    """Return a full hour as a clock shows it, 24:00 for the end of the day."""
    return "24:00" if hour == 24 else view.language.clock(hour * 60)


def _asked_window(checked: Checked) -> Window | None:
    """Return the days and hours ticked; None if nobody ticked any, or something must be corrected."""
    days = "".join(sorted(checked.some("window_days", DAYS, needed=False)))
    first, last = checked.form.one("from_hour"), checked.form.one("to_hour")
    if not days:
        if first or last:
            checked.wrong("window_days", WHICH_DAYS)
        return None
    if first not in FROM_HOURS or last not in TO_HOURS or int(first) >= int(last):
        checked.wrong("from_hour", BOTH_HOURS)
        return None
    return Window(days, int(first), int(last))
