"""One file that somebody sent, as it is looked at without danger."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import day_of
from casework.api.shapes.told import FileSent, files
from casework.api.shown import Page, Shape, Shown


class Picture(Shown):
    """A clean copy of a picture or of one page of a document, whole in its address."""

    number: int
    address: str = Field(description="A `data:` address.")


class Copy(Shown):
    """Clean pictures of a file: nothing in them can act or tell where they were made."""

    pages: int
    pictures: tuple[Picture, ...]
    previous: int | None = Field(description="From which page the pictures before these are asked for.")
    next: int | None


class FileShown(FileSent):
    """One file. What it was is never changed; the original has an address of its own, with a warning."""

    id: UUID | None = Field(  # type: ignore[assignment]  # of a file somebody sent there always is one
        description="None for a document that the office added."
    )
    case_number: str
    is_of_case: bool
    document: int | None = Field(description="Of a document that the office added: its number.")
    kept_on: date
    sha256: str | None = Field(description="As it stands on the person's receipt.")
    damage: str = Field(description="Why it cannot be given out; empty if it can.")
    copy_of_it: Copy | None = Field(description="None where there is none, or none could be made.")
    text: str | None = Field(description="Of a text file.")
    is_text_cut: bool
    can_be_played: bool
    may_be_written_down: bool = Field(description="What is heard can be kept as a note of the case.")


def file(page: Page) -> FileShown:
    """Return one file."""
    held, sent, damage = page["held"], page["file"], page["damage"]
    seen = None if damage else page["seen"]
    (line,) = files([sent])
    plays = seen is not None and seen.way in ("sound", "film")
    text = seen if seen is not None and seen.way == "text" else None
    return FileShown(
        **{name: getattr(line, name) for name in FileSent.model_fields if name != "id"},
        id=line.id if held.document is None else None,
        case_number=held.number,
        is_of_case=held.case is not None,
        document=held.document,
        kept_on=day_of(page, sent.kept_at),
        sha256=None if damage else sent.sha256,
        damage=damage,
        copy_of_it=_copy(page, seen),
        text=text.text if text else None,
        is_text_cut=text is not None and text.is_cut,
        can_be_played=plays,
        may_be_written_down=plays and held.case is not None and held.document is None,
    )


def _copy(page: Page, seen: Any) -> Copy | None:
    if seen is None or seen.copy is None or seen.way not in ("picture", "pages"):
        return None
    addresses = seen.copy.addresses if seen.way == "pages" else seen.copy.addresses[:1]
    first = page["first"] if seen.way == "pages" else 1
    return Copy(
        pages=seen.copy.total,
        pictures=tuple(
            Picture(number=number, address=address) for number, address in enumerate(addresses, first)
        ),
        previous=page["before"],
        next=page["after"],
    )


SHAPES: Final[dict[str, Shape]] = {"file.html": file}
