"""The casework store as the desk's processes open it, and every table it has."""

from types import ModuleType
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from casework.advice import tables as advice
from casework.appointments import tables as appointments
from casework.assessing import tables as assessing
from casework.attachments import tables as attachments
from casework.authority_requests import tables as authority_requests
from casework.cases import tables as cases
from casework.coding import tables as coding
from casework.competence import tables as competence
from casework.conflicts import tables as conflicts
from casework.corrections import tables as corrections
from casework.deadlines import tables as deadlines
from casework.documents import tables as documents
from casework.dossiers import tables as dossiers
from casework.drafts import tables as drafts
from casework.equality import tables as equality
from casework.feedback import tables as feedback
from casework.harms import tables as harms
from casework.hearings import tables as hearings
from casework.history import tables as history
from casework.inbox import tables as inbox
from casework.incidents import tables as incidents
from casework.interpreters import tables as interpreters
from casework.letters import tables as letters
from casework.mediation import tables as mediation
from casework.merges import tables as merges
from casework.messages import tables as messages
from casework.month_end import tables as month_end
from casework.notices import tables as notices
from casework.patterns import litigation_tables as litigation
from casework.patterns import tables as patterns
from casework.profile import tables as profile
from casework.queues import tables as queues
from casework.receipts import tables as receipts
from casework.referrals import tables as referrals
from casework.relays import tables as relays
from casework.safe_contact import tables as safe_contact
from casework.staff import tables as staff
from casework.states import tables as states
from casework.supervision import tables as supervision
from casework.taking_back import tables as taking_back
from casework.tasks import tables as tasks
from casework.timeline import tables as timeline
from casework.tracks import tables as tracks
from casework.walls import tables as walls
from office.stores import keyroom
from office.stores.casework import metadata
from office.stores.engines import open_store, sessions

TABLES: Final[tuple[ModuleType, ...]] = (
    keyroom, timeline, inbox, cases, coding, messages, history, attachments, relays, receipts, incidents,
    feedback, equality, notices, authority_requests, deadlines, conflicts,
    advice, tracks, queues, referrals, tasks, safe_contact, patterns, litigation, assessing, drafts,
    supervision, month_end, mediation, merges, walls, staff, states, appointments,
    letters, dossiers, harms, taking_back, documents, profile, hearings, interpreters,
    competence,
    corrections,
)  # fmt: skip
"""Modules with tables: importing them is what makes `metadata` complete."""

__all__ = ["TABLES", "metadata", "open_casework"]


def open_casework(url: str, *, role: str) -> tuple[Engine, sessionmaker[Session]]:
    """Return the engine and the maker of sessions of one role."""
    engine = open_store(url, role=role, store="casework")
    return engine, sessions(engine)
