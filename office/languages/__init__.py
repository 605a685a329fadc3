"""The languages the office speaks: which, how they write, and who translated and reviewed them."""

from office.languages.catalogues import TranslationsRecord, translations_record
from office.languages.marking import mark
from office.languages.negotiation import language_for, negotiated
from office.languages.registry import (
    Domain,
    Language,
    UnknownLanguage,
    language,
    languages_for,
)

__all__ = [
    "Domain",
    "Language",
    "TranslationsRecord",
    "UnknownLanguage",
    "language",
    "language_for",
    "languages_for",
    "mark",
    "negotiated",
    "translations_record",
]
