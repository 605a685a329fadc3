"""`python -m casework hand-over-facts`: each night, with the `statistics` key and nothing else."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from pydantic import Field

from casework.handing_over.actions import HandedOver, replace_facts, replace_titles
from casework.handing_over.queries import (
    closed_quarters,
    coded_records,
    history_records,
    history_sources,
    history_titles,
)
from casework.rounds import go_round
from office.sealing.key_files import load_key_file
from office.settings import ProcessSettings, usual_place, usual_store
from office.stores.engines import open_store, sessions


class HandOverSettings(ProcessSettings):
    """What the hand-over process is told: two stores and one key file."""

    casework_url: str = Field(default_factory=usual_store("casework"))
    facts_url: str = Field(default_factory=usual_store("facts"))
    statistics_key: Path = Field(default_factory=usual_place("statistics_key"))


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser(
        "hand-over-facts", help="replace the observatory's facts of the open quarters"
    )
    command.add_argument("--every", type=float, metavar="SECONDS", help="go on, once every so often")
    command.set_defaults(run=run)


def run(given: Namespace) -> None:
    """Hand over once, or again and again until told to stop; of several alike only the first is said."""
    settings = HandOverSettings()
    said: list[HandedOver] = []

    def hand_over_once() -> None:
        nonlocal said
        done = hand_over(settings)
        if done != said:
            tell(done)
        said = done

    go_round(hand_over_once, every=given.every)


def hand_over(settings: HandOverSettings) -> list[HandedOver]:
    """Replace the facts of every source, all of them in one transaction.

    Raises:
        StoreUnavailable, KeyFileMissing, CannotOpen: the facts stay as they were.
    """
    keys = load_key_file(settings.statistics_key)
    desk = sessions(open_store(settings.casework_url, role="handover", store="casework"))
    observatory = sessions(open_store(settings.facts_url, role="handover", store="facts"))
    source, basis = ("demonstration", "demonstration") if settings.demo else ("live", "registration")
    done = []
    with desk() as casework, observatory.begin() as facts:
        done.append(
            replace_facts(
                facts,
                list(coded_records(casework, keys, demonstration=settings.demo)),
                source=source,
                period_basis=basis,  # type: ignore[arg-type]  # one of the two words above
                closed=closed_quarters(facts, source),
            )
        )
        replace_titles(facts, history_titles(casework))
        for name in history_sources(casework):
            imported = f"imported:{name}"
            done.append(
                replace_facts(
                    facts,
                    list(history_records(casework, name)),
                    source=imported,
                    period_basis="imported",
                    closed=closed_quarters(facts, imported),
                )
            )
    return done


def tell(done: list[HandedOver]) -> None:
    """Say what was handed over, in counts."""
    for each in done:
        print(
            f"{each.source}: {each.facts} facts; {each.capped} repeated situations and "
            f"{each.closed} of closed quarters left out",
            flush=True,
        )
