"""`python -m casework hand-over-facts`: nightly, with the `statistics` key and nothing else."""

import signal
import threading
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from pydantic import SecretStr  # noqa: F401 - keeps key files out of any printed settings
from sqlmodel import Session

from casework.handing_over.actions import HandedOver, replace_facts
from casework.handing_over.queries import closed_quarters, coded_records, history_records, history_sources
from office.sealing.boxes import SealingKey
from office.settings import ProcessSettings
from office.stores.engines import open_store, sessions


class HandOverSettings(ProcessSettings):
    """What the hand-over process is told."""

    casework_url: str
    facts_url: str
    statistics_key: Path


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser(
        "hand-over-facts", help="replace the observatory's facts of open quarters"
    )
    command.add_argument("--every", type=float, metavar="SECONDS", help="go on, once every so often")
    command.set_defaults(run=run)
