"""The form of a text of advice: blocks of law and of options, as many as were asked for, in and out."""

from datetime import date
from typing import Final

from casework.advice.content import AdviceText, Law, Option
from casework.advice.rules import MOST_LAWS, MOST_OPTIONS
from casework.forms import DAY_IS_TO_COME, WRITE_SOMETHING, Checked
from casework.showing import View
from office.languages import mark
from office.web.forms import Form

UNDETERMINED: Final = "und"
OPTION_FIELDS: Final = ("what", "route", "for", "against", "cost", "time")
DAY_OF_TEXT: Final = mark("Write the date of the text that was read.")


def blocks(given: dict[str, list[str]], name: str, most: int) -> int:
    """Return how many blocks of this kind the form shows."""
    written = (given.get(name) or ["1"])[-1]
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 1
    return min(max(number, 1), most)


def with_another(form: Form) -> Form:
    """Return the form with one more block of the kind that was asked for; what was typed stays."""
    for name, most in (("laws", MOST_LAWS), ("options", MOST_OPTIONS)):
        if form.one("more") == name:
            form[name] = [str(min(blocks(form, name, most) + 1, most))]
    return form


def given_of(text: AdviceText) -> dict[str, list[str]]:
    """Return a text as its form is filled in."""
    given = {"the_question": text.question, "the_facts": text.facts, "language": text.language}
    given |= {"laws": str(len(text.laws) or 1), "options": str(len(text.options) or 1)}
    for place, law in enumerate(text.laws, 1):
        given[f"law{place}"] = law.cited
        day = law.text_of
        given |= {f"law{place}_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    for place, one in enumerate(text.options, 1):
        values = (one.what, one.route_code, one.speaks_for, one.speaks_against, one.cost, one.time)
        given |= {f"option{place}_{name}": value for name, value in zip(OPTION_FIELDS, values, strict=True)}
    return {name: [value] for name, value in given.items()}


def asked_text(view: View, checked: Checked) -> AdviceText:
    """Return the text that was typed; what must be corrected is noted in `checked`."""
    return AdviceText(
        language=asked_language(view, checked, "language"),
        question=checked.text("the_question"),
        facts=checked.text("the_facts", needed=False),
        laws=tuple(_laws(view, checked)),
        options=tuple(_options(view, checked)),
    )


def asked_language(view: View, checked: Checked, name: str) -> str:
    """Return the language that was chosen; `und`, which no language has, if none of the list was."""
    allowed = view.desk.lists.kept("languages", view.act.on)
    chosen = checked.one(name, allowed)
    return chosen if chosen in allowed else UNDETERMINED


def text_fields(given: dict[str, list[str]]) -> list[str]:
    """Return the names of the fields with free text, in which a number of a document may stand."""
    laws = [f"law{place}" for place in range(1, blocks(given, "laws", MOST_LAWS) + 1)]
    options = [
        f"option{place}_{name}"
        for place in range(1, blocks(given, "options", MOST_OPTIONS) + 1)
        for name in OPTION_FIELDS
        if name != "route"
    ]
    return ["the_question", "the_facts", *laws, *options]


def _laws(view: View, checked: Checked) -> list[Law]:
    found = []
    for place in range(1, blocks(checked.form, "laws", MOST_LAWS) + 1):
        cited = checked.text(f"law{place}", needed=False)
        day = _day_of_text(checked, f"law{place}_on", view.act.on, needed=bool(cited))
        if day is not None and not cited:
            checked.wrong(f"law{place}", WRITE_SOMETHING)
        elif day is not None:
            found.append(Law(cited=cited, text_of=day))
    return found


def _day_of_text(checked: Checked, name: str, today: date, *, needed: bool) -> date | None:
    day = checked.day(name, needed=False)
    if day is not None and day > today:
        checked.wrong(name, DAY_IS_TO_COME)
    elif day is None and needed:
        checked.wrong(name, DAY_OF_TEXT)
    return day


def _options(view: View, checked: Checked) -> list[Option]:
    found = []
    for place in range(1, blocks(checked.form, "options", MOST_OPTIONS) + 1):
        names = {name: f"option{place}_{name}" for name in OPTION_FIELDS}
        if not any(checked.form.one(name).strip() for name in names.values()):
            continue
        route = checked.form.one(names["route"])
        if route:
            route = checked.one(names["route"], view.desk.lists.kept("routes", view.act.on))
        found.append(
            Option(
                what=checked.text(names["what"]),
                route_code=route,
                speaks_for=checked.text(names["for"], needed=False),
                speaks_against=checked.text(names["against"], needed=False),
                cost=checked.text(names["cost"], needed=False),
                time=checked.text(names["time"], needed=False),
                if_without_papers=general_text(view, route),
            )
        )
    return found


def general_text(view: View, route_code: str) -> str:
    """Return what the list of routes says of a route for anybody without papers."""
    routes = view.desk.lists.by_name["routes"]
    return routes.item(route_code).value("if_without_papers") if route_code in routes else ""
