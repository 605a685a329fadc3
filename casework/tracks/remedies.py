"""Which remedies of the office's list are noted under a track, and whether one was complied with. Pure."""

from typing import Final

from office.languages import mark

NOT_NOTED: Final = frozenset({"none", "residence_permit"})
"""Codes of the list that are no promise of the other side; the second would tell of a person's own status."""
WITH_AMOUNT: Final = frozenset({"compensation", "fine"})

COMPLIED: Final = {
    "yes": mark("Complied with"),
    "partly": mark("Complied with in part"),
    "no": mark("Not complied with"),
}
PROMISED: Final = mark("Promised; nobody has looked yet")
