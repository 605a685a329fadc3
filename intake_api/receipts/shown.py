"""A receipt as it is shown, printed and made a PDF: number, key, picture, and what is promised.

The picture holds number and key as plain text and is no address: a camera that opens addresses by itself
sends them nowhere. Whoever comes back pastes the text into the first field of the return page.
"""

from dataclasses import dataclass
from typing import Any

import segno

from intake_api.door import Door
from intake_api.drafts.keeping import Draft
from intake_api.guide.deadline_words import guidance_in
from intake_api.promises import promises_on_receipt
from office.ids import shown
from office.languages import Language
from office.sealing.receipts import grouped


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person takes away.

    Attributes:
        case_number: as it is shown, `K4T7-2MPX-9`.
        key_groups: the six groups of the key.
        spelt: the signs of the number in its three groups, as they are said on the telephone.
        picture: number and key as a QR code, an address of the kind `data:`.
    """

    case_number: str
    key_groups: tuple[str, ...]
    spelt: tuple[tuple[str, ...], ...]
    picture: str

    def __repr__(self) -> str:
        return "Sheet(…)"


def sheet_of(case_number: str, key: str) -> Sheet:
    """Return the sheet of a receipt."""
    number, digits = shown(case_number), grouped(key)
    return Sheet(
        case_number=number,
        key_groups=tuple(digits.split(" ")),
        spelt=tuple(tuple(group) for group in number.split("-")),
        picture=segno.make(f"{number} {digits}", error="m").svg_data_uri(scale=4, border=4),
    )


def told_on_receipt(door: Door, language: Language, draft: Draft) -> dict[str, Any]:
    """Return what the receipt of a report that was sent says, by the names of its template."""
    if draft.receipt is None or draft.sent_at is None:
        raise ValueError("not sent")
    received_on = draft.sent_at.astimezone(door.city.zone).date()
    return {
        "sheet": sheet_of(draft.receipt.case_number, draft.receipt.key),
        "received_on": received_on,
        "promised_on": draft.promised_on,
        "looked_at_on": draft.looked_at_on,
        "is_in_danger": draft.is_in_danger,
        "is_witness": draft.is_witness,
        "emergencies": door.emergencies(),
        "guidance": guidance_in(language, draft.guidance, door.city),
        "files": draft.files_told,
        "filing": draft.filing,
        "relay": door.pages.spoken(draft.filing.relay_language or language.tag),
        "promises": promises_on_receipt(
            door.city, received_on, language, wants_advice=draft.promised_on is not None
        ),
    }
