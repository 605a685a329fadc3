"""What a form says of somebody in a case, checked; and what stands in it at first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from casework.conflicts.blind_index import has_letters
from casework.conflicts.content import PartyDetails, PartyName, PartyWay
from casework.conflicts.correcting import Standing
from casework.conflicts.rules import (
    INTERPRETER,
    KINDS,
    LONGEST_NAME,
    MOST_ALIASES,
    OF_THE_RESPONDENT,
    PARTY_WAYS,
    RESPONDENT,
    ROLES,
    SIDES,
)
from casework.conflicts.tables import CaseParty
from casework.forms import NOT_ON_THE_LIST, Checked
from casework.interpreters.own_pages import languages_of
from casework.safe_contact.rules import RULES, WINDOW
from casework.walls.rules import NONE, codes_of, named_service
from casework.written import id_in
from office.languages import mark
from office.web.forms import Form

if TYPE_CHECKING:
    from casework.showing import View

NAME_TOO_LONG: Final = mark("This name is too long.")
TOO_MANY: Final = mark("Write at most %(count)s other names.")
NO_LETTERS: Final = mark("Write a name with letters or digits, so that it can be found.")
SAY_WHETHER: Final = mark("This is the name of a service of the city. Say which one, or that it is not.")
SAY_IF_SAFE: Final = mark("Say whether this way is safe for them.")
SAY_WHEN: Final = mark("Write when or how it is safe.")
NO_CHILD: Final = mark("An organisation is no minor.")
WRONG_WAY_ROUND: Final = mark("The last day is before the first.")
LONGEST_LINE: Final = 300
LONGEST_WORDS: Final = 2_000
TEXTS: Final = (
    "party_name", "other_names", "party_address", "party_needs", "party_note",
    *(f"way_{part}_{code}" for code in PARTY_WAYS for part in ("value", "words")),
)  # fmt: skip
"""Fields in which something is written."""
ALWAYS_SENT: Final = ("party_name", "role", "kind")


def standing_in(checked: Checked) -> Standing:
    """Return who they are in the case; where the role says the side, no other is kept."""
    role, kind = checked.one("role", tuple(ROLES)), checked.one("kind", tuple(KINDS))
    side = checked.form.one("side")
    if side and side not in SIDES:
        checked.wrong("side", NOT_ON_THE_LIST)
    return Standing(role, kind, None if role in OF_THE_RESPONDENT or not side else side)


def called_in(view: "View", checked: Checked, standing: Standing, details: PartyDetails) -> PartyName | None:
    """Return what they are called and what is known of them; None while something is to be corrected."""
    name = checked.text("party_name")
    lines = checked.text("other_names", needed=False).splitlines()
    aliases = tuple(line.strip() for line in lines if line.strip())
    _check_names(checked, name, aliases, is_organisation=standing.kind_code == "organisation")
    service = _service_in(view, checked, standing.role_code, (name, *aliases))
    if not checked.is_right:
        return None
    return PartyName(name=name, aliases=aliases, service=service, details=details)


def details_in(
    view: "View", checked: Checked, standing: Standing, before: PartyDetails, others: Sequence[str]
) -> PartyDetails:
    """Return what else is known of them. Where something is to be corrected it is not to be kept.

    Args:
        view: who acts.
        checked: the form.
        standing: who they are.
        before: what was known, so that a language off the list stays.
        others: ids of who else is in the case.
    """
    ways = tuple(one for code in PARTY_WAYS if (one := _way(checked, code)) is not None)
    spoken = {code for code, _ in languages_of(view)} | {before.language}
    first, last = checked.day("from_on", needed=False), checked.day("to_on", needed=False)
    if first and last and last < first:
        checked.wrong("to_on", WRONG_WAY_ROUND)
    is_minor = checked.form.one("minor") == "yes"
    if is_minor and standing.kind_code == "organisation":
        checked.wrong("minor", NO_CHILD)
    guardian = _chosen(checked, "guardian", others)
    language = _chosen(checked, "spoken", spoken)
    interpreter = _chosen(checked, "interpreter", INTERPRETER)
    address = checked.text("party_address", needed=False, most=LONGEST_LINE)
    needs = checked.text("party_needs", needed=False, most=LONGEST_WORDS)
    note = checked.text("party_note", needed=False, most=LONGEST_WORDS)
    if not checked.is_right:
        return before
    return PartyDetails(
        ways=ways,
        language=language,
        interpreter=interpreter,
        address=address,
        needs=needs,
        is_minor=is_minor,
        guardian=id_in(guardian),
        note=note,
        from_on=first,
        to_on=last,
    )


def as_typed(party: CaseParty, called: PartyName) -> dict[str, list[str] | str]:
    """Return what stands in the form before anybody types."""
    details = called.details
    given: dict[str, list[str] | str] = {
        "party_name": called.name,
        "other_names": "\n".join(called.aliases),
        "role": party.role_code,
        "kind": party.kind_code,
        "side": party.side_code or "",
        "service": called.service,
        "spoken": details.language,
        "interpreter": details.interpreter,
        "party_address": details.address,
        "party_needs": details.needs,
        "party_note": details.note,
        "minor": ["yes"] if details.is_minor else [],
        "guardian": str(details.guardian or ""),
    }
    for one in details.ways:
        given |= {
            f"way_value_{one.way}": one.value,
            f"way_rule_{one.way}": one.rule,
            f"way_words_{one.way}": one.words,
        }
    for name, day in (("from_on", details.from_on), ("to_on", details.to_on)):
        if day is not None:
            given |= {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return given


def with_what_stands(form: Form, party: CaseParty, called: PartyName, others: Sequence[str]) -> Form:
    """Return a form with what it does not name as it stands, so that whoever sends less wipes nothing.

    A page sends every field, also the empty ones, and names the boxes it has, also those not ticked.
    """
    named = {*map(_whole, form), *form.all("boxes"), *ALWAYS_SENT}
    found = Form(form)
    for name, value in as_typed(party, called).items():
        is_gone = name == "guardian" and value not in others
        if _whole(name) not in named and not is_gone:
            found[name] = value if isinstance(value, list) else [value]
    return found


def _whole(name: str) -> str:
    """Return the name of a field without which part of a day it is: the three go together."""
    return name.partition("-")[0]


def _way(checked: Checked, code: str) -> PartyWay | None:
    value = checked.text(f"way_value_{code}", needed=False, most=LONGEST_LINE)
    words = checked.text(f"way_words_{code}", needed=False, most=LONGEST_LINE)
    rule = _chosen(checked, f"way_rule_{code}", RULES)
    if (value or words) and not rule:
        checked.wrong(f"way_rule_{code}", SAY_IF_SAFE)
    if rule == WINDOW and not words:
        checked.wrong(f"way_words_{code}", SAY_WHEN)
    return PartyWay(way=code, rule=rule, value=value, words=words) if rule and checked.is_right else None


def _chosen(checked: Checked, name: str, allowed: Sequence[str] | set[str] | dict[str, str]) -> str:
    chosen = checked.form.one(name)
    if chosen and chosen not in allowed:
        checked.wrong(name, NOT_ON_THE_LIST)
    return chosen


def _service_in(view: "View", checked: Checked, role: str, names: Sequence[str]) -> str:
    """Return which service of the city the respondent is; a name that tells of one must be answered for."""
    if role != RESPONDENT:
        return ""
    said, city = checked.form.one("service"), view.act.city
    if not said and named_service(names, city) is not None:
        checked.wrong("service", SAY_WHETHER)
    if said and said != NONE and said not in codes_of(city):
        checked.wrong("service", NOT_ON_THE_LIST)
    return "" if said == NONE else said


def _check_names(checked: Checked, name: str, aliases: tuple[str, ...], *, is_organisation: bool) -> None:
    for field, names in (("party_name", (name,)), ("other_names", aliases)):
        if any(len(one) > LONGEST_NAME for one in names):
            checked.wrong(field, NAME_TOO_LONG)
        if any(one and not has_letters((one,), is_organisation=is_organisation) for one in names):
            checked.wrong(field, NO_LETTERS)
    if len(aliases) > MOST_ALIASES:
        checked.wrong("other_names", TOO_MANY, count=MOST_ALIASES)
