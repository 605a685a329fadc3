"""Which spellings of a name find each other, and which do not."""

from random import Random

import pytest

from casework.conflicts.names import variants
from casework.conflicts.rules import LIKENESS, ROLES, opposed

TRADES = (
    "Bar", "Restaurante", "Cafetería", "Panadería", "Inmobiliaria", "Construcciones", "Reformas",
    "Talleres", "Transportes", "Clínica", "Farmacia", "Academia", "Gimnasio", "Hotel", "Hostal",
    "Peluquería", "Carnicería", "Autoescuela", "Limpiezas", "Seguridad", "Instalaciones", "Gestoría",
    "Asesoría", "Librería", "Óptica", "Electrodomésticos", "Muebles", "Pinturas", "Jardinería",
    "Consultoría",
)  # fmt: skip
OWN = (
    "Pepe", "Paco", "Lola", "Manolo", "Amparo", "Vicente", "García", "Martínez", "López", "Sánchez",
    "Pérez", "Gómez", "Ferrer", "Navarro", "Soler", "Ibáñez", "Ballester", "Giner", "Roig", "Blasco",
    "Climent", "Sanchis", "Tormo", "Benlloch", "Ribera", "Puig", "Castillo", "Molina", "Moreno",
    "Ortega", "Marín", "Mariano", "Romero", "Romera", "Vidal", "Vidala", "Gil", "Sol", "Luna", "Mar",
    "Turia", "Ruzafa", "Benimaclet", "Patraix", "Campanar", "Malvarrosa", "Cabanyal", "Mestalla",
    "Nazaret", "Torrefiel", "Central", "Nuevo", "Levante", "Mediterráneo", "Saguntino", "Albufera",
    "Azahar", "Miguel", "Miguela", "Carmen", "Carmelo", "Julia", "Julio", "Marta", "Marca", "Costa",
    "Cosme", "Norte", "Sur", "Este", "Alameda", "Almenara",
)  # fmt: skip
"""Trades and names as companies of the city bear them, also some pairs that differ by one sign."""


def company_names(count: int) -> list[str]:
    """So many different names of companies: a trade with one name, two names, or a name and a number."""
    random, found = Random(6), dict[str, None]()
    while len(found) < count:
        trade, one, two = random.choice(TRADES), random.choice(OWN), random.choice(OWN)
        found[
            random.choice((f"{trade} {one}", f"{trade} {one} {two}", f"{one} y {two}", f"{one} {two} 2000"))
        ] = None
    return [f"{name}{random.choice((' SL', ', S.A.', ' S. Coop. V.', ''))}" for name in found]


def likeness(one: str, other: str, *, kinds: tuple[str, str] = ("organisation", "organisation")) -> str:
    """How two names agree: by name, by sound only, or not at all."""
    first, second = (
        variants(name, is_organisation=kind == "organisation")
        for name, kind in zip((one, other), kinds, strict=True)
    )
    shared = {found for found, _ in first & second}
    return next((way for way in LIKENESS if way in shared), "no")


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
        ("Bar Pepe", "Bar Peppe"),
        ("Bar Pepe", "Bra Pepe"),
        ("Bar Pepe SL", "Bar Ppe"),
        ("Bar Pepe", "Bar Pape"),
        ("Peña Bar Pepe", "Beña Pepe Bar"),  # the first sign moves the word to another place
        ("Immobiliària Giner", "Inmobiliaria Giner"),
        ("Restaurante Central", "Restaurante Cenral, S. Coop."),
        ("مطعم السلام", "مطعم السلم"),
        ("Ресторан Мирный", "Ресторан Мирний"),
        ("Mango", "Mangos"),  # the longer one has six letters
    ],
)
def test_an_organisation_is_near_when_one_word_differs_by_one_sign(one: str, other: str) -> None:
    assert likeness(one, other) == "near" == likeness(other, one)


def test_persons_are_not_near_for_one_sign_tells_roca_from_roma() -> None:
    assert likeness("Ana María Roca", "Ana María Roma", kinds=("person", "person")) == "no"


def test_of_some_thousand_names_of_companies_few_are_near_to_a_name_that_is_not_theirs() -> None:
    names = company_names(4000)
    held: dict[str, set[str]] = {}
    for name in names:
        for way, form in variants(name, is_organisation=True):
            if way == "near":
                held.setdefault(form, set()).add(name)
    hits = []
    for name in names:
        forms = [form for way, form in variants(name, is_organisation=True) if way == "near"]
        near = set[str]().union(*(held[form] for form in forms)) - {name}
        hits.append(sum(likeness(name, other) == "near" for other in near))
    assert sum(hits) / len(hits) <= 0.05, sum(hits) / len(hits)
    assert sorted(hits)[int(0.99 * len(hits))] <= 1
    assert max(len(variants(name, is_organisation=True)) for name in names) <= 50


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mango", "Mongo"),  # a short name is near too many
        ("Taller Sol 21", "Taller Sol 27"),  # a number tells two apart
        ("Talleres MG Ruzafa", "Talleres ME Ruzafa"),  # so do two letters
        ("Bar Pepe", "Bor Pepa"),  # one sign in each of two words
        ("Restaurante Central", "Restaurante Cetrnla"),
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
    others = set(ROLES) - {"respondent", "agent"}
    for of_them in ("respondent", "agent"):
        assert all(opposed(of_them, other) and opposed(other, of_them) for other in others)
        assert not opposed(of_them, "respondent") and not opposed(of_them, "agent")
    assert not any(opposed(one, other) for one in others for other in others)


def test_a_side_that_is_said_counts_where_the_role_says_none() -> None:
    assert opposed("lawyer", "affected", "respondent", None)
    assert not opposed("lawyer", "respondent", "respondent", None)
    assert not opposed("witness", "affected", "neither", "person")
    assert opposed("witness", "respondent", "neither", None)  # rather one match too many than one too few
