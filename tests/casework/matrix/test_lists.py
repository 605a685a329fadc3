"""A case comes that somebody may not open: no line, count, search, export, feed or page of theirs changes."""

import re
from itertools import zip_longest

import pytest

from casework.deadlines.weekly import week_of
from casework.doors import PUBLIC
from tests.casework.desk import CITY, NOW
from tests.casework.matrix.asking import ask, asks, client_of, expected, filling_of
from tests.casework.matrix.declared import NOTHING, declared
from tests.casework.matrix.filling import filled
from tests.casework.matrix.world import PATTERN, World

NEAR = {"mine", "plain", "of_reports", "of_cases", "agreed", "closed", "of_laila", "of_iris"}
"""Things beside which a case could show that one must not see: proposals, groups, those of the same event."""

QUERIES = (
    "cases?whose=all",
    "cases?whose=all&which=overdue",
    "cases?whose=all&which=closed",
    "cases?whose=all&area=housing&district=14",
    "cases.csv?whose=all",
    "deadlines?whose=all",
    "deadlines?whose=all&which=unconfirmed",
    "deadlines?whose=all&state=computed&sort=route",
    "deadlines.csv?whose=all",
    "referrals?whose=all",
    "referrals.csv?whose=all",
    "tasks?whose=all",
    "tasks.csv?whose=all",
)


MESSAGE = re.compile(r"message[:.][0-9a-f-]{36}")
"""What a message is called in a choice. It gets its id when its case is first opened."""


def looked(world: World, who: str, searches: tuple[dict[str, str], ...], *, near: bool) -> dict[str, str]:
    """Return every list, count, search, export and feed of somebody, and the pages of what is near."""
    told, client, found = declared(), client_of(world, who), {}
    for one in asks(told, who, "GET"):
        own = filling_of(world, one.subject)
        is_list = one.subject is NOTHING or one.subject.kind == "calendar"
        if one.route.anew or (one.route.path in PUBLIC and one.subject is NOTHING):
            continue  # these know nobody, and the page of an invitation has a new secret each time
        counts_all = told.people[who] in one.route.counts
        if (is_list or (near and one.subject.name in NEAR)) and not counts_all and expected(told, one, own):
            found[str(one)] = MESSAGE.sub("message", ask(world, client, one.route, own).text)
    for query in QUERIES if told.people[who] in ("adviser", "supervisor") else ():
        found[query] = client.get(f"/es/{query}").text
    for search in searches if told.people[who] in ("adviser", "supervisor") else ():
        found[f"search by {search}"] = client.post("/es/search", data=search).text
    return found


def differs(page: str, other: str) -> str:
    """Return the first line in which two pages differ, as it is in each."""
    pairs = zip_longest(page.splitlines(), other.splitlines(), fillvalue="")
    return next((f"{one.strip()} | {two.strip()}" for one, two in pairs if one != two), "")


def seeks(number: str) -> tuple[dict[str, str], ...]:
    """Return what somebody would type who seeks the case that came."""
    return (
        {"how": "number", "number": number},
        {"how": "codes", "area": "housing"},
        {"how": "name", "name": PATTERN},
        {"how": "words", "words": "acento"},
    )


@pytest.mark.parametrize(
    ("adviser", "is_city", "near", "others"),
    [
        ("pau", False, ("laila",), ("iris", "joana", "remei")),
        ("vicent", True, ("berta",), ("laila", "iris", "joana", "remei")),
    ],
    ids=["of a colleague", "against the city"],
)
def test_a_case_one_may_not_open_changes_nothing_that_one_sees(
    world: World, adviser: str, is_city: bool, near: tuple[str, ...], others: tuple[str, ...]
) -> None:
    reporter, _ = filled(world.office, adviser, PATTERN, city=is_city)
    searches = seeks(reporter.case_number)
    people = (*near, *others)
    after = {who: looked(world, who, searches, near=who in near) for who in people}
    world.restore()
    before = {who: looked(world, who, searches, near=who in near) for who in people}
    wrong = [
        f"{what}: tells {who} of a case they may not open: {differs(page, before[who][what])}"
        for who in people
        for what, page in after[who].items()
        if page != before[who][what]
    ]
    assert not wrong, "\n".join(wrong)
    assert len(after[near[0]]) > 60


def test_the_weekly_mail_counts_nothing_against_the_city(world: World) -> None:
    with world.office.reading() as session:
        before = week_of(session, NOW.date(), CITY)
    filled(world.office, "vicent", PATTERN, city=True)
    with world.office.reading() as session:
        assert week_of(session, NOW.date(), CITY) == before
