"""Who somebody is in a case, when two roles are on opposite sides, and why somebody keeps out. Pure."""

from typing import Final, Literal, cast, get_args

from office.languages import mark

Likeness = Literal["name", "sound", "near"]
LIKENESS: Final[tuple[Likeness, ...]] = get_args(Likeness)
"""How two names agree, the surest first: as written, by their sound, or but for one sign."""
NOT_EXACT: Final = {"sound": mark("Sounds alike only"), "near": mark("Near, not exact")}
"""What a page says of a name that does not agree as it is written."""

RESPONDENT: Final = "respondent"
ROLES: Final = {
    "respondent": mark("Respondent"),
    "represented": mark("Person the office works for"),
    "affected": mark("Affected person"),
    "reporter": mark("Who reported it"),
    "witness": mark("Witness"),
    "agent": mark("Acts for the respondent"),
    "guardian": mark("Parent or guardian"),
    "support": mark("Supports the person"),
    "lawyer": mark("Lawyer"),
    "interpreter": mark("Interpreter"),
    "authority": mark("Authority"),
    "former_client": mark("Former client"),
    "other": mark("Somebody else"),
}
OF_THE_RESPONDENT: Final = (RESPONDENT, "agent")
"""Roles that are on the side of who is complained about, whatever else is said of them."""
SIDES: Final = {
    "person": mark("On the person's side"),
    RESPONDENT: mark("On the respondent's side"),
    "neither": mark("On neither side"),
}
"""On which side somebody is whose role does not say it."""
KINDS: Final = {"organisation": mark("Organisation"), "person": mark("Person")}

RELATIONS: Final = {
    "economic_interest": mark("I have an economic interest in it, or a dispute with somebody in it"),
    "family": mark(
        "I am married to or family of somebody in it (to the 4th degree; by marriage, to the 2nd)"
    ),
    "friendship_enmity": mark("I am a close friend or an open enemy of somebody in it"),
    "former_role": mark("I was an expert or a witness in this matter"),
    "service": mark("I work for somebody in it, or did within two years"),
}
"""Grounds of abstention, Law 40/2015 art. 23.2 a to e, as codes; to be confirmed by a lawyer."""
BY_DECISION: Final = {
    "decision": mark("Decided by a supervisor"),
    "other_side": mark("Works on the other side"),
}
"""Why somebody keeps out who declared nothing."""
ALL_RELATIONS: Final = (*RELATIONS, *BY_DECISION)

DECISIONS: Final = {
    "none": mark("No conflict: the case goes on"),
    "wall": mark("Conflict, with a wall: the adviser of each case is never given the other"),
    "recusal": mark("Conflict: the adviser of this case must hand it over"),
}

INTERPRETER: Final = {
    "needed": mark("Needs an interpreter"),
    "sign": mark("Needs somebody who signs"),
    "not_needed": mark("Needs none"),
}
"""Whether somebody in a case needs another person to understand and to be understood."""
PARTY_WAYS: Final = ("phone", "sms", "email", "letter", "visit")
"""The ways of `safe_contact.rules.WAYS` by which somebody beside the person of a case can be reached."""

MOST_ALIASES: Final = 20
LONGEST_NAME: Final = 160


def surer(one: str, other: str) -> str:
    """Return the surer of two ways in which the same names agree."""
    return min(one, other, key=lambda way: LIKENESS.index(cast("Likeness", way)))


def is_with_respondent(role: str, side: str | None) -> bool:
    """Say whether somebody is on the side of who is complained about."""
    return role in OF_THE_RESPONDENT or side == RESPONDENT


def opposed(role: str, other: str, side: str | None = None, other_side: str | None = None) -> bool:
    """Say whether two people of two cases are on opposite sides.

    One is on the side of who is complained about and the other is not: a witness or a former client counts as
    much as whoever the office works for now.
    """
    return is_with_respondent(role, side) != is_with_respondent(other, other_side)
