"""Issuing a receipt again: the proof that is asked for, and number and key once."""

from typing import Final

from pydantic import Field

from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shape, Shown


class ReissueShown(Shown):
    """Issuing a receipt again. Its key stands in the answer that makes it, and nowhere else."""

    case_number: str
    key: str | None = Field(description="In groups of digits; hand it over now, it is kept nowhere.")
    is_possible: bool | None = Field(description="Whether the person left a way to be surely known by.")
    another_was_noted: bool = Field(
        False, description="A contact was noted since the report; it proves nothing here."
    )
    version: int | None = None
    proofs: tuple[Choice, ...] = ()


def reissue(page: Page) -> ReissueShown:
    """Return the new receipt, or what is asked before it is issued."""
    case, groups = page["case"], page["key_groups"]
    if groups:
        return ReissueShown(case_number=case.reference, key=" ".join(groups), is_possible=None)
    if not page["is_possible"]:
        return ReissueShown(case_number=case.reference, key=None, is_possible=False)
    return ReissueShown(
        case_number=case.reference,
        key=None,
        is_possible=True,
        another_was_noted=page["is_corrected"],
        version=case.version,
        proofs=choices(page["proofs"]),
    )


SHAPES: Final[dict[str, Shape]] = {"reissue.html": reissue}
