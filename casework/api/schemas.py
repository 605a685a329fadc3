"""The schemas that the description has besides those of pages: kinds of fields, what was done, problems."""

from collections.abc import Mapping
from typing import Any, Final

from casework.api.acts import LARGEST

KINDS: Final[Mapping[str, dict[str, Any]]] = {
    "code": {"type": "string", "description": "A code of a list, or the id of something on the page."},
    "codes": {"type": "array", "items": {"type": "string"}},
    "text": {"type": "string"},
    "day": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "number": {"type": "integer", "minimum": 0, "exclusiveMaximum": LARGEST},
    "flag": {"type": "boolean"},
    "file": {"type": "string", "contentEncoding": "base64"},
    "typed": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
}
TOLD: Final[Mapping[str, str]] = {
    "version": "The version that the page was shown from: an act on another overwrites nothing.",
    "numbers": "What becomes of the number of a document in a text: `remove` or `keep`.",
}
DONE: Final = {
    "type": "object",
    "description": "An act was done. Nothing of a page is repeated: ask for `at`.",
    "required": ["done", "said", "at"],
    "additionalProperties": False,
    "properties": {
        "done": {"type": ["string", "null"], "description": "What was done, as a code."},
        "said": {"type": ["string", "null"], "description": "The same in the language of the request."},
        "at": {"type": "string", "description": "The address of the page that comes next."},
    },
}
PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "What happened, in the language of the request."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "A stable name of what happened."},
        "corrections": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "A sentence for each field that is not right.",
        },
        "numbers": {
            "type": "object",
            "additionalProperties": {"type": "integer"},
            "description": "How many numbers of documents stand in each text and must be decided on.",
        },
        "changed": {"type": "string", "description": "Why an act was refused as things stand now."},
        "refused": {
            "type": "array",
            "description": "Each reason why an act was refused: all of what is missing, or in the way.",
            "items": {
                "type": "object",
                "required": ["what", "at"],
                "additionalProperties": False,
                "properties": {
                    "what": {"type": "string"},
                    "at": {"type": "string", "description": "The address where it can be seen to."},
                    "case_number": {"type": "string", "description": "Of many cases, the one it is about."},
                },
            },
        },
        "may_write_why": {
            "type": "boolean",
            "description": "The act may be done without what is missing, if why is written with it.",
        },
    },
}
