"""A flood and people at the same address (issue 3, "Abuse and load"), with real processes and real files.

Fifty requests a second, each declaring 30 MB, at every address that takes something; beside it people report
at the rate of 500 an hour. Nobody at this address is refused for the flood, and nothing says who was there.
"""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from intake_api.app import create_app
from intake_api.settings import IntakeSettings
from tests.intake_api.addresses import addresses
from tests.journeys.flooding import Plan, Reached, begin, end
from tests.journeys.senders import Link, Told, invented, words
from tests.support.office import TriedOffice, tried_office

SOURCE = "127.77.13.9"
PACKED = bytes(int(part) for part in SOURCE.split("."))
USER_AGENT = "PlantedBrowser/77.13 (nobody may keep this)"
NOW, MINUTE = "2026-11-23T10:37:41+00:00", b"10:37"
PEOPLE_A_SECOND = 500 / 3600
A_FORM = 2.0
"""Seconds within which a page of the form is there, flood or not."""
FREE = 0.10
MOST_GROWTH = 64 * 2**20
"""Bytes a minute of flood may leave on the disk: a handful of reports and the store's own log."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TriedOffice]:
    with tried_office(tmp_path / "office", demo_now=NOW) as tried:
        tried.start("intake")
        yield tried


def person(port: int) -> Link:
    """Somebody at the address from which the flood comes."""
    return Link(port, source=SOURCE, user_agent=USER_AGENT)


def report_in_the_middle(port: int, number: int) -> tuple[Told, list[float]]:
    """One person reports and gets a receipt; how long each page took."""
    told = invented(Random(number), "browser")
    link = person(port)
    with closing(link):
        told.send_by(link)
    return told, link.took


def flood_and_report(office: TriedOffice, seconds: float) -> tuple[Reached, list[Told], list[float]]:
    """Flood for so long, and let people report meanwhile at their rate, at least four."""
    port = office.service("intake").port
    assert port is not None
    everywhere = tuple(addresses(create_app(IntakeSettings()), "POST"))
    flood = begin(Plan(port, SOURCE, USER_AGENT, everywhere, seconds))
    begun, told, took = time.monotonic(), [], []
    people = max(4, round(seconds * PEOPLE_A_SECOND))
    try:
        for number in range(people):
            time.sleep(max(0.0, begun + (number + 0.5) * seconds / people - time.monotonic()))
            one, times = report_in_the_middle(port, number)
            told.append(one)
            took += times
    finally:
        reached = end(flood)
    print(f"\n{reached.told()}\npeople: {len(told)} reports, slowest page {max(took):.2f} s")
    return reached, told, took


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def assert_slowed_and_nobody_else_refused(
    office: TriedOffice, reached: Reached, told: list[Told], before: int
) -> None:
    assert reached.asked > 0.8 * 50 * reached.seconds, "the flood itself did not come up to its rate"
    refused = reached.count(413, 429) + reached.count(0)
    assert reached.count(429) > reached.asked / 2, reached.statuses
    assert refused > 0.9 * reached.asked, reached.statuses
    assert reached.count(500, 502) == 0, reached.statuses
    assert all(one.shown for one in told)
    for one in told:
        assert one.shown is not None
        with closing(person(office.service("intake").port or 0)) as link:
            opened = link.form("/es/return", {"case_number": one.shown.case_number, "key": one.shown.key})
        assert opened.to == "/es/return/case", words(opened.text)
    assert size_of(office.home) - before < MOST_GROWTH
    disk = shutil.disk_usage(office.home)
    assert disk.free > FREE * disk.total, "less than a tenth of the disk is free"


def assert_nobody_was_noted(office: TriedOffice) -> None:
    """Neither the address nor the browser's name is anywhere, nor the time where residents' things are."""
    log = "\n".join(line for line in office.said if line.startswith("intake"))
    assert "Uvicorn running" in log
    assert not re.search(r"\d:\d\d:\d\d", log), log
    for trace in (SOURCE, USER_AGENT, "PlantedBrowser"):
        assert trace not in log
    for path in (path for path in office.home.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for mark in (SOURCE.encode(), PACKED, USER_AGENT.encode(), b"PlantedBrowser"):
            assert mark not in content, (path.name, mark)
        if path.name.startswith("mailbox"):
            assert MINUTE not in content, path.name


def test_people_report_from_the_address_of_a_flood_and_nobody_is_noted(office: TriedOffice) -> None:
    before = size_of(office.home)
    reached, told, _ = flood_and_report(office, 10)
    assert_slowed_and_nobody_else_refused(office, reached, told, before)
    assert_nobody_was_noted(office)
    office.stop()
    assert_nobody_was_noted(office)


@pytest.mark.long
def test_in_a_minute_of_flood_no_page_of_the_form_takes_two_seconds(office: TriedOffice) -> None:
    before = size_of(office.home)
    reached, told, took = flood_and_report(office, 60)
    assert_slowed_and_nobody_else_refused(office, reached, told, before)
    assert max(took) < A_FORM, sorted(took)[-5:]
    assert_nobody_was_noted(office)
