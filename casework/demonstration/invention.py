"""Invents situations: seeded, so that the same seed and month give the same years. Pure."""

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from office.clock import month_of
from office.handover.report import CodedRecord
from office.vocabulary import City

MONTHS: Final = 60
MONTHS_OF_A_QUARTER: Final = 3
FRIDAY: Final = 4
LATE_SHARE: Final = 0.09  # of the people who wait, how many wait longer than they were promised
BETWEEN_NEWS: Final = (12, 14, 21)  # days
SURPRISE: Final = 0.12  # how much a month differs from what season and growth say


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented situation: the day it was told, what may be counted, and whether it may be counted."""

    told_on: date
    record: CodedRecord
    is_counted: bool


@cache
def weights() -> Mapping[str, Any]:
    """Return the weights as the file has them."""
    return tomllib.loads((Path(__file__).parent / "invention.toml").read_text("utf-8"))


def invent(seed: int, city: City, until: date, months: int = MONTHS) -> Iterator[Invented]:
    """Yield the situations of the `months` months that end with the month of `until`, in order of day.

    The first quarter is whole, so a few months more may come; no situation is told after `until`.
    """
    chance = random.Random(seed)
    table = weights()
    oldest = months - 1 + (_months_before(until, months - 1)[1] - 1) % MONTHS_OF_A_QUARTER
    for ago in range(oldest, -1, -1):
        year, month = _months_before(until, ago)
        expected = table["per_year"] / 12 * table["season"][month - 1]
        expected *= table["yearly_growth"] ** ((months / 2 - ago) / 12)
        factors = {
            s["ground"]: s["factor"] for s in table["surges"] if 0 <= s["from_months_ago"] - ago < s["months"]
        }
        share = sum(table["grounds"][ground] * (factor - 1) for ground, factor in factors.items())
        expected *= 1 + share / sum(table["grounds"].values())
        number = max(0, round(chance.gauss(expected, expected * SURPRISE)))
        days = sorted(date(year, month, chance.randint(1, 28)) for _ in range(number))
        for day in days:
            if day <= until:
                yield _one(chance, table, city, day, factors, is_old=ago > 3)


@dataclass(frozen=True, slots=True)
class News:
    """A day on which a person heard from the office, and the day by which they were to hear again."""

    on: date
    promised_on: date


def news_days(first: date, today: date, chance: random.Random) -> Iterator[News]:
    """Yield when somebody heard from the office, from `first` on, until the last promise lies ahead.

    The office keeps its promises, but for a few people whose last one was missed some days ago.
    """
    missed_on = today - timedelta(days=chance.randrange(2, 9)) if chance.random() < LATE_SHARE else None
    told = News(first, at_work(first + timedelta(days=chance.choice(BETWEEN_NEWS))))
    while True:
        if missed_on is not None and told.on < missed_on <= told.promised_on:
            yield News(told.on, missed_on)
            return
        yield told
        if told.promised_on > today:
            return
        on = at_work(told.promised_on - timedelta(days=chance.randrange(3)))
        told = News(on, at_work(on + timedelta(days=chance.choice(BETWEEN_NEWS))))


def at_work(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > FRIDAY else day


def _one(
    chance: random.Random,
    table: Mapping[str, Any],
    city: City,
    day: date,
    factors: Mapping[str, float],
    *,
    is_old: bool,
) -> Invented:
    grounds = {code: weight * factors.get(code, 1) for code, weight in table["grounds"].items()}
    several = int(_drawn(chance, table["several_grounds"]))
    closed = is_old or chance.random() < 0.3
    return Invented(
        told_on=day,
        is_counted=chance.random() < table["counted_share"],
        record=CodedRecord(
            month=month_of(day),
            occurred_year=day.year if day.month > 1 or chance.random() < 0.7 else day.year - 1,
            district_code=_drawn(chance, _places(city)),
            area_code=_drawn(chance, table["areas"]),
            ground_codes=tuple(sorted({_drawn(chance, grounds) for _ in range(several)})),
            respondent_code=_drawn(chance, table["respondents"]),
            channel_code=_drawn(chance, table["channels"]),
            language=_drawn(chance, table["languages"]),
            stage_code="closed" if closed else "advice",
            response_codes=(_drawn(chance, table["responses"]),) if closed else (),
            outcome_code=_drawn(chance, table["outcomes"]) if closed else None,
            first_answer_band=_drawn(chance, table["first_answer_bands"]),
        ),
    )


def _drawn(chance: random.Random, weighted: Mapping[str, float]) -> str:
    return chance.choices(list(weighted), list(weighted.values()))[0]


def _places(city: City) -> dict[str, float]:
    """Return districts by their people, the centre weighted up because visitors meet things there too."""
    places: dict[str, float] = {code: district.population for code, district in city.geography.items()}
    first = min(places)
    everyone = sum(places.values())
    return places | {first: places[first] * 2.2, "outside": everyone * 0.03, "unknown": everyone * 0.08}


def _months_before(day: date, ago: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 - ago
    return count // 12, count % 12 + 1
