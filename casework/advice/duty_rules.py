"""The duty to report what was learned, and the secrecy that stands against it: codes only. Pure.

Which holds in a case is decided each time, with reasons, and read by another person. Articles to be confirmed
by a lawyer of the office.
"""

from typing import Final

from office.languages import mark

MINORS: Final = "minors"
BASES: Final = {
    "official_duty": mark("Public officials report a public crime at once (LECrim, article 262)"),
    "secrecy": mark("A lawyer keeps what a client told (LECrim, article 263)"),
    "law_15_2022": mark(
        "Discrimination is acted on or passed on, and a crime may be passed on "
        "(Law 15/2022, articles 31 and 32)"
    ),
    MINORS: mark("Violence against a minor is always reported (Organic Law 8/2021, articles 15 and 16)"),
}
DUTY_DECISIONS: Final = {
    "report": mark("The office reports it"),
    "not": mark("The office does not report it"),
}
READINGS: Final = {"agrees": mark("Agrees"), "disagrees": mark("Does not agree")}


def may_be(basis: str, decision: str) -> bool:
    """Say whether this may be decided on this basis: of a minor it is always reported."""
    return basis != MINORS or decision == "report"
