"""Why a draft is not kept."""

from office.errors import Conflict, NotFound, TooLarge


class DraftHasNoPlace(NotFound):
    """The form keeps no drafts, or whoever asks may not open the case it is about; they look alike."""

    code = "draft_has_no_place"


class DraftMoved(Conflict):
    """Another window of the same person has kept a newer text for the same form."""

    code = "draft_moved"
    sentence = (
        "Another window of yours has kept a newer text for this form, so this one was not kept as a draft. "
        "It stays in the form."
    )


class TooManyDrafts(TooLarge):
    """One person keeps more drafts than anybody needs."""

    code = "too_many_drafts"
    sentence = "You keep too many drafts already, so this one was not kept. Throw some away first."
