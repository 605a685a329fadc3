"""The mark that makes a sentence of a module known to the translators."""


def mark(sentence: str) -> str:
    """Return `sentence` unchanged; extraction finds it, and a page translates it when it is shown."""
    return sentence
