"""Every address of the residents' door, as the app itself lists them: a new one is among them by itself."""

from collections.abc import Iterator

from fastapi import FastAPI
from starlette.routing import Route

from intake_api.form.questions import load_form
from intake_api.guide.reading import load_guide

PLACES = {"{language}": "es", "{area}": load_guide().area[0].code, "{name}": "districts"}
"""What stands in an address for something that is chosen; a step's code comes from the form."""


def routes_of(app: FastAPI) -> Iterator[Route]:
    """Every route of the app with its routers' own."""
    for route in app.routes:
        included = getattr(route, "original_router", None)
        for one in included.routes if included is not None else [route]:
            if isinstance(one, Route):
                yield one


def patterns(app: FastAPI, method: str) -> list[str]:
    """The addresses for a method, with their placeholders."""
    found = (route.path for route in routes_of(app) if method in (route.methods or ()))
    return list(dict.fromkeys(found))


def addresses(app: FastAPI, method: str, tag: str = "es") -> list[str]:
    """The addresses for a method, filled in: one for each step of the form where there is a step."""
    filled: list[str] = []
    for path in patterns(app, method):
        steps = [step.code for step in load_form().step] if "/report/{code}" in path else [""]
        for step in steps:
            one = path.replace("{code}", step)
            for place, value in (PLACES | {"{language}": tag}).items():
                one = one.replace(place, value)
            filled.append(one)
    return filled
