"""What counts as proof that somebody who lost their key is the person the case is about. Codes, not words."""

from typing import Final

from office.languages import mark

PROOFS: Final = {
    "called_back": mark("I called back on the number the person left"),
    "wrote_back": mark("I wrote to the address the person left, and they answered from it"),
    "in_person": mark("They came in person and knew the word agreed with them"),
}
"""The agreed proofs: each goes by the contact the person left, never by one that whoever asks gives now."""
