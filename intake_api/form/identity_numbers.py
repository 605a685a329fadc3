"""Identity numbers in the answers of one step: pointed out, and taken out where the person wishes it."""

from intake_api.form.answers import Answers
from intake_api.form.questions import Step
from office import identity_numbers
from office.identity_numbers import removed


def numbers_in(step: Step, answers: Answers, before: Answers) -> list[str]:
    """Return the identity numbers typed into the texts of a step since they were last kept."""
    typed = [
        text
        for question in step.question
        if question.is_text and answers.get(question.code) != before.get(question.code)
        for text in answers.get(question.code, [])
    ]
    return identity_numbers.numbers_in("\n".join(typed))


def without_numbers(step: Step, answers: Answers) -> Answers:
    """Return the answers with every identity number taken out of the texts."""
    texts = {question.code for question in step.question if question.is_text}
    return {
        name: [removed(value) for value in values] if name in texts else values
        for name, values in answers.items()
    }
