"""How openapi.json describes the programs' door: bodies written out whole, and each refusal as it is told.

A schema inside an address of openapi.json may not lean on definitions of its own (`#/$defs/…` would be looked
for at the top of the document), so what a model refers to is put in its place.
"""

from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel

from intake_api.api.models import PROBLEM_EXAMPLE
from intake_api.api.shown import Problem
from office.web.problems import PROBLEM_JSON

PLACE: Final = "#/$defs/"


def described(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a model, with everything it refers to in its place."""
    schema = model.model_json_schema()
    definitions: dict[str, Any] = schema.pop("$defs", {})
    whole: dict[str, Any] = _put_in(schema, definitions)
    return whole


def refusals(*told: tuple[int, str]) -> dict[int | str, dict[str, Any]]:
    """Return the refusals of a route: for each its status and what it means."""
    schema = described(Problem)
    return {
        int(HTTPStatus(status)): {
            "description": meaning,
            "content": {PROBLEM_JSON: {"schema": schema, "example": {**PROBLEM_EXAMPLE, "status": status}}},
        }
        for status, meaning in told
    }


def _put_in(part: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_put_in(one, definitions) for one in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref", "")
    if isinstance(reference, str) and reference.startswith(PLACE):
        beside = {name: value for name, value in part.items() if name != "$ref"}
        return _put_in({**definitions[reference.removeprefix(PLACE)], **beside}, definitions)
    return {name: _put_in(value, definitions) for name, value in part.items()}
