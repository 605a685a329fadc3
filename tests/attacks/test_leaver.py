"""Somebody who left kept a copy of their own key and of every store as it was the night before.

They also get the stores as they are later. With all keys they can gain they open what was theirs, and nothing
that came after the new version of the case's key was out.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from casework.messages.tables import IncomingMessage
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from office.sealing.passphrases import unwrap
from tests.casework.desk import STAFF, Desk, Reporter, said

BEFORE, AFTER = "Escrito la víspera.", "Escrito cuando ya no estaba."
STORES = ("mailbox.db", "casework.db")


def copied(desk: Desk, to: Path) -> Path:
    """Copy every store as it stands, as a backup does."""
    to.mkdir()
    for name in STORES:
        with (
            closing(sqlite3.connect(desk.folder / name)) as there,
            closing(sqlite3.connect(to / name)) as here,
        ):
            there.backup(here)
    return to


def rows(stores: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for name in STORES:
        with closing(sqlite3.connect(stores / name)) as store:
            store.row_factory = sqlite3.Row
            tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                for row in store.execute(f'SELECT * FROM "{table}"'):
                    yield table, dict(row)


def own_key(stores: Path, name: str) -> SealingKey:
    """Open the leaver's own key as they could: with their pass-phrase, from the store of the night before."""
    person = STAFF[name]
    for table, row in rows(stores):
        if table == "staff" and row["sign_in_name"] == person.sign_in_name:
            own = str(row["id"])
            own = f"{own[:8]}-{own[8:12]}-{own[12:16]}-{own[16:20]}-{own[20:]}" if "-" not in own else own
            wrapped = row["wrapped_private_key"]
            assert isinstance(wrapped, bytes)
            return SealingKey.from_private_bytes(unwrap(wrapped, person.passphrase, about=f"staff/{own}"))
    raise LookupError(name)


def keys_gained(stores: list[Path], own: SealingKey, number: str) -> list[SealingKey]:
    """Return every key the stores give to who has this one, and whatever those keys give in turn."""
    names = [f"{key}.{n}" for key in ("story", "story-apart", "contact", "names") for n in (1, 2)]
    names += [f"case.{number}.{n}" for n in (1, 2, 3)]
    had: dict[bytes, SealingKey] = {own.public: own}
    while True:
        gained = {
            key.public: key
            for place in stores
            for _, row in rows(place)
            for cell in row.values()
            if isinstance(cell, bytes) and len(cell) > 64
            for about in (f"{kind}/{name}" for kind in ("grant", "escrow") for name in names)
            for key in opened_keys(cell, list(had.values()), about)
        }
        if gained.keys() <= had.keys():
            return list(had.values())
        had |= gained


def opened_keys(cell: bytes, keys: list[SealingKey], about: str) -> Iterator[SealingKey]:
    for clear in opened(cell, keys, about):
        if len(clear) == 32:
            yield SealingKey.from_private_bytes(clear)


def opened(cell: bytes, keys: list[SealingKey], about: str) -> Iterator[bytes]:
    for key in keys:
        try:
            yield unseal(cell, key, about=about)
        except CannotOpen:
            continue


def readable(stores: Path, keys: list[SealingKey], number: str) -> str:
    """Return everything of the case these keys open in a copy of the stores."""
    found = []
    for _, row in rows(stores):
        for cell in row.values():
            if isinstance(cell, bytes) and len(cell) > 64:
                for kind in ("story", "contact", "message", "consent", "reply"):
                    found += [clear.decode() for clear in opened(cell, keys, f"{kind}/{number}")]
    return "\n".join(found)


def work_on(desk: Desk, reporter: Reporter, name: str, words: str) -> None:
    """Have the person write, somebody read it, answer it and note something."""
    desk.collect()
    desk.write_back(reporter, f"{words} La persona.")
    person, path = desk.signed_in(name), f"/es/cases/{reporter.case_number}"
    assert "La persona." in said(person.get(path).text)
    assert person.post(f"{path}/messages", data={"message": f"{words} La oficina."}).status_code == 303
    assert person.post(f"{path}/notes", data={"note": f"{words} Una nota."}).status_code == 303


