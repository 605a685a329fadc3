"""Why an act was refused, where its page tells more than a sentence: each reason, and where to see to it."""

from collections.abc import Mapping
from typing import Any, Final

from casework.api.door import PREFIX
from office.languages import mark

HEADINGS: Final[Mapping[str, str]] = {
    "standing.html": mark("Nothing was changed: this is missing"),
    "voiding.html": mark("Something stands in the way of voiding it"),
    "giving.html": mark(
        "These cannot change hands, so none did. Look at them, or leave them out and send again."
    ),
    "taking_up.html": mark(
        "Of these no case can be made, so none was made. Look at them, or leave them out and send again."
    ),
}
"""What stands above the reasons, by the template that lists them."""

OF_MANY: Final[Mapping[str, str]] = {"giving.html": "cases", "taking_up.html": "inbox"}
"""Where each of many lies that are refused together."""


def heading(name: str, context: Mapping[str, Any]) -> str:
    """Return the sentence above the reasons of a page; empty where it lists none."""
    return HEADINGS[name] if name in HEADINGS and _pairs(name, context) else ""


def reasons(name: str, context: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return each reason for which a page refuses: what, and the address where it can be seen to."""
    if name not in HEADINGS:
        return []
    if name in OF_MANY:
        return [
            {"what": why, "case_number": number, "at": f"{PREFIX}{OF_MANY[name]}/{number}"}
            for number, why in _pairs(name, context)
        ]
    own = f"{PREFIX}cases/{context['case'].reference}"
    return [{"what": words, "at": f"{own}/{at}" if at else own} for words, at in _pairs(name, context)]


def _pairs(name: str, context: Mapping[str, Any]) -> Any:
    return context.get("in_the_way" if name == "voiding.html" else "refused") or ()
