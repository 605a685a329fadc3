"""Every column says how sensitive it is, and every store knows only its own tables."""

import pytest
from sqlalchemy import LargeBinary, MetaData, String

import casework.store
from office.stores import facts, keyroom, mailbox
from office.stores.casework import CaseworkTable
from office.stores.columns import SENSITIVITIES, column
from office.stores.tables import limits

STORES: dict[str, MetaData] = {
    "mailbox": mailbox.metadata,
    "facts": facts.metadata,
    "casework": casework.store.metadata,
}


def test_every_column_of_every_store_tells_how_sensitive_it_is() -> None:
    silent = [
        f"{store}: {each}"
        for store, metadata in STORES.items()
        for table in metadata.tables.values()
        for each in table.columns
        if each.info.get("sensitivity") not in SENSITIVITIES
    ]
    assert silent == []


def test_what_is_sealed_is_bytes_and_bytes_are_sealed_or_prove_something() -> None:
    wrong = [
        str(each)
        for metadata in STORES.values()
        for table in metadata.tables.values()
        for each in table.columns
        if isinstance(each.type, LargeBinary) != (each.info["sensitivity"] in {"sealed", "proof"})
        and not (each.info["sensitivity"] == "proof" and isinstance(getattr(each.type, "impl", None), String))
    ]
    assert wrong == []


def test_nothing_in_the_stores_of_this_kernel_grows_without_limit() -> None:
    endless = [
        str(each)
        for metadata in (mailbox.metadata, facts.metadata)
        for table in metadata.tables.values()
        for each in table.columns
        if isinstance(getattr(each.type, "impl", each.type), String | LargeBinary) and not limits(each)
    ]
    assert endless == []


def test_no_store_knows_a_table_of_another() -> None:
    names = [set(metadata.tables) for metadata in STORES.values()]
    assert all(not (one & other) for one in names for other in names if one is not other)
    assert set(mailbox.metadata.tables) == {
        "envelope", "receipt", "reply", "draft", "throttle", "upload", "upload_piece", "relay", "sight",
        "relay_note", "equality_answer",
    }  # fmt: skip
    assert set(facts.metadata.tables) == {"fact", "period", "kept_count", "source_title", "alert"}
    assert {table.__tablename__ for table in (keyroom.Staff, keyroom.OfficeKey, keyroom.KeyGrant)} <= set(
        STORES["casework"].tables
    )


def test_the_limits_of_a_column_become_rules_of_its_table() -> None:
    class Sample(CaseworkTable):
        code: str = column("coded", codes=("a", "bb"))

    field = Sample.model_fields["code"]
    assert any(getattr(told, "max_length", None) == 2 for told in field.metadata)
    with pytest.raises(TypeError):
        column()  # type: ignore[call-arg]  # the sensitivity cannot be left out
