"""Whether the rights guide fits the office's lists and each city: `python -m intake_api check-guide`.

An unknown code is an error. A review that is due, or an answer that names somebody a city does not have, is
work to do: the pages leave such a contact or route out.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from intake_api.guide.reading import Guide, GuideBroken, load_guide, own_files
from office.clock import Clock, SystemClock, day_in
from office.errors import OfficeError
from office.vocabulary import CITIES, DEFAULT_CITY, City, load, load_city
from office.vocabulary.findings import Finding, error, warning


class GuideDoesNotFit(OfficeError):
    """The checker found errors."""

    code = "guide_does_not_fit"
    sentence = "The rights guide does not fit the office's lists; see the errors above."


def check_all(cities: Sequence[Path] = (), today: date | None = None) -> list[Finding]:
    """Return everything found in the guide as each city shows it, errors first.

    Args:
        cities: their folders; without any, the cities shipped with the office.
        today: the day of the check; without it, the day it is in each city.
    """
    folders = cities or sorted(one for one in CITIES.iterdir() if one.is_dir())
    found = [finding for folder in folders for finding in check_city(folder, today)]
    return sorted(found, key=lambda finding: finding.severity)


def check_city(folder: Path, today: date | None = None, clock: Clock | None = None) -> list[Finding]:
    """Return everything found in the guide of the city in `folder`."""
    source = f"{folder.name}/guide"
    try:
        guide = load_guide(folder)
    except GuideBroken as problem:
        return [error(source, "unreadable", str(problem))]
    city = load_city(folder)
    day = today or day_in(city.zone, (clock or SystemClock()).now())
    is_its_own = city.code == DEFAULT_CITY or bool(own_files(folder))
    return [*check_review(source, guide, day), *check_codes(source, guide, city, is_its_own=is_its_own)]


def check_review(source: str, guide: Guide, today: date) -> Iterator[Finding]:
    """Yield what is still to be confirmed, reviewed or read again."""
    meta = guide.meta
    if not meta.is_confirmed:
        yield warning(source, "unreviewed", f"{len(guide.area)} answers that no lawyer has confirmed yet")
    if meta.is_overdue_on(today):
        yield warning(source, "review_due", f"was to be read again by {meta.next_review.isoformat()}")
    for tag in meta.translated_by:
        if not meta.reviewed_by.get(tag):
            yield warning(source, "unreviewed", f"the words in {tag} are a draft that nobody has reviewed")


def check_codes(source: str, guide: Guide, city: City, *, is_its_own: bool) -> Iterator[Finding]:
    """Yield the codes no list has, and the areas without an answer.

    Args:
        source: where the guide stands.
        guide: what is looked at.
        city: whose lists and contacts the pages use.
        is_its_own: the guide was written for this city, so a route or contact it lacks is an error.
    """
    lacking = error if is_its_own else warning
    areas, grounds, routes = (load(name, city) for name in ("areas", "grounds", "routes"))
    contacts = {contact.code for contact in city.contacts}
    for code in guide.answers:
        if code not in areas:
            yield error(source, "reference_unknown", f"areas has no code {code}")
    for item in areas:
        if item.code not in guide.answers:
            yield error(source, "answer_missing", f"there is no answer for {item.code}")
    for answer in guide.ground:
        for code in answer.codes:
            if code not in grounds:
                yield error(source, "reference_unknown", f"grounds has no code {code}")
            elif grounds.item(code).has("is_walled"):
                yield error(
                    source, "walled_in_the_open", f"{code} may have no answer of its own: everybody is told"
                )
    for place, codes in guide.routes_named():
        for code in codes:
            if code not in routes:
                yield lacking(source, "reference_unknown", f"{place}: routes has no code {code}")
    for place, codes in guide.contacts_named():
        for code in codes:
            if code not in contacts:
                yield lacking(source, "reference_unknown", f"{place}: the city has no contact {code}")


def tell(cities: Sequence[Path]) -> None:
    """Write every finding.

    Raises:
        GuideDoesNotFit: there was at least one error.
    """
    found = check_all(cities)
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    counted = Counter(finding.severity for finding in found)
    sys.stdout.write(f"{counted['error']} errors, {counted['warning']} warnings\n")
    if counted["error"]:
        raise GuideDoesNotFit(errors=str(counted["error"]))
