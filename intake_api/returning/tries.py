"""Wrong keys are counted, for each number alone, and slow down whoever tries on with that number.

What is counted for a number somebody has stands in its receipt; for a number nobody has it stands in
`throttle`, under the number's hash, so that both behave alike: in the same process and in another, before and
after a restart. Else five tries would tell whether a case exists. After an hour both are forgotten, not
sooner, and what nobody's number has left behind is deleted. Whoever brings the right key never waits.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from intake_api.letterbox import Desk
from office.errors import TooMany

FREE_TRIES: Final = 5
LONGEST_WAIT: Final = 60
FORGOTTEN_AFTER: Final = timedelta(hours=1)
BUCKET: Final = "number nobody has "
"""What a number is hashed with; `grants.toml` says the same, to show the form this one row."""
SELECT_TRIES: Final = "SELECT wrong_tries, blocked_until FROM throttle WHERE bucket = ?"
COUNT_KNOWN: Final = (
    "UPDATE receipt SET wrong_tries = CASE WHEN blocked_until < ? THEN 1 ELSE wrong_tries + 1 END,"
    " blocked_until = ? WHERE case_number = ?"
)
COUNT_UNKNOWN: Final = (
    "INSERT INTO throttle (bucket, wrong_tries, blocked_until) VALUES (?, 1, ?)"
    " ON CONFLICT (bucket) DO UPDATE SET wrong_tries ="
    " CASE WHEN throttle.blocked_until < ? THEN 1 ELSE throttle.wrong_tries + 1 END,"
    " blocked_until = ?"
)
PURGE: Final = "DELETE FROM throttle WHERE blocked_until < ?"


class TriedTooOften(TooMany):
    """Several wrong keys for one number; it must wait."""

    code = "tried_too_often"
    sentence = "There were several wrong tries with this number. Please wait one minute and try again."


def wait_after(wrong_tries: int) -> timedelta:
    """Return how long a number waits after so many wrong keys: not at all, then longer, at most a minute."""
    if wrong_tries < FREE_TRIES:
        return timedelta(0)
    return timedelta(seconds=min(LONGEST_WAIT, 2 ** min(wrong_tries - FREE_TRIES, 6)))


def refuse_if_blocked(blocked_until: datetime | None, now: datetime) -> None:
    """Raise TriedTooOften while a number waits."""
    if blocked_until is not None and now < blocked_until:
        raise TriedTooOften(seconds=str(LONGEST_WAIT))


def tries_of_nobody(desk: Desk, number: str) -> tuple[int, datetime | None]:
    """Return how often a number that nobody has was tried, and until when it waits."""
    rows = desk.rows(SELECT_TRIES, (bucket_of(number),))
    return (int(rows[0][0]), instant(rows[0][1])) if rows else (0, None)


def counting(
    number: str, *, is_known: bool, tries: int, blocked_until: datetime | None, now: datetime
) -> Callable[[Desk], int]:
    """Return the work that counts one more wrong key; `tries` and `blocked_until` are those found before."""
    forgotten = now - FORGOTTEN_AFTER
    if blocked_until is not None and blocked_until < forgotten:
        tries = 0
    until = now + wait_after(tries + 1)

    def work(desk: Desk) -> int:
        desk.bring(case_number=number)
        before, after = _kept(desk, forgotten), _kept(desk, until)
        if is_known:
            return desk.change(COUNT_KNOWN, (before, after, number))
        return desk.change(COUNT_UNKNOWN, (bucket_of(number), after, before, after))

    return work


def purging(now: datetime) -> Callable[[Desk], int]:
    """Return the work that deletes what was counted for numbers nobody has and is forgotten by now."""
    return lambda desk: desk.change(PURGE, (_kept(desk, now - FORGOTTEN_AFTER),))


def bucket_of(number: str) -> str:
    """Return under which name the tries with a number that nobody has are counted."""
    return sha256((BUCKET + number).encode()).hexdigest()


def instant(value: object) -> datetime | None:
    """Return an instant as either store gives it, or None."""
    if value is None:
        return None
    told = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told


def _kept(desk: Desk, at: datetime) -> Any:
    # PostgreSQL reads an instant without a zone in the zone of its own server.
    at = at.astimezone(UTC)
    return at.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds") if desk.is_sqlite else at
