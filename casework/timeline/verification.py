"""Is the timeline whole? Every chain is recomputed and compared with the signed heads kept outside."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from casework.timeline.heads import SignedHead
from casework.timeline.queries import chains, heads
from casework.timeline.rules import BEGINNING, Finding, Link, examine
from casework.timeline.tables import Event


def findings(session: Session, signed: list[SignedHead]) -> Iterator[Finding]:
    """Yield what is wrong with the timeline.

    An edited row breaks its own hash; a row taken out or put in breaks the numbers; a cut tail falls short
    of the chain's present head, or of a signed one if the head was cut too; a chain recomputed from end to
    end does not meet the hash that was signed on an earlier day.
    """
    said = heads(session)
    ends: dict[str, tuple[int, bytes]] = {}
    for chain, events in chains(session):
        last = _Last()
        yield from examine(chain, last.watched(events))
        ends[chain] = (last.seq, last.hash)
    for chain in sorted(said.keys() | ends.keys()):
        if ends.get(chain) != said.get(chain):
            seq = min(ends.get(chain, (0, b""))[0], said.get(chain, (0, b""))[0]) + 1
            yield Finding(chain, seq, "the end of the chain is not where its head says")
    for head in signed:
        found = session.exec(
            select(Event.hash).where(Event.chain == head.chain, col(Event.seq) == head.seq)
        ).one_or_none()
        if found is None:
            yield Finding(head.chain, head.seq, f"missing, though its head was signed on {head.day}")
        elif found != head.hash:
            yield Finding(head.chain, head.seq, f"is not what was signed on {head.day}")


class _Last:
    """Remembers the last link that passed by."""

    def __init__(self) -> None:
        self.seq, self.hash = 0, BEGINNING

    def watched(self, events: Iterator[Event]) -> Iterator[Link]:
        for event in events:
            self.seq, self.hash = event.seq, event.hash
            yield event
