"""A tiny app over the office's pages: one form with every part, errors on demand."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from office.errors import Conflict
from office.web import front_door
from office.web.forms import read_form
from office.web.letterhead import Letterhead
from office.web.pages import Pages

LETTERHEAD = Letterhead(
    office_name={
        "es": "Oficina de No Discriminación",
        "en": "Non-Discrimination Office",
        "ar": "مكتب عدم التمييز",
    },
    place={"es": "Vilabreu", "ar": "فيلابريو"},
    phone="900 000 000",
)


FIELDS = ("story", "day", "place", "who", "ground", "district", "phone")


class Parcel(BaseModel):
    """What the tiny API takes."""

    model_config = ConfigDict(strict=True, extra="forbid")

    weight: int


def tiny_pages(**more: Any) -> Pages:
    """Return pages over the templates of these tests."""
    return Pages(
        [Path(__file__).parent / "templates"],
        "residents",
        LETTERHEAD,
        service="Tell us what happened",
        **more,
    )


def tiny_app(**more: Any) -> FastAPI:
    """Return an app with a form, a page that fails and a small API."""
    app = FastAPI(openapi_url=None)
    pages = tiny_pages(**more)
    front_door.install(app, pages, body_limit=20_000)

    @app.get("/{tag}/")
    async def first(request: Request, tag: str) -> Response:
        return pages.render(request, "form.html", tag)

    @app.get("/{tag}/languages")
    async def languages(request: Request, tag: str) -> Response:
        return pages.languages_page(request, tag)

    @app.post("/{tag}/")
    async def answer(request: Request, tag: str) -> Response:
        form = await read_form(request)
        if form.one("story"):
            return RedirectResponse(f"/{tag}/done", 303)
        corrections = dict.fromkeys(
            ("story", "day", "place", "ground", "who", "district", "phone"), "Please answer this question."
        )
        return pages.render(request, "form.html", tag, 422, given=form, corrections=corrections)

    @app.get("/{tag}/done")
    async def done(request: Request, tag: str) -> Response:
        return pages.render(request, "done.html", tag)

    @app.get("/{tag}/broken")
    async def broken(tag: str) -> Response:
        raise RuntimeError("the narrative of a person, told in confidence")

    @app.get("/{tag}/busy")
    async def busy(tag: str) -> Response:
        raise Conflict(reference="K4T72MPX9")

    @app.post("/api/parcels")
    async def parcels(parcel: Parcel) -> dict[str, int]:
        return {"weight": parcel.weight}

    return app
