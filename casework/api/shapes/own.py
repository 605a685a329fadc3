"""What is everybody's own: sign-ins, passkeys, drafts; and the pages at the door, for nobody known yet."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shown import AtTheDoor, DoorShape, Page, Shape, Shown


class News(Shown):
    """Something about one's own access that somebody did."""

    on: date
    by: str
    told: str


class OpenSession(Shown):
    """A session of one's own that is open now."""

    session: UUID | None = Field(description="What it is ended by; None of the one that asks.")
    browser: str
    way: str = Field(description="What was signed in with, in words.")
    since: datetime
    is_this_one: bool


class SignIn(Shown):
    """A sign-in of the last ninety days; `hour` is the first of an hour, never a minute."""

    on: date
    hour: int
    browser: str
    way: str = Field(description="What was signed in with, in words; empty where it was not kept.")
    is_new_device: bool


class MySignInsShown(Shown):
    """One's own sessions and sign-ins."""

    news: list[News]
    open_now: list[OpenSession]
    sign_ins: list[SignIn]
    takes_passkeys: bool


def my_sign_ins(page: Page) -> MySignInsShown:
    """Return somebody's own sign-ins."""
    browsers, ways = page["browsers"], page["ways"]
    return MySignInsShown(
        news=[News(**one) for one in page["news"]],
        open_now=[
            OpenSession(
                session=one.session_id if one.session_id != page["person"].session_id else None,
                browser=browsers[one.browser_code],
                way=ways[one.way_code],
                since=one.started_at,
                is_this_one=one.session_id == page["person"].session_id,
            )
            for one in page["open_now"]
        ],
        sign_ins=[
            SignIn(
                on=one.signed_in_on,
                hour=one.hour,
                browser=browsers[one.browser_code],
                way=ways[one.way_code] if one.way_code else "",
                is_new_device=one.is_new_device,
            )
            for one in page["sign_ins"]
        ],
        takes_passkeys=page["takes_passkeys"],
    )


class Passkey(Shown):
    """A passkey of one's own. `stopped_on`: the day from which it counts no more, for there may be a copy."""

    id: UUID
    name: str
    added_on: date
    used_on: date | None
    stopped_on: date | None


class MyPasskeysShown(Shown):
    """One's own passkeys."""

    passkeys: list[Passkey]
    desk_at: str


def my_passkeys(page: Page) -> MyPasskeysShown:
    """Return somebody's own passkeys."""
    return MyPasskeysShown(
        passkeys=[
            Passkey(
                id=one.id,
                name=one.name,
                added_on=one.added_on,
                used_on=one.used_on,
                stopped_on=one.stopped_on,
            )
            for one in page["passkeys"]
        ],
        desk_at=page["desk_at"],
    )


class DraftShown(Shown):
    """A draft of one's own; without texts if it cannot be opened any more."""

    draft: str
    form: str
    case: str | None
    kept_on: date
    can_be_opened: bool
    texts: list[str]


class DraftsShown(Shown):
    """One's own drafts, the newest first."""

    drafts: list[DraftShown]


def drafts(page: Page) -> DraftsShown:
    """Return somebody's own drafts."""
    texts = page["texts"]
    return DraftsShown(
        drafts=[
            DraftShown(
                draft=one.place.path,
                form=page.view.text(one.place.form.title),
                case=one.place.number,
                kept_on=one.kept_on,
                can_be_opened=texts[one.place.path].kept_at is not None,
                texts=list(texts[one.place.path].texts) if texts[one.place.path].kept_at else [],
            )
            for one in page["lines"]
        ]
    )


class SignInShown(Shown):
    """What the door asks for; `passkeys_at` is the address for which passkeys are taken, if any are."""

    passkeys_at: str | None


def sign_in(page: AtTheDoor) -> SignInShown:
    """Return what the door asks for."""
    return SignInShown(passkeys_at=page["takes_passkeys"] or None)


class SecretShown(Shown):
    """A new secret for an app that makes six-digit codes: it is sent back with the first of them."""

    secret: str


def secret(page: AtTheDoor) -> SecretShown:
    """Return a new secret."""
    return SecretShown(secret=page["secret"])


SHAPES: Final[dict[str, Shape]] = {
    "my_sign_ins.html": my_sign_ins,
    "my_passkeys.html": my_passkeys,
    "drafts.html": drafts,
}
AT_THE_DOOR: Final[dict[str, DoorShape]] = {
    "sign_in.html": sign_in,
    "invitation.html": secret,
    "new_telephone.html": secret,
}
BACK: Final = "gives back what a page had sent when its session had ended or a store failed; a program has it"
THROUGH_THE_CITY: Final = "the way to the city's sign-in and back goes through a browser"
OUTSIDE: Final = "for somebody outside the office, who brings an address and a code and has no sign-in"
APART: Final = "what somebody is, is read by people: no program takes it along with a case"
ONLY_FOR_PEOPLE: Final[dict[str, str]] = {
    "profile.html": APART,
    "profile_reason.html": APART,
    "resume.html": BACK,
    "unkept.html": BACK,
    "languages.html": "says who translated the pages",
    "problem.html": "a problem is told as RFC 9457 has it",
    "city_came_back.html": THROUGH_THE_CITY,
    "city_sign_in.html": THROUGH_THE_CITY,
    "my_city_sign_in.html": THROUGH_THE_CITY,
    "partner_door.html": OUTSIDE,
    "partner.html": OUTSIDE,
    "partner_thanks.html": OUTSIDE,
}
