"""What can go wrong with advice. Only staff read these sentences, so they are marked as words of the desk."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, NotFound
from office.languages import mark


class AdviceNotFound(NotFound):
    """No such advice in this case."""

    code = "advice_not_found"


class TranslationNotFound(NotFound):
    """No such translation of this advice."""

    code = "translation_not_found"


class AdviceChanged(CaseChanged):
    """Somebody else changed this advice since the page was shown; nothing was overwritten."""

    code = "advice_changed"
    sentence = mark(
        "Somebody changed this advice while you were writing. Nothing you typed is lost: "
        "compare it with what is there now, and send it again."
    )


class AdviceNotReady(Conflict):
    """The advice is in a state from which this step does not start."""

    code = "advice_not_ready"
    sentence = mark(
        "This cannot be done with the advice as it stands now. See its state at the top of the page."
    )


class NotReviewed(Conflict):
    """Advice that nobody else has read is not delivered."""

    code = "advice_not_reviewed"
    sentence = mark(
        "This advice cannot be delivered: somebody else who holds the case must review this text first."
    )


class ReviewerWroteIt(Conflict):
    """Whoever wrote a text of this advice does not review it."""

    code = "reviewer_wrote_it"
    sentence = mark("Whoever wrote advice does not review it. Somebody else who holds the case must.")


class AdviceIncomplete(Conflict):
    """Something is missing that advice must have before it is reviewed."""

    code = "advice_incomplete"
    sentence = mark(
        "Before it is reviewed it must name the facts it relies on, at least one law with the date of its "
        "text, and at least one option."
    )


class MachineTranslationUnchecked(Conflict):
    """Nobody has compared a machine's translation with the original."""

    code = "machine_translation_unchecked"
    sentence = mark(
        "A machine made this translation and nobody has checked it. "
        "It can be delivered or sent when somebody who can advise in that language, or an interpreter of "
        "the directory, has compared it with the original: note that below the translation, on the page of "
        "the advice."
    )


class CheckerMadeIt(Conflict):
    """Whoever made a translation or brought it in is not the one who checks it."""

    code = "checker_made_it"
    sentence = mark(
        "Whoever made a translation or brought it in does not check it. "
        "Choose somebody else who can advise in that language, or an interpreter of the directory."
    )


class CheckerLacksLanguage(Conflict):
    """A translation is checked by somebody who works in its language."""

    code = "checker_lacks_language"
    sentence = mark(
        "A translation is checked by somebody of the office who can advise in that language, or by an "
        "interpreter of the directory for it. Who can advise notes it under My languages; supervisors add "
        "interpreters."
    )


class TranslationOfOlderText(Conflict):
    """The advice was edited since it was translated."""

    code = "translation_of_older_text"
    sentence = mark("This translation is of an older text of the advice. Translate the reviewed text.")


class InterpreterNeeded(Conflict):
    """The person said that they need an interpreter."""

    code = "interpreter_needed"
    sentence = mark(
        "The person needs an interpreter: advice is told to them with one, "
        "or by somebody of the office who speaks the language."
    )


class NotInTheirLanguage(Conflict):
    """What is only read must be written in the language it is delivered in."""

    code = "not_in_their_language"
    sentence = mark(
        "What is delivered in writing only must be written in that language. Add a translation first."
    )


class DutyNotFound(NotFound):
    """No such decision in this case."""

    code = "duty_not_found"


class DutyAlreadyRead(CaseChanged):
    """Somebody read this decision in the meantime."""

    code = "duty_already_read"


class ReaderDecidedIt(Conflict):
    """The second reader is another person."""

    code = "reader_decided_it"
    sentence = mark(
        "Whoever decided is not the second reader. Somebody else who holds the case must read it."
    )


class MinorsAlwaysReported(Conflict):
    """Of violence against a minor there is nothing to decide."""

    code = "minors_always_reported"
    sentence = mark("Violence against a minor is always reported, so this cannot be decided otherwise.")
