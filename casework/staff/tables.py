"""How members of staff come in: from which browsers, with which passkeys or account of the city.

And helped by whom after a loss.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column

BROWSERS: Final = ("firefox", "chrome", "edge", "safari", "other")
WAYS: Final = ("code", "passkey", "city")
"""What stood beside the pass-phrase: six digits, a passkey, the city's own sign-in."""
LOSSES: Final = ("factor", "passphrase")
"""What somebody lost: the telephone or passkey, or the pass-phrase and with it their own key."""


class StaffDevice(CaseworkTable, table=True):
    """A browser in which somebody signed in: the hash of a random cookie of its own, and no address."""

    __tablename__ = "staff_device"
    __table_args__ = (UniqueConstraint("staff_id", "token_hash", name="staff_device_once"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id")
    token_hash: bytes = column("proof", exactly=32, index=True)
    first_on: date = column("staff")
    last_on: date = column("staff")


class StaffSignIn(CaseworkTable, table=True):
    """One sign-in: its day and hour in the city, the family of the browser, and whether it was a new one.

    `way_code` is what stood beside the pass-phrase; unknown of those before it was noted.

    `number` counts a person's sign-ins, so that what came after what needs no minute. `told_up_to` is the
    line of the office's timeline that stood last then: what came later is news when they come again.
    """

    __tablename__ = "staff_sign_in"
    __table_args__ = (
        UniqueConstraint("staff_id", "number", name="staff_sign_in_number"),
        Index("staff_sign_in_of_a_day", "staff_id", "signed_in_on"),
        CheckConstraint("hour BETWEEN 0 AND 23", "hour_of_a_day"),
        CheckConstraint("number >= 1", "number_counts_from_one"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id")
    number: int = column("staff")
    device_id: UUID = column("staff", foreign_key="staff_device.id")
    signed_in_on: date = column("staff")
    hour: int = column("staff")
    browser_code: str = column("staff", codes=BROWSERS)
    is_new_device: bool = column("staff")
    way_code: str | None = column("staff", codes=WAYS, default=None)
    told_up_to: int = column("technical")


class StaffPasskey(CaseworkTable, table=True):
    """A passkey that stands in for the six digits: a public key; it opens nothing that is sealed.

    `user_handle` is random and the same for all passkeys of one person, so that a device offers one entry.
    `stopped_on` is the day on which its counter went back: somebody may have copied it.
    """

    __tablename__ = "staff_passkey"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id", index=True)
    name: str = column("staff", max_length=60)
    credential_id: bytes = column("proof", largest=1023, unique=True)
    public_key: bytes = column("proof", largest=1024)
    user_handle: bytes = column("proof", exactly=32)
    sign_count: int = column("technical")
    added_on: date = column("staff")
    used_on: date | None = column("staff", default=None)
    stopped_on: date | None = column("staff", default=None)


class StaffCityLink(CaseworkTable, table=True):
    """The account of the city that stands in for somebody's six digits: a hash under their own key.

    What the city calls them is not kept, because it may be the number of a document. `issuer` is the address
    of the provider that called them so; at another one the link counts for nothing.
    """

    __tablename__ = "staff_city_link"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id", unique=True)
    issuer: str = column("technical", max_length=255)
    account_hash: bytes = column("proof", exactly=32)
    linked_on: date = column("staff")
    used_on: date | None = column("staff", default=None)


class StaffRecovery(CaseworkTable, table=True):
    """Help for somebody who lost what they sign in with: asked by one, confirmed by another.

    `code_hash` belongs to the one-time code with which a new telephone is set up; a new invitation lies with
    the member of staff.
    """

    __tablename__ = "staff_recovery"
    __table_args__ = (
        CheckConstraint("asked_by <> confirmed_by", "never_alone"),
        CheckConstraint("asked_by <> staff_id AND confirmed_by <> staff_id", "never_for_oneself"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_on IS NULL)", "confirmed_by_name_and_day"),
        CheckConstraint("(code_hash IS NULL) = (code_ends_on IS NULL)", "code_with_its_end"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id", index=True)
    lost_code: str = column("staff", codes=LOSSES)
    asked_by: UUID = column("staff", foreign_key="staff.id")
    asked_on: date = column("staff")
    confirmed_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    confirmed_on: date | None = column("staff", default=None)
    code_hash: bytes | None = column("proof", default=None, exactly=32)
    code_ends_on: date | None = column("staff", default=None)
    ended_on: date | None = column("staff", default=None)
