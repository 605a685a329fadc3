"""Days off of countries and regions, from the library `holidays`, which is slow to load."""

from datetime import date
from functools import cache


@cache
def is_listed(country: str, region: str) -> bool:
    """Return whether the library has this country and, if one is named, this region of it."""
    from holidays import list_supported_countries

    regions = list_supported_countries().get(country)
    return regions is not None and (not region or region in regions)


def days_off_of(country: str, region: str, year: int) -> tuple[date, ...]:
    """Return the days off of a year in a country, and in a region of it; ask `is_listed` first."""
    from holidays import country_holidays

    return tuple(country_holidays(country, subdiv=region or None, years=year))
