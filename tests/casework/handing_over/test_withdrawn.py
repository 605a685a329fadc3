"""From a report that may be counted to a published figure, and out of it again with the receipt."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casework.handing_over.commands import HandOverSettings, hand_over
from observatory.__main__ import main
from office import signing
from office.handover.release import read_shelf
from office.stores.migrate import upgrade
from tests.casework.desk import Desk, Reporter

DEMO = ("--source", "demonstration")
SIGNED = ("--signed-off-by", "Joana Figurada")


class Chain:
    """A desk, a facts store and a shelf, with the commands that people run between them."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        facts = f"sqlite:///{desk.folder}/facts.db"
        upgrade("facts", facts)
        keys = desk.folder / "keys"
        self.settings = HandOverSettings(
            home=desk.folder,
            casework_url=desk.casework_url,
            facts_url=facts,
            statistics_key=keys / "statistics.key",
            demo=True,
        )
        self.key = keys / "release-signing.key"
        for name, value in {
            "HOME": str(desk.folder),
            "FACTS_URL": facts,
            "SHELF": str(desk.folder / "shelf"),
            "SIGNING_KEY": str(self.key),
            "DEMO": "1",
            "DEMO_NOW": "2027-02-10T10:00:00+00:00",
        }.items():
            monkeypatch.setenv(f"CONVIVENCIA_{name}", value)

    def hand_over(self) -> int:
        """Hand over, and return how many facts there are."""
        (done,) = hand_over(self.settings)
        return done.facts

    def release(self, *words: str) -> None:
        assert main((*(words or ("release",)), *DEMO, *SIGNED)) == 0

    @property
    def published(self) -> tuple[int, int | None]:
        """The band in which the newest release says how many situations the quarter had."""
        public = signing.public_half(self.key.read_bytes())
        shelf = read_shelf(Path(self.desk.folder) / "shelf" / "demonstration", public)
        release = shelf.current
        assert release is not None
        (total,) = [row for row in release.rows("quarter_total") if row.period == "2026-Q4"]
        return total.lo, total.hi


@pytest.fixture
def chain(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Chain:
    return Chain(desk, monkeypatch)


def five_reports(desk: Desk) -> Sequence[Reporter]:
    return [desk.report(f"Relato {number}.") for number in range(5)]


def by_hand(_: Desk, __: Reporter) -> None:
    """Nobody has signed in since."""


def opened(desk: Desk, _: Reporter) -> None:
    desk.signed_in("iris").get("/es/inbox")


@pytest.mark.parametrize("before", [by_hand, opened])
def test_who_takes_back_being_counted_is_not_in_the_next_release(
    desk: Desk, chain: Chain, before: Callable[[Desk, Reporter], None]
) -> None:
    first = five_reports(desk)[0]
    assert chain.hand_over() == 5
    desk.change_consent(first, "count", given=False)
    before(desk, first)
    assert chain.hand_over() == 4
    chain.release()
    assert chain.published == (0, 4)


def test_who_stays_counted_is_in_it(desk: Desk, chain: Chain) -> None:
    five_reports(desk)
    assert chain.hand_over() == 5
    chain.release()
    assert chain.published == (5, 9)


def test_a_change_that_leaves_the_count_alone_is_counted_again_once_it_was_opened(
    desk: Desk, chain: Chain
) -> None:
    first = five_reports(desk)[0]
    desk.change_consent(first, "refer", given=True)
    assert chain.hand_over() == 4  # sealed: it might have been the other
    desk.signed_in("iris").get("/es/inbox")
    assert chain.hand_over() == 5


def test_what_was_published_stays_until_it_is_taken_back_and_made_anew(desk: Desk, chain: Chain) -> None:
    first = five_reports(desk)[0]
    chain.hand_over()
    chain.release()
    desk.change_consent(first, "count", given=False)
    opened(desk, first)
    assert chain.hand_over() == 0  # the quarter is closed: its facts are gone and none comes back
    assert chain.published == (5, 9)
    assert len(desk.counted()) == 4
    chain.release("withdraw", "2026Q4.1", "--reason", "a consent was taken back")
    assert chain.hand_over() == 4
    chain.release()
    lowest, _ = chain.published  # the audit may widen the band: the earlier figure stands beside it
    assert lowest == 0
