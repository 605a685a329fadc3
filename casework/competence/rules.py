"""Bodies that can be competent for a case. Pure."""

from typing import Final

from office.languages import mark

OFFICE: Final = "office"
BODIES: Final = {
    OFFICE: mark("This office"),
    "region": mark("The regional authority"),
    "state": mark("The State's authority for equal treatment, or another of its bodies"),
    "labour": mark("The labour inspectorate"),
    "consumer": mark("A consumer office"),
    "prosecutor": mark("Police, prosecutor or a court"),
    "ombudsman": mark("An ombudsman"),
    "other": mark("Another body"),
}
"""Who decides about a matter; with anybody but the office, its name is written."""
LONGEST_NAME: Final = 200
LONGEST_NOTE: Final = 2_000
