"""Reports for tests, sent over HTTP as a program would, with phrases that can be looked for afterwards."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What the service answered."""

    status: int
    body: dict[str, Any]


def post_json(url: str, payload: dict[str, Any] | bytes, headers: dict[str, str] | None = None) -> Answer:
    """POST and return status and JSON, for refusals too."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    request = urllib.request.Request(
        url, data=body, method="POST", headers={"Content-Type": "application/json", **(headers or {})}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Answer(answer.status, json.loads(answer.read()))
    except urllib.error.HTTPError as error:
        return Answer(error.code, json.loads(error.read() or b"{}"))


def report(text: str, **more: Any) -> dict[str, Any]:
    """A small report that agrees to be counted and advised."""
    return {
        "language": "es",
        "what_happened": text,
        "ground_codes": ["race_ethnicity"],
        "area_code": "housing",
        "respondent_code": "landlord",
        "where": {"district_code": "14"},
        "consents": {"count": True, "advise": True, "refer": False},
    } | more
