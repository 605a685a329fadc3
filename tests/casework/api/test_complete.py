"""Completeness, read from the code: pages have their shapes, acts their fields, addresses their answers."""

import ast
from collections.abc import Iterator
from pathlib import Path

from fastapi.routing import APIRoute

import casework
from casework.api.acts import acts
from casework.api.answers import KIND, kind_of
from casework.api.described import answers, models
from casework.api.door import BELOW_LANGUAGE, NOT_FOR_PROGRAMS
from casework.api.shapes import AT_THE_DOOR, ONLY_FOR_PEOPLE, SHAPES
from casework.routers import ROUTERS
from tests.casework.api.acts_read import forms_read, pages_of, queries_of, templates_in

HERE = Path(casework.__file__).parent
READ_AS_A_WHOLE = {
    "cases": {"whose", "which", "stage", "state", "adviser", "ground", "area", "district"}
    | {"since", "until", "sort", "after"},
    "cases.csv": {"whose", "which", "stage", "state", "adviser", "ground", "area", "district"}
    | {"since", "until", "sort"},
    "inbox": {"state", "urgency", "routing", "language", "channel", "week", "sort", "after"},
    "inbox.csv": {"state", "urgency", "routing", "language", "channel", "week", "sort"},
    "deadlines": {"whose", "which", "route", "state", "adviser", "since", "until", "sort", "after"},
    "deadlines.csv": {"whose", "which", "route", "state", "adviser", "since", "until", "sort"},
    "tasks": {"whose", "which", "kind", "with_whom", "adviser", "sort", "after"},
    "tasks.csv": {"whose", "which", "kind", "with_whom", "adviser", "sort"},
    "referrals": {"whose", "which", "body", "state", "adviser", "since", "until", "sort", "after"},
    "referrals.csv": {"whose", "which", "body", "state", "adviser", "since", "until", "sort"},
    "traces": {"number", "month", "staff", "after"},
    "authority-requests": {"state", "authority", "after"},
}
"""Addresses whose query is read by another name than `query_params.get`."""
NAMED_BY_WHAT_THERE_IS = {
    "cases/{number}/together": {"place-{}"},
    "drafts": {"{}"},
    "cases/{number}/documents": {"document_file", "document_file_name"},
}
"""Fields whose names are those of rows or of other forms, and a file: no code of a page writes them out."""


def routes() -> Iterator[APIRoute]:
    for one in (one for router in ROUTERS for one in router.routes):
        if isinstance(one, APIRoute) and one.path.startswith(BELOW_LANGUAGE):
            below = one.path.removeprefix(BELOW_LANGUAGE)
            if below not in NOT_FOR_PROGRAMS:
                yield one


def test_every_page_has_a_shape_or_a_reason() -> None:
    named = set()
    for file in HERE.rglob("*.py"):
        if "api" not in file.parts:
            named |= templates_in(ast.parse(file.read_text()))
    known = SHAPES.keys() | AT_THE_DOOR.keys() | ONLY_FOR_PEOPLE.keys()
    assert len(named) > 90
    assert not named - known, f"neither shape nor reason: {sorted(named - known)}"
    there = {
        file.name for folder in (HERE, HERE.parent / "office" / "web") for file in folder.rglob("*.html")
    }
    assert not known - there, f"a shape or a reason, and no such template: {sorted(known - there)}"
    assert not ONLY_FOR_PEOPLE.keys() & (SHAPES.keys() | AT_THE_DOOR.keys())
    assert all(ONLY_FOR_PEOPLE.values())


def test_every_kind_of_page_has_a_name_of_its_own() -> None:
    assert len(models()) == len(SHAPES) + len(AT_THE_DOOR)
    assert not [kind for kind, model in models().items() if KIND in model.model_fields]


def test_every_act_says_which_fields_it_reads_and_no_others() -> None:
    wrong = []
    read = forms_read(routes())
    for path, reads in read.items():
        told = acts().get(path, {})
        there = set(reads.kinds) | NAMED_BY_WHAT_THERE_IS.get(path, set())
        wrong += [f"{path}: reads {name} and does not say so" for name in sorted(there - set(told))]
        wrong += [f"{path}: says {name} and does not read it" for name in sorted(set(told) - there)]
        for name, kinds in reads.kinds.items():
            said = told[name].kind if name in told else ""
            plain = kinds & {"plain", "code", "codes"}
            fits = said in kinds or (plain and said in ("code", "codes", "text", "number", "flag"))
            wrong += [] if fits or not said else [f"{path}: {name} is read as {kinds} and said to be {said}"]
        missing = {name for name in reads.always if name in told and not told[name].is_needed}
        wrong += [f"{path}: {name} is always read and said to be optional" for name in sorted(missing)]
        unclear = [one for one in reads.unclear if path not in NAMED_BY_WHAT_THERE_IS]
        wrong += [f"{path}: which field is read cannot be told: {one}" for one in unclear]
    wrong += [f"{path}: has fields and is no act" for path in sorted(set(acts()) - set(read))]
    assert not wrong, "\n".join(wrong)
    assert len(read) > 130


def test_every_address_says_in_which_page_it_ends() -> None:
    wrong, there = [], set()
    for route in routes():
        (method,) = (route.methods or set()) - {"HEAD"}
        below = route.path.removeprefix(BELOW_LANGUAGE)
        key = f"{method} {below}"
        there.add(key)
        told = answers().get(key)
        if told is None:
            wrong.append(f"{key}: stands not in answers.toml")
            continue
        reached = {kind_of(name) for name in pages_of(route) - ONLY_FOR_PEOPLE.keys()}
        wrong += [f"{key}: cannot end in {one}" for one in sorted(set(told.pages) - reached)]
        if not told.file and not told.pages:
            wrong += [f"{key}: can end in {one}" for one in sorted(reached)]
        if method == "GET":
            asked = READ_AS_A_WHOLE.get(below) or queries_of(route) - {"kept", "done"}
            wrong += [f"{key}: the query is {sorted(asked)}"] if asked != set(told.query) else []
    wrong += [f"{key}: no such address" for key in sorted(set(answers()) - there)]
    assert not wrong, "\n".join(wrong)
    assert len(there) > 230
