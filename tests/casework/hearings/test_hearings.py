"""Hearings: only where somebody decides, never written over, and seen wherever days are seen."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from casework.hearings.queries import is_unlikely
from casework.hearings.rules import minute_in
from casework.queues.rules import WEIGHTS
from casework.queues.workload import loads
from casework.timeline.tables import Event
from casework.tracks.tables import CaseTrack
from office.ids import shown
from office.vocabulary import load_city
from tests.casework.deadlines import strict_calendar
from tests.casework.deadlines.clocks import day_fields, version
from tests.casework.deadlines.feeds import calendar, made
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.hearings.hearings import (
    ON,
    TODAY,
    a_hearing,
    end,
    filed,
    note,
    noted,
    now,
    page,
    path,
    put_off,
    rows,
)
from tests.casework.tracks import steps as tracks
