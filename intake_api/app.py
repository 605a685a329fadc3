"""The residents' service: pages that work without a script, and the same door for programs.

No tracing, metrics or access log: whoever writes here leaves nothing but what they send. Every route is
listed; anything else is "not found".
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from intake_api import abuse, earlier_report_pages, equality_pages, pages, report_pages
from intake_api.api import files as api_files
from intake_api.api import reports as api
from intake_api.assisted import kiosk_pages, paper_pages, relay_pages
from intake_api.assisted.kiosk import KioskResets
from intake_api.assisted.relays import Relays
from intake_api.bodies import CutLongBodies
from intake_api.diary import pages as diary_pages
from intake_api.door import Door, KeysFile
from intake_api.drafts import pages as saving_pages
from intake_api.drafts.keeping import Drafts
from intake_api.files import pages as file_pages
from intake_api.files import piece_pages as file_pieces
from intake_api.files.disk_guard import DiskGuard
from intake_api.files.examiner import Examiner
from intake_api.files.streamed_forms import streamed_limit
from intake_api.files.uploads import Uploads
from intake_api.files.virus_scanner import Scanner
from intake_api.form.questions import form_file, load_form
from intake_api.guide import pages as guide_pages
from intake_api.guide.reading import Guide, GuideBroken, NoGuide, load_guide
from intake_api.letterbox import ROLE, STORE, Letterbox
from intake_api.packing import PackAnswers
from intake_api.pages_of_door import pages_for
from intake_api.returning import (
    appointment_pages,
    feedback_pages,
    new_key_pages,
    notice_pages,
    wish_pages,
)
from intake_api.returning import pages as return_pages
from intake_api.returning.opening import NewKeyNeeded, Returns
from intake_api.returning.renewing import Renewals
from intake_api.settings import IntakeSettings
from office.clock import Clock
from office.deadlines.seats import Seat, days_at
from office.errors import OfficeError
from office.stores.engines import open_store
from office.vocabulary import City, load_city
from office.web import front_door
from office.web.headers import CSP_WITH_OWN_SCRIPT

PURGE_EVERY: Final = 3600.0
WATCH_EVERY: Final = 30.0
SHUT: Final = "shut: an office key has no active version, and nothing can be taken"
DRAFT, DIARY = "draft", "diary"
"""How the city's data call what is kept under a code, among what is kept for some days."""
SILENT: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}

log = logging.getLogger(__name__)

PARTS: Final = (
    api,
    api_files,
    saving_pages,
    diary_pages,
    file_pages,
    file_pieces,
    earlier_report_pages,
    report_pages,
    new_key_pages,
    return_pages,
    feedback_pages,
    notice_pages,
    appointment_pages,
    wish_pages,
    paper_pages,
    relay_pages,
    kiosk_pages,
    guide_pages,
    equality_pages,
    pages,
)
"""What makes routes, in the order in which addresses are looked for."""


def create_app(settings: IntakeSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the service, ready to be served; the mailbox is opened when it starts."""
    told = settings or IntakeSettings()
    door = open_door(told, clock or told.clock())

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        door.letterbox.open()
        purging = asyncio.create_task(_purge(door))
        watching = asyncio.create_task(_watch_keys(door))
        calendar = asyncio.create_task(_read_calendar(door))
        try:
            yield
        finally:
            try:
                for task in (purging, watching):
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
                await calendar
            finally:  # whatever went wrong in the background
                door.letterbox.close()

    app = FastAPI(
        title="Convivencia: the residents' door",
        summary="Report discrimination or a hate incident; get a receipt; come back with it.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        telemetry=SILENT,
        lifespan=running,
        redirect_slashes=False,
    )
    app.state.door = door
    front_door.install(
        app,
        door.pages,
        csp=CSP_WITH_OWN_SCRIPT,
        streamed=streamed_limit,
        may_listen=True,
        checks={"mailbox": door.letterbox.ping, "keys": door.keys.ready},
    )
    app.add_exception_handler(NewKeyNeeded, new_key_pages.to_new_key)
    app.add_middleware(PackAnswers)
    app.add_middleware(CutLongBodies)
    app.add_middleware(KioskResets)
    app.add_middleware(
        abuse.SlowFloods,
        allowance=abuse.Allowance(told.posts_per_second),
        heavy=abuse.heavy_allowance(told.posts_per_second),
    )
    for part in PARTS:
        app.router.routes.extend(part.routes(door).routes)  # an included router would be built twice
    return app


def open_door(settings: IntakeSettings, clock: Clock) -> Door:
    """Return everything the pages need, from the city's data and this process's settings."""
    city = load_city(settings.city)
    engine = open_store(settings.mailbox_url, role=ROLE, store=STORE)
    file = file_of(settings.mailbox_url)
    letterbox = Letterbox(engine, file)
    days, diary_days = city.retention_days[DRAFT], city.retention_days[DIARY]
    drafts = Drafts(letterbox, clock, city.zone, days=days, diary_days=diary_days)
    guard = DiskGuard(file, settings.free_for_files, settings.free_for_reports)
    return Door(
        settings=settings,
        city=city,
        form=load_form(form_file(city.folder)),
        guide=_guide_of(city),
        pages=pages_for(city, demo=settings.demo),
        letterbox=letterbox,
        drafts=drafts,
        returns=Returns(letterbox, clock, city.zone),
        uploads=Uploads(letterbox, drafts, Examiner(Scanner(settings.virus_scanner)), guard),
        guard=guard,
        renewals=Renewals(letterbox, clock, city.zone),
        relays=Relays(letterbox, clock, city.zone),
        keys=KeysFile(settings.public_keys),
        clock=clock,
    )


def file_of(url: str) -> Path | None:
    """Return the file of an embedded mailbox, or None if it is kept by a server."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _guide_of(city: City) -> Guide | NoGuide:
    """Return the guide, or what stands for it: a report must be received all the same."""
    try:
        return load_guide(city.folder)
    except GuideBroken as error:
        log.error("the rights guide is not shown: %s", error)
        return NoGuide()


async def _read_calendar(door: Door) -> None:
    """Read the days off now: it is slow the first time, and no person with a limit should wait for it."""
    try:
        await asyncio.to_thread(days_at(door.city, Seat()).ready)
    except OfficeError as error:
        log.warning("days off not read, limits are told without a day: %s", error)


async def _watch_keys(door: Door) -> None:
    """Tell whoever runs the office, within half a minute, that the form is shut or open again."""
    was_open = True
    while True:
        is_open = door.is_open()
        if is_open != was_open:
            tell, state = (log.warning, "open again") if is_open else (log.error, SHUT)
            tell("the residents' form is %s", state)
            was_open = is_open
        await asyncio.sleep(WATCH_EVERY)


async def _purge(door: Door) -> None:
    """Delete drafts and files whose days are over, and tries that are forgotten, now and then each hour."""
    while True:
        try:
            await door.drafts.purge()
            await door.uploads.purge(door.today())
            await door.returns.purge()
        except OfficeError as error:
            log.warning("not purged: %s", error.code)
        await asyncio.sleep(PURGE_EVERY)
