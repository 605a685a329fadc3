"""What can be wrong with what a program asks, besides what is wrong with the same thing asked by a person."""

from office.errors import Conflict, Invalid


class NotJson(Invalid):
    """The body of an act is no JSON object, or says that it is something else."""

    code = "not_json"
    sentence = "Send an object in JSON, with the content type application/json. Nothing was taken."


class FieldUnknown(Invalid):
    """An act was sent a field that it does not read: better refused than lost without a word."""

    code = "field_unknown"
    sentence = "There is no field of this name here. Nothing was taken."


class FieldOfAnotherKind(Invalid):
    """A field holds a value of another kind than it is described."""

    code = "field_of_another_kind"
    sentence = "A value is not of the kind that is described for its field. Nothing was taken."


class ToBeCorrected(Invalid):
    """An act was understood, and something in it must be corrected; each field has its sentence."""

    code = "to_be_corrected"
    sentence = "Something in what was sent is not right. Please check it."


class RefusedNow(Conflict):
    """An act was understood, and what is there now forbids it."""

    code = "refused_now"


class OnlyForPeople(Invalid):
    """A page that shows nothing but a way for people; programs are told so."""

    code = "only_for_people"
    sentence = "This page is for people only."
