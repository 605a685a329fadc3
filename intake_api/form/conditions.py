"""Which questions are asked of whom: a question, or a note, may wait for the answers to earlier ones.

It is decided here, on the server, so that it works without a script. A question that waits for one of an
earlier page is not on its page for others. One that waits for a question of its own page stands there for
everybody, under a heading that says whom it concerns. An answer to what is not asked (any more) goes nowhere.
"""

from intake_api.form.answers import Answers
from intake_api.form.questions import Condition, Form, Note, Question, Step


def is_met(condition: Condition, answers: Answers) -> bool:
    """Return whether each question named has one of the answers named; nothing named is always met."""
    return all(set(codes).intersection(answers.get(code, ())) for code, codes in condition.items())


def asked(step: Step, answers: Answers) -> tuple[Question, ...]:
    """Return the questions of a page that are put to whoever gave these answers."""
    here = {question.code for question in step.question}
    return tuple(
        question
        for question in step.question
        if is_met({code: codes for code, codes in question.asked_when.items() if code not in here}, answers)
    )


def notes(step: Step, answers: Answers) -> tuple[Note, ...]:
    """Return the notes of a page that concern whoever gave these answers."""
    return tuple(note for note in step.note if is_met(note.when, answers))


def heard(form: Form, answers: Answers) -> Answers:
    """Return the answers without those to questions that are not asked."""
    kept = dict(answers)
    for question in form.questions():
        if not is_met(question.asked_when, kept):
            for name in question.fields:
                kept.pop(name, None)
    return kept
