"""Names made alike, so that one written in another way is found. Pure.

Two spellings agree when case, accents, punctuation, articles, the order of words, blanks and (of
organisations) legal forms are taken away, or, for names with enough consonants, when they sound alike in
Spanish. Names of organisations are near each other when one word of them differs by one sign: missing, too
many, another one, or two neighbours that changed places. Some with two wrong signs are near too: those that
are the same once each lost a sign. A translation, a nickname and another alphabet are
not seen.

Near names are found without trying out any: each is kept with every form it has when one sign of one word is
left out, and near names share such a form (Mor and Fraenkel, "A hash code method for detecting and correcting
spelling errors", Communications of the ACM 25, 1982; Bocek, Hunt and Stiller, "Fast Similarity Search in
Large Dictionaries", University of Zurich, 2007).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from casework.conflicts.rules import Likeness

LETTERS: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "\u0640": "", "&": " "}
)
SPELLED: Final = re.compile(r"\b\w(?:\.\s?\w\b)+\.?")
"""Letters with dots between: `S.L.U.` is one word."""
NOT_A_WORD: Final = re.compile(r"[\W_]+")
LEGAL_FORMS: Final = re.compile(
    r"\b(?:(?:sociedad|societat)(?: (?:limitada|anonima|civil|cooperativa|laboral|mercantil|unipersonal"
    r"|profesional|professional|deportiva|valenciana|esportiva))+|comunidad de bienes|comunitat de bens"
    r"|union temporal de empresas|asociacion|associacio|fundacion|fundacio|cooperativa|limited|gmbh|sarl"
    r"|(?:s ?coop|coop)(?: ?v)?(?: ?ltda)?|(?:s ?l ?(?:u|l|p|n ?e)?|s ?a ?(?:u|l|d)?|s ?c ?p?|c ?b"
    r"|ltda?|inc|llc|sas|ute)$)\b"
)
SMALL_WORDS: Final = frozenset(
    {"el", "la", "los", "las", "lo", "les", "els", "l", "d", "de", "del", "dels", "da", "do", "dos", "das",
     "di", "du", "des", "le", "un", "una", "en", "na", "y", "i", "e", "and", "the", "of"}
)  # fmt: skip
SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("^x", "j"), ("x", "s"), ("ny", "n"), ("ch|tsch|tx", "C"), ("ll", "Y"),
        ("qu(?=[ei])|q", "k"), ("gu(?=[ei])", "G"), ("dj|g(?=[ei])", "j"), ("c(?=[eiy])|z", "s"),
        ("c", "k"), ("[vw]", "b"), ("h", ""), (r"(.)\1", r"\1"), ("(?<=.)[aeiouy]", ""),
    )
)  # fmt: skip
"""Spelling to sound, as it is heard in Spanish; `h` is silent and vowels after the first sign are dropped."""
FEWEST_SOUNDS: Final = 5
"""Shorter skeletons fit too many names."""
FEWEST_OF_NEAR: Final = 6
"""Letters a name has in all before one sign may be wrong: shorter ones are near too many."""
FEWEST_OF_A_WORD: Final = 3
"""Letters a word has before one of them may be wrong. In a word with a digit none may: it tells two apart."""


def variants(name: str, *, is_organisation: bool) -> frozenset[tuple[Likeness, str]]:
    """Return every form under which a name is found; none for a name without letters."""
    words = _words(name, is_organisation=is_organisation)
    if not words:
        return frozenset()
    found: set[tuple[Likeness, str]] = {("name", " ".join(sorted(set(words)))), ("name", "".join(words))}
    if is_organisation:
        found |= {("near", form) for form in _near(sorted(set(words)))}
    sounds = sorted({_sound(word) for word in words})
    if len("".join(sounds)) >= FEWEST_SOUNDS:
        found.add(("sound", " ".join(sounds)))
    return frozenset(found)


def folded_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in their order, without case, accents, punctuation and articles."""
    return tuple(_words(name, is_organisation=False))


def _words(name: str, *, is_organisation: bool) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn").translate(LETTERS)
    plain = SPELLED.sub(lambda met: NOT_A_WORD.sub("", met.group()) + " ", plain)
    plain = NOT_A_WORD.sub(" ", plain).strip()
    if is_organisation:
        plain = " ".join(LEGAL_FORMS.sub(" ", plain).split()) or plain
    words = plain.split()
    return [word for word in words if word not in SMALL_WORDS] or words


def _near(words: Sequence[str]) -> set[str]:
    """Return the name as it is and with each sign of each word left out; nothing where that fits too much.

    The words are in their order; a form is in the order of its own, for a sign changes the place of its word.
    """
    letters, found = sum(map(len, words)), {" ".join(words)}
    if letters < FEWEST_OF_NEAR:
        return found if letters == FEWEST_OF_NEAR - 1 else set()  # a longer one may be near to it
    for place, word in enumerate(words):
        if len(word) < FEWEST_OF_A_WORD or not word.isalpha():
            continue
        others = words[:place], words[place + 1 :]
        shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
        found |= {" ".join(sorted((*others[0], *others[1], one))) for one in shorter}
    return found


def _sound(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        return word
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word
