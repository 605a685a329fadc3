"""What every list says of its address: how it is narrowed and ordered, and what there is to choose."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from casework.api.shapes.parts import Choice, Code, choices
from casework.api.shown import Page, Shown


class Narrowed(Shown):
    """A list that its address narrows and orders."""

    query: str = Field(description="What was asked for, in an address; so is its export.")
    sort: Code = Field(description="With a hyphen before it for the other way round.")
    sorts: tuple[Code, ...]
    filters: Mapping[str, tuple[Choice, ...]] = Field(description="What each filter may be, by its name.")


def narrowed(page: Page) -> dict[str, Any]:
    """Return how the list of a page is narrowed and ordered."""
    asked = page["asked"]
    return {
        "query": asked.query,
        "sort": asked.sort,
        "sorts": asked.SORTS,
        "filters": {name: choices(items) for name, items in page["choices_of"].items()},
    }
