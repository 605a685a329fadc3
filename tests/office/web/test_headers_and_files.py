"""Headers on every answer, files that may be kept for ever, health without gossip."""

import re

import pytest
from fastapi import FastAPI
from fontTools.ttLib import TTFont
from starlette.testclient import TestClient

from office.web import health
from office.web.headers import CSP, CSP_WITH_OWN_SCRIPT, SecurityHeaders, written
from office.web.static import OWN
from tests.office.web.tiny_app import tiny_app, tiny_pages

FONTS = OWN / "fonts"


@pytest.mark.parametrize(
    "place", ["/es/", "/es/not-there", "/es/broken", "/es/busy", "/healthz", "/api/parcels"]
)
def test_every_answer_carries_the_headers(client: TestClient, place: str) -> None:
    headers = client.get(place).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers
    assert "server" not in headers


def test_refusals_before_any_page_carry_them_too(client: TestClient) -> None:
    answer = client.post("/es/", data={"story": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert answer.headers["cache-control"] == "no-store"


def test_over_https_browsers_are_told_to_stay_there() -> None:
    answer = TestClient(tiny_app(), base_url="https://residents.example").get("/es/")
    assert answer.headers["strict-transport-security"].startswith("max-age=63072000")
    assert "; Secure" in answer.headers["set-cookie"]


def test_an_area_may_have_a_policy_of_its_own_and_never_an_inline_script() -> None:
    app = FastAPI(openapi_url=None)
    health.install(app)
    app.add_middleware(SecurityHeaders, csp=CSP_WITH_OWN_SCRIPT)
    policy = TestClient(app).get("/healthz").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy + written(CSP)


def test_files_are_named_for_their_content_and_kept_for_ever(client: TestClient) -> None:
    pages = tiny_pages()
    address = pages.shelf.address("rtl.css")
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert "--accent:#14545c" in answer.text
    assert client.get("/static/rtl.000000000000.css").status_code == 404
    assert client.get("/static/../pages.py").status_code == 404


def test_styles_and_fonts_come_from_nowhere_else(client: TestClient) -> None:
    for direction in ("ltr", "rtl"):
        style = client.get(tiny_pages().shelf.address(f"{direction}.css")).text
        for part in style.split("url(")[1:]:
            address = part.partition(")")[0]
            assert address.startswith("/static/fonts/")
            assert client.get(address).headers["content-type"] == "font/woff2"


def test_a_typeface_claims_the_characters_it_holds_and_no_other() -> None:
    """A claim it cannot keep has the browser fetch the next file in search of it."""
    for name, claimed in re.findall(
        r"url\(([^)]+\.woff2)\).*?unicode-range:([^}]+)}", (FONTS / "fonts.css").read_text()
    ):
        ranges = (part.removeprefix("U+").partition("-") for part in claimed.split(","))
        characters = {
            number
            for first, _, last in ranges
            for number in range(int(first, 16), int(last or first, 16) + 1)
        }
        assert characters == set(TTFont(FONTS / name).getBestCmap()), name


def test_both_directions_weigh_little() -> None:
    shelf = tiny_pages().shelf
    assert shelf.size("ltr.css") < 16_000
    assert shelf.size("rtl.css") < 16_000


def test_ready_names_what_fails_and_not_why() -> None:
    def broken() -> None:
        raise RuntimeError("postgresql://intake:secret@host/mailbox")

    app = FastAPI(openapi_url=None)
    health.install(app, {"mailbox": broken, "shelf": lambda: None})
    client = TestClient(app)
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "failing": ["mailbox"]})
