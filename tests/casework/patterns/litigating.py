"""What is done with strategic litigation in the tests: each act as the pages' own forms send it."""

from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.testclient import TestClient

from tests.casework.deadlines.clocks import day_fields

PROPOSAL = {
    "litigation_question": "¿Puede una inmobiliaria pedir más fianza según de dónde sea alguien?",
    "litigation_aim": "Que deje de hacerlo en toda la ciudad.",
    "litigation_risk": "Que no les alquilen mientras dure.",
}


def propose(client: TestClient, address: str, version: int, **form: Any) -> Response:
    return client.post(f"{address}/proposal", data={"version": str(version), **PROPOSAL, **form})


def speak(client: TestClient, address: str, version: int, voice: str = "for", **form: Any) -> Response:
    told = {"version": str(version), "voice": voice, "voice_words": "Hay prueba.", **form}
    return client.post(f"{address}/voice", data=told)


def note(client: TestClient, address: str, version: int, code: str, on: date, **form: Any) -> Response:
    told = {"version": str(version), "litigation_step": code, **day_fields("litigation_on", on), **form}
    return client.post(f"{address}/steps", data=told)
