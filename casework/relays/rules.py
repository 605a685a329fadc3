"""Which ways a relay may file by, how long an access lasts at most, and who may follow a report."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from office.handover.report import ConsentCode, RelayedBy, ReportStory
from office.languages import mark
from office.vocabulary import Vocabulary

LONGEST: Final = timedelta(days=366)
"""An access that is still needed after a year is made anew, so that forgotten ones end by themselves."""
LONGEST_NAME: Final = 160
FOR_RELAYS: Final = "is_for_relays"
LONGEST_OWN: Final = timedelta(days=14)
"""An access that an outreach worker makes for themselves lasts a round of visits."""
FOLLOW: Final = "follow"
OPERATOR: Final = "operator"
KIND_NAMES: Final = {"association": mark("Partner association"), "operator": mark("Who types in for people")}


def channels_for_relays(channels: Vocabulary, day: date) -> tuple[str, ...]:
    """Return the ways by which somebody may file for others on `day`."""
    return tuple(item.code for item in channels.valid_on(day) if item.has(FOR_RELAYS))


def follower(story: ReportStory, consents: Mapping[ConsentCode, bool]) -> RelayedBy | None:
    """Return the association that may be told where a report stands now, or None.

    Args:
        story: the report as it was told.
        consents: each consent as it stands now.
    """
    relay = story.relayed_by
    if relay is None or not relay.may_follow or not consents.get(FOLLOW, False):
        return None
    return relay
