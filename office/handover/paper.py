"""What the desk hands to a resident on paper says, in every language in which they can come to the office.

The sentences stand here, as those of notices do, so that every language of the residents has them.
"""

from collections.abc import Mapping
from typing import Final

from office.languages import mark

SAYINGS: Final[Mapping[str, str]] = {
    "advice_title": mark("Our advice, in writing"),
    "advice_hello": mark("You asked us for advice. Here it is in writing, so that you can read it again."),
    "advice_question": mark("Your question"),
    "advice_facts": mark("What we start from"),
    "advice_options": mark("What you can do"),
    "advice_decide": mark("You decide. We do nothing in your name unless you say so."),
    "advice_again": mark("If something changes, or a date comes near, tell us at once."),
    "case_number": mark("Case number"),
    "phone": mark("Telephone"),
    "date": mark("Date"),
    "attended_title": mark("Certificate of having been attended"),
    "attended_says": mark(
        "At the request of the person named here, this office states that it attended them on these days."
    ),
    "attended_only": mark("This paper states nothing else. The office keeps no copy of it."),
    "contacts_title": mark("Contacts with this office"),
    "contacts_says": mark(
        "At the request of the person named here: their own contacts with this office, in the order of days."
    ),
    "name": mark("Name"),
    "day": mark("Day"),
    "how": mark("How"),
    "what": mark("What"),
    "at_office": mark("At the office"),
    "elsewhere": mark("Outside the office"),
    "by_phone": mark("By telephone"),
    "by_video": mark("By video call"),
    "in_writing": mark("In writing"),
    "first_contact": mark("First contact"),
    "wrote": mark("Wrote to the office"),
    "attended": mark("Was attended"),
    "own_words": mark("In their own words"),
    "by_hand": mark(
        "Number of a document, only if an authority demands it. It is written by hand; the office has it not."
    ),
    "for_the_office": mark("For the office"),
}
"""Every sentence of these papers, by the name their templates use."""
