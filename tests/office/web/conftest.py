"""What the tests of the pages stand on: a browser, and an app served on a port of its own."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.office.web.tiny_app import tiny_app
from tests.support.browser import (  # noqa: F401  # fixtures are found by name
    browser,
    desktop,
    phone,
    scripted,
    served,
)


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Return a program that speaks to the tiny app as a browser's own form would."""
    with TestClient(tiny_app(), base_url="http://127.0.0.1:8001") as client:
        client.headers["Sec-Fetch-Site"] = "same-origin"
        yield client