def looked_at(desk: Desk, reporter: Reporter) -> None:
    """Have somebody who holds the case look at the list, and at no case."""
    assert desk.signed_in("amparo").get("/es/cases").status_code == 200
    with desk.reading() as session:
        unread = select(IncomingMessage.opened_on).where(IncomingMessage.case_number == reporter.case_number)
        assert None in session.exec(unread).all()


@pytest.mark.parametrize("how", ["left", "gave the case away"])
def test_what_is_written_before_the_new_key_is_known_is_shut_at_the_next_look_of_a_holder(
    desk: Desk, tmp_path: Path, how: str
) -> None:
    reporter = desk.a_case("laila")
    number, own, pau = reporter.case_number, desk.staff_id("laila"), str(desk.staff_id("pau"))
    desk.collect()
    night_before = copied(desk, tmp_path / "night-before")
    amparo = desk.signed_in("amparo")
    path, form = f"/es/staff/{own}/leaving", {f"adviser-{own}": pau}
    if how != "left":
        path = f"/es/cases/{number}/adviser"
        form = {"adviser": pau, "reason": "load", "version": str(desk.case(reporter).version)}
    assert amparo.post(path, data=form).status_code == 303
    assert (desk.case(reporter).key_version, desk.case(reporter).key_due_on) == (2, None)
    desk.write_back(reporter, AFTER, carried=False)  # their page knows the old key only
    desk.change_consent(reporter, "refer", given=True, carried=False)
    desk.collect()
    between = copied(desk, tmp_path / "between")
    looked_at(desk, reporter)
    later = copied(desk, tmp_path / "later")

    hers = keys_gained([night_before, between, later], own_key(night_before, "laila"), number)

    assert AFTER in readable(between, hers, number)  # what stays open, see docs/security.md
    assert readable(later, hers, number) == ""
    assert AFTER in said(desk.signed_in("pau").get(f"/es/cases/{number}").text)


@pytest.mark.parametrize("by", ["amparo", "joana"])
def test_an_old_key_and_an_old_backup_open_nothing_that_came_after_the_new_key(
    desk: Desk, tmp_path: Path, by: str
) -> None:
    reporter = desk.a_case("laila", text="Lo que contó al principio.")
    number = reporter.case_number
    work_on(desk, reporter, "laila", BEFORE)
    night_before = copied(desk, tmp_path / "night-before")
    own = desk.staff_id("laila")
    left = desk.signed_in(by).post(
        f"/es/staff/{own}/leaving", data={f"adviser-{own}": str(desk.staff_id("pau"))}
    )
    assert left.status_code == 303
    desk.collect()
    desk.write_back(reporter, "Escrito mientras nadie miraba.")
    desk.signed_in("amparo").get("/es/cases")  # the first look of somebody who holds the case
    unread = copied(desk, tmp_path / "unread")
    work_on(desk, reporter, "pau", AFTER)
    desk.write_back(reporter, f"{AFTER} Aún sin leer.")
    later = copied(desk, tmp_path / "later")

    hers = keys_gained([night_before, unread, later], own_key(night_before, "laila"), number)
    old, new = readable(night_before, hers, number), readable(later, hers, number)

    for part in ("La persona.", "La oficina.", "Una nota."):
        assert f"{BEFORE} {part}" in old
    assert "Lo que contó al principio." in old
    assert (readable(unread, hers, number), new) == ("", "")
    theirs = keys_gained([later], own_key(night_before, "pau"), number)
    for part in ("La persona.", "La oficina.", "Una nota.", "Aún sin leer."):
        assert f"{AFTER} {part}" in readable(later, theirs, number)


def test_without_a_new_key_the_same_copy_would_open_what_came_later(desk: Desk, tmp_path: Path) -> None:
    """The control: the search finds what a key that was not renewed gives away."""
    reporter = desk.a_case("laila")
    night_before = copied(desk, tmp_path / "night-before")
    work_on(desk, reporter, "laila", AFTER)
    later = copied(desk, tmp_path / "later")
    hers = keys_gained([night_before], own_key(night_before, "laila"), reporter.case_number)
    for part in ("La persona.", "La oficina.", "Una nota."):
        assert f"{AFTER} {part}" in readable(later, hers, reporter.case_number)
