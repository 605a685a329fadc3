"""The residents' door with real keys and a real mailbox, seen by a browser and by the office behind it."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine
from sqlmodel import Session, select

from intake_api.app import create_app
from intake_api.door import LOOKED_AFTER
from intake_api.guide.reading import OWN
from intake_api.settings import IntakeSettings
from office.clock import SetClock
from office.handover.reply import Reply as ReplyTold
from office.handover.report import CodedRecord, ReportContact, ReportStory
from office.ids import new_id
from office.sealing.boxes import SealingKey, seal, unseal
from office.sealing.public_keys import PublicKey, PublicKeys
from office.stores import migrate
from office.stores.engines import open_store
from office.stores.mailbox import Draft, Envelope, Receipt, Reply
from office.vocabulary import CITIES
from office.web.forms import OWN_SITE
from tests.support.browser import served  # noqa: F401  # a fixture
from tests.support.postgres import as_role, the_server

Filled = dict[str, dict[str, Any]]
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TAGS = ("es", "ca-valencia", "en", "fr", "ar", "ro", "uk", "ru", "zh-Hans", "it", "ur", "pt", "es-x-easy")
KEYS = ("story", "story-apart", "contact", "statistics")
STEPS = ("what", "when", "where", "area", "why", "who", "may")


class Browser:
    """Somebody at the door: keeps cookies, runs no script."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> Response:
        return self.client.get(path, **more)

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> Response:
        return self.client.post(path, data=fields or {}, **more)

    def answer(self, step: str, fields: dict[str, Any] | None = None, tag: str = "en") -> Response:
        return self.post(f"/{tag}/report/{step}", fields)

    def fill_in(self, answers: Filled, tag: str = "en") -> None:
        for step in STEPS:
            answered = self.answer(step, answers.get(step), tag)
            assert answered.status_code == 303, answered.text

    def send(self, tag: str = "en") -> Response:
        self.get(f"/{tag}/report/check")
        return self.post(f"/{tag}/report/send")

    def receipt(self, tag: str = "en") -> tuple[str, str]:
        return receipt_in(self.get(f"/{tag}/report/receipt").text)


def receipt_in(page: str) -> tuple[str, str]:
    """The case number and the key that a receipt page shows."""
    number = re.search(r'id="case-number">([^<]+)<', page)
    key = re.search(r'id="key">(.*?)</bdi>', page, re.DOTALL)
    assert number and key, page
    return number.group(1), " ".join(re.findall(r"<span>(\d{4})</span>", key.group(1)))


def plain(page: Response) -> str:
    """The words of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def a_report(browser: Browser, respondent: str = "employer") -> dict[str, str]:
    browser.fill_in({"what": {"act_codes": "insult"}, "who": {"respondent_code": respondent}})
    browser.send()
    number, key = browser.receipt()
    return {"case_number": number, "key": key}


class Entrance:
    """The door, the mailbox behind it, and the private keys the office holds elsewhere."""

    def __init__(self, folder: Path, url: str, door_url: str, clock: SetClock, **more: Any) -> None:
        self.folder, self.clock = folder, clock
        self.private = {name: SealingKey.generate() for name in KEYS}
        self.keys_file = folder / "public.json"
        self._write_keys(*KEYS)
        settings = IntakeSettings(mailbox_url=door_url, public_keys=self.keys_file, **more)
        self.app = create_app(settings, clock)
        self.engine: Engine = open_store(url, role="owner", store="mailbox")
        self.door = self.app.state.door

    def publish_keys(self, *names: str) -> None:
        self._write_keys(*names)
        time.sleep(LOOKED_AFTER)

    def _write_keys(self, *names: str) -> None:
        keys = (PublicKey(name, 1, self.private[name].public, True) for name in names)
        PublicKeys.of(keys).save(self.keys_file)

    def all(self, table: type[Any]) -> list[Any]:
        with Session(self.engine) as session:
            return list(session.exec(select(table)).all())

    @property
    def envelopes(self) -> list[Envelope]:
        return self.all(Envelope)

    @property
    def receipts(self) -> list[Receipt]:
        return self.all(Receipt)

    @property
    def drafts(self) -> list[Draft]:
        return self.all(Draft)

    def story(self, envelope: Envelope) -> ReportStory:
        key = self.private[envelope.key_name.rpartition(".")[0]]
        about = f"story/{envelope.case_number}"
        return ReportStory.model_validate_json(unseal(envelope.sealed_story, key, about=about))

    def contact(self, envelope: Envelope) -> ReportContact:
        assert envelope.sealed_contact is not None
        about = f"contact/{envelope.case_number}"
        return ReportContact.model_validate_json(
            unseal(envelope.sealed_contact, self.private["contact"], about=about)
        )

    def coded(self, envelope: Envelope) -> CodedRecord:
        assert envelope.sealed_statistics is not None
        return CodedRecord.model_validate_json(
            unseal(envelope.sealed_statistics, self.private["statistics"], about="statistics")
        )

    def reply(self, told: ReplyTold) -> None:
        """Put an answer of the office in the mailbox, sealed to the only receipt there is."""
        receipt = self.receipts[0]
        about = f"reply/{receipt.case_number}"
        sealed = seal(told.as_bytes(), receipt.reporter_public_key, about=about)
        with Session(self.engine) as session:
            session.add(
                Reply(
                    id=new_id(),
                    case_number=receipt.case_number,
                    reporter_key_version=1,
                    iso_week="2026-W48",
                    sealed=sealed,
                )
            )
            session.commit()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("mailbox") / "mailbox.sqlite"
    migrate.upgrade("mailbox", f"sqlite:///{file}")
    return file


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    """What the door is told beside its places; a module with other wishes has a fixture of this name."""
    return {}


@pytest.fixture(params=["sqlite"])
def entrance(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Path, clock: SetClock, settings: dict[str, Any]
) -> Iterator[Entrance]:
    if request.param == "postgres":
        url = the_server().database("mailbox")
        built = Entrance(tmp_path, url, as_role(url, "intake"), clock, **settings)
    else:
        file = tmp_path / "mailbox.sqlite"
        shutil.copy(migrated, file)
        url = f"sqlite:///{file}"
        built = Entrance(tmp_path, url, url, clock, **settings)
    yield built
    built.engine.dispose()


@pytest.fixture
def visitor(entrance: Entrance) -> Iterator[Callable[[], Browser]]:
    """Makes browsers; each is another person."""
    first = TestClient(entrance.app, follow_redirects=False, headers=OWN_SITE)
    with first:

        def new() -> Browser:
            return Browser(TestClient(entrance.app, follow_redirects=False, headers=OWN_SITE))

        yield new


@pytest.fixture
def browser(visitor: Callable[[], Browser]) -> Browser:
    return visitor()


@pytest.fixture
def receipt(browser: Browser) -> dict[str, str]:
    return a_report(browser)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of València with a guide of its own, to be spoilt."""
    folder = tmp_path / "valencia"
    shutil.copytree(CITIES / "valencia", folder)
    shutil.copytree(OWN, folder / "guide")
    return folder
