"""What can go wrong with letters. Only staff read these sentences."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, Invalid, NotFound
from office.languages import mark


class LetterNotFound(NotFound):
    """No such letter, or no such file of it, in this case."""

    code = "letter_not_found"


class LetterChanged(CaseChanged):
    """Somebody else changed the letter meanwhile, or it does not go on from where it stands."""

    code = "letter_changed"
    sentence = mark(
        "Somebody changed this letter while you were writing, or it was sent. Nothing you typed is lost: "
        "compare it with what is there now."
    )


class LetterIncomplete(Conflict):
    """Something is missing that the template does not leave to be filled in by hand."""

    code = "letter_incomplete"
    sentence = mark("The letter cannot be made yet: fill in what is missing.")


class LetterNotForCase(Conflict):
    """The template is for cases that stand otherwise, as a civil claim is not for one against the city."""

    code = "letter_not_for_case"
    sentence = mark("This letter is not for this case as it stands now. The page of its letters says why.")


class AddressNotSafe(Conflict):
    """A letter to the person's address, while a letter at home is not known to be safe."""

    code = "letter_address_not_safe"
    sentence = mark(
        "The person gets no letter at home: it is not noted as safe. Take the address out and hand it over."
    )


class LetterTooLarge(Conflict):
    """The finished file is larger than a sealed row may be."""

    code = "letter_too_large"
    sentence = mark(
        "The letter became too large. Write it shorter, or put smaller pictures into its template."
    )


class TemplateBroken(Invalid):
    """A template that cannot be read or drawn; `check-letters` says why."""

    code = "letter_template_broken"
    sentence = mark(
        "This template has a mistake or is gone. Whoever runs the machine sees which: "
        "python -m casework check-letters"
    )


class TemplatesWrong(Conflict):
    """A template has a mistake; what it is was printed before."""

    code = "letter_templates_wrong"
    sentence = mark("A template of letters has a mistake. No letter can be made from it until it is mended.")
