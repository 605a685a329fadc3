"""`python -m casework verify-timeline` and `timeline-head`."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from casework.rounds import go_round
from casework.settings import CaseworkSettings
from casework.staff.journal import findings as journal_findings
from casework.staff.journal import take_up
from casework.store import open_casework
from casework.timeline.heads import read_heads, write_heads
from casework.timeline.queries import heads
from casework.timeline.rules import Finding
from casework.timeline.verification import findings
from casework.timeline.verified import keep_verified
from office.clock import day_in
from office.errors import OfficeError
from office.keys.files import JOURNAL
from office.vocabulary import load_city


class TimelineNotWhole(OfficeError):
    """The timeline was tampered with, or a store was damaged."""

    code = "timeline_not_whole"
    sentence = "The timeline is not whole. Do not repair anything: tell the data protection officer."


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the commands."""
    verify = subparsers.add_parser("verify-timeline", help="find an edited, missing or recomputed row")
    verify.add_argument("--heads", type=Path, help="a copy of the signed heads kept elsewhere")
    verify.add_argument("--public-key", type=Path, help="the public half that must have signed them")
    verify.set_defaults(run=run_verify)
    head = subparsers.add_parser("timeline-head", help="sign where the timeline stands; run it daily")
    head.add_argument("--every", type=float, metavar="SECONDS", help="go on, once every so often")
    head.set_defaults(run=run_head)


def run_verify(given: Namespace) -> None:
    """Take up what operators did with the keys, then examine the whole timeline and tell each finding.

    Raises:
        TimelineNotWhole: there was one.
    """
    settings = CaseworkSettings()
    engine, sessions = open_casework(settings.casework_url, role="casework")
    public = given.public_key.read_bytes() if given.public_key else None
    try:
        signed = read_heads(given.heads or settings.heads, public)
    except OfficeError:
        keep_verified(settings.heads, settings.clock().now(), 0, [Finding("heads", 0, "damaged")])
        raise
    journal = journal_of(settings)
    with sessions.begin() as session:
        take_up(session, journal)
    with sessions() as session:
        found = [*findings(session, signed), *journal_findings(session, journal)]
        chains = heads(session)
    engine.dispose()
    rows = sum(seq for seq, _ in chains.values())
    keep_verified(settings.heads, settings.clock().now(), rows, found)
    for finding in found:
        print(f"{finding.chain} row {finding.seq}: {finding.what}")
    if found:
        raise TimelineNotWhole(findings=str(len(found)))
    print(f"whole: {rows} rows in {len(chains)} chains, compared with {len(signed)} signed heads")


def run_head(given: Namespace) -> None:
    """Sign where the timeline stands now; once, or every so often until told to stop."""
    settings = CaseworkSettings()
    go_round(lambda: sign_heads(settings), every=given.every)


def sign_heads(settings: CaseworkSettings) -> None:
    """Take up what operators did with the keys, then sign the present heads."""
    engine, sessions = open_casework(settings.casework_url, role="casework")
    with sessions.begin() as session:
        take_up(session, journal_of(settings))
        now = heads(session)
    engine.dispose()
    on = day_in(load_city(settings.city).zone, settings.clock().now())
    path = write_heads(settings.heads, now, on=on)
    print(f"signed: {path.name}" if path else "nothing moved since the last signed heads", flush=True)


def journal_of(settings: CaseworkSettings) -> Path:
    """Return the file in which operators' commands write what they did with the keys."""
    return settings.public_keys.with_name(JOURNAL)
