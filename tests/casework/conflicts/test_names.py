"""Which spellings of a name find each other, and which do not."""

import pytest

from casework.conflicts.names import variants
from casework.conflicts.rules import ROLES, opposed


def likeness(one: str, other: str, *, kinds: tuple[str, str] = ("organisation", "organisation")) -> str:
    """How two names agree: by name, by sound only, or not at all."""
    first, second = (
        variants(name, is_organisation=kind == "organisation")
        for name, kind in zip((one, other), kinds, strict=True)
    )
    shared = {found for found, _ in first & second}
    return "name" if "name" in shared else "sound" if shared else "no"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bar Pepe SL", "BAR PÉPÉ"),
        ("Bar Pepe SL", "Bar Pepe, S.L.U."),
        ("Bar Pepe SL", "bar pepe s. l."),
        ("Construcciones Núñez, S.A.", "Núñez Construcciones"),
        ("Taronja S. Coop. V.", "Taronja"),
        ("Sociedad Limitada Unipersonal Mar", "Mar"),
        ("Asociación de Vecinos de Benimaclet", "Associació Vecinos Benimaclet"),
        ("La Caixa d'Estalvis", "Caixa Estalvis"),
        ("Merca Dona", "Mercadona S.A."),
        ("C.F. Patraix", "CF Patraix"),
        ("El Corte & Confección", "Corte Confección"),
        ("Col·lectiu Nord", "Collectiu Nord"),
        ("مطعم السلام", "مَطعم السّلام"),
        ("Ресторан Мир", "РЕСТОРАН «МИР»"),
    ],
)
def test_case_accents_legal_forms_punctuation_articles_blanks_and_order_do_not_hide_a_name(
    one: str, other: str
) -> None:
    assert likeness(one, other) == "name"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Inmobiliaria Giner", "Inmobiliaria Jiner"),
        ("Hostelería Turia", "Hosteleria Tuira"),
        ("Mohamed El Hasani", "Mohammed Hassani"),
        ("Vicente Ballester", "Bisente Vallester"),
        ("Restaurante Quijote", "Restaurante Kijote"),
        ("Companyia Nova", "Compañía Nova"),
    ],
)
def test_spellings_that_sound_alike_are_found_as_such(one: str, other: str) -> None:
    assert likeness(one, other) == "sound"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bar Pepe", "Bar Pape"),  # too short for a skeleton
        ("Immobiliària Giner", "Inmobiliaria Giner"),
        ("Restaurante Central", "Restaurante Cenral"),
        ("José Pérez García", "José Pérez"),
        ("Ayuntamiento de Valencia", "Ajuntament de València"),
        ("Александр Иванов", "Aleksandr Ivanov"),
    ],
)
def test_what_is_not_found_is_known(one: str, other: str) -> None:
    assert likeness(one, other) == "no"


def test_a_persons_surname_is_not_taken_for_a_legal_form() -> None:
    assert likeness("Moussa Sa", "Moussa", kinds=("person", "person")) == "no"
    assert likeness("Moussa Sa", "Moussa", kinds=("organisation", "person")) == "name"


def test_a_name_of_nothing_but_small_words_or_legal_forms_keeps_them() -> None:
    assert likeness("La La", "La La") == "name"
    assert likeness("S.L.", "S.A.") == "no"
    assert variants("¿?", is_organisation=True) == frozenset()


def test_a_respondent_and_anybody_else_are_on_opposite_sides_whatever_the_other_role() -> None:
    others = set(ROLES) - {"respondent"}
    assert all(opposed("respondent", other) and opposed(other, "respondent") for other in others)
    assert not opposed("respondent", "respondent")
    assert not any(opposed(one, other) for one in others for other in others)
