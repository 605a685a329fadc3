"""What every page says of the office that answers for it: name, place, telephone, colours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from office.errors import OfficeError
from office.vocabulary.city import City
from office.vocabulary.colours import READABLE, contrast

DEFAULT_ACCENT: Final = "#14545c"
DEFAULT_SECOND: Final = "#c9762f"
WHITE: Final = "#ffffff"


class AccentUnreadable(OfficeError):
    """White text on the city's colour could not be read by everybody."""

    code = "accent_unreadable"
    sentence = "The colour chosen for the city is too light to be read on."


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office as its pages name it.

    Attributes:
        office_name: name of the office, by language tag.
        place: name of the city, by language tag.
        phone: telephone number as it is shown, `900 000 000`; empty if there is none.
        accent: the city's colour, `#rrggbb`; white text must be readable on it.
        second: a colour beside it, only for drawing.
    """

    office_name: Mapping[str, str]
    place: Mapping[str, str]
    phone: str = ""
    accent: str = DEFAULT_ACCENT
    second: str = DEFAULT_SECOND
    more_properties: Mapping[str, str] = field(default_factory=dict)

    def custom_properties(self) -> dict[str, str]:
        """Return the style sheet's custom properties made from the accent.

        Raises:
            AccentUnreadable: white on the accent has a contrast under 4.5.
        """
        if contrast(WHITE, self.accent) < READABLE:
            raise AccentUnreadable(colour=self.accent)
        return {
            "accent": self.accent,
            "accent-deep": mixed(self.accent, "#000000", 0.32),
            "accent-soft": mixed(self.accent, WHITE, 0.82),
            "accent-mist": mixed(self.accent, WHITE, 0.93),
            **self.more_properties,
        }

    def mark(self) -> bytes:
        """Return the sign beside the office's name: two rings that hold each other."""
        return _MARK.format(one=self.accent, two=self.second).encode()


_MARK: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    '<g fill="none" stroke-width="4"><circle cx="15" cy="20" r="11" stroke="{one}"/>'
    '<circle cx="25" cy="20" r="11" stroke="{two}"/>'
    '<path d="M20 10.2a11 11 0 0 1 0 19.6" stroke="{one}"/></g></svg>'
)


def letterhead_of(city: City) -> Letterhead:
    """Return the letterhead made from a city's data: its office, its telephone, its colours."""
    colours = city.look.colours
    return Letterhead(
        office_name=city.office.name,
        place=city.name,
        phone=city.office.phone,
        accent=colours.get("--office-brand", DEFAULT_ACCENT),
        second=colours.get("--office-accent", DEFAULT_SECOND),
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with a share (0 to 1) of `other`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)
