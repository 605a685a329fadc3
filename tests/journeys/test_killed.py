"""The office is killed at random moments, with real processes and real files (promise 2).

Several programs and browsers report at once; the residents' service or the courier gets SIGKILL in the
middle of it. Every receipt that was shown whole must open its report, at the door and in the office;
nothing may be there half or twice; whoever sends again gets the receipt of the first time.
"""

import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from casework.messages.tables import Outbox
from office.ids import new_id
from office.launcher import start
from office.sealing.boxes import seal
from office.stores.engines import open_store, sessions
from tests.journeys.senders import Crowd, Told
from tests.journeys.what_was_kept import (
    LOOKED_AT,
    assert_every_receipt_opens_its_report,
    assert_nothing_is_half,
    begin,
    crowd_of,
    look_back,
    numbers,
    opened,
)
from tests.support.office import TriedOffice, tried_office

SEED = 20221115
KILLS, COURIER_KILLS = 25, 8
MANY_KILLS, MANY_COURIER_KILLS = 400, 100
IN_STARTING = 5
"""Every so many kills, one falls while the service is still starting."""


def send_again(crowd: Crowd, random: Random) -> int:
    """Whoever got no answer sends again; some who did press send twice. Gives how many sent again."""
    cut_off = crowd.cut_off()
    twice = [told for told in crowd.shown()[-40:] if told.can_be_sent_again]
    again = [*cut_off, *random.sample(twice, min(4, len(twice)))]
    for told in again:
        told.send(crowd.port)
    assert not crowd.cut_off()
    return len(cut_off)


def kill_intake(office: TriedOffice, *, kills: int, seed: int) -> None:
    random = Random(seed)
    crowd = crowd_of(office, seed)
    cut_off = 0
    for number in range(kills):
        is_in_starting = number % IN_STARTING == IN_STARTING - 1
        begin(office, wait=not is_in_starting)
        if not is_in_starting:
            assert_nothing_is_half(office)
            newest = crowd.shown()[-LOOKED_AT:]
            cut_off += send_again(crowd, random)
            look_back(office, newest)
        crowd.start()
        time.sleep(random.uniform(0.3, 1.6) if is_in_starting else random.uniform(0.02, 0.6))
        office.kill("intake")
        crowd.stop()
    begin(office)
    cut_off += send_again(crowd, random)
    look_back(office, random.sample(crowd.shown(), min(100, len(crowd.shown()))))
    assert_nothing_is_half(office)
    assert cut_off > kills / 2, "the kills did not fall in the middle of anything"
    assert len(crowd.shown()) > 10 * kills
    assert_every_receipt_opens_its_report(office, crowd.told)


def test_every_receipt_shown_opens_its_report_however_often_the_door_is_killed(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_intake(office, kills=KILLS, seed=SEED)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_receipt_shown_opens_its_report_after_hundreds_of_kills(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_intake(office, kills=MANY_KILLS, seed=SEED + 1)


def answers_waiting(office: TriedOffice, told: list[Told], count: int) -> set[str]:
    """Put sealed answers of the office to some reports in its outbox, for the courier to carry back."""
    makes = sessions(open_store(office.office.store("casework"), role="owner", store="casework"))
    ids = set()
    with opened(office, "mailbox") as connection:
        keys = dict(connection.execute("SELECT case_number, reporter_public_key FROM receipt"))
    with makes.begin() as session:
        for each in [each for each in told if each.shown][:count]:
            assert each.shown is not None
            number = each.shown.case_number.replace("-", "")
            sealed = seal(b"{}", keys[number], about=f"reply/{number}")
            reply = Outbox(
                id=new_id(),
                kind="reply",
                case_number=number,
                iso_week="2026-W48",
                reporter_key_version=1,
                sealed=sealed,
            )
            ids.add(reply.id.hex)
            session.add(reply)
    makes.kw["bind"].dispose()
    return ids


def kill_courier(office: TriedOffice, *, kills: int, seed: int) -> None:
    random = Random(seed)
    crowd = crowd_of(office, seed, programs=4, browsers=1)
    courier = office.service("courier")
    courier = replace(courier, command=(*courier.command[:-1], "0.02"))
    begin(office)
    replies: set[str] = set()
    in_between = 0
    for _ in range(kills):
        crowd.start()
        office.running["courier"] = start(courier, office.said.append)
        time.sleep(0.5)
        crowd.stop()
        replies |= answers_waiting(office, crowd.told[-60:], 40)
        before = numbers(office, "casework", "SELECT case_number FROM inbox_report")
        crowd.start()
        until = time.monotonic() + 120  # for one that hangs, not for a busy machine
        while numbers(office, "casework", "SELECT case_number FROM inbox_report") == before:
            assert time.monotonic() < until, "the courier does not come"
        time.sleep(random.uniform(0, 0.12))
        office.kill("courier")
        crowd.stop()
        assert_nothing_is_half(office)
        at_desk = numbers(office, "casework", "SELECT case_number FROM inbox_report")
        waiting = numbers(office, "mailbox", "SELECT case_number FROM envelope")
        in_between += bool(at_desk & waiting)
    assert_every_receipt_opens_its_report(office, crowd.told)
    with opened(office, "mailbox") as connection:
        carried = [row[0] for row in connection.execute("SELECT id FROM reply")]
    assert sorted(carried) == sorted(replies)
    assert kills < MANY_COURIER_KILLS or in_between, "no kill fell between the two stores"
    look_back(office, crowd.shown()[-LOOKED_AT:])


def test_nothing_is_lost_or_doubled_however_often_the_courier_is_killed(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_courier(office, kills=COURIER_KILLS, seed=SEED)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_nothing_is_lost_or_doubled_after_a_hundred_kills_of_the_courier(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        kill_courier(office, kills=MANY_COURIER_KILLS, seed=SEED + 1)
