"""What can go wrong with a store, in the office's words."""

from office.errors import OfficeError, Unavailable


class StoreUnavailable(Unavailable):
    """A store is busy, full, gone or out of reach; nothing of what was asked was kept.

    `detail` tells the store and the reason: `busy`, `full`, `gone`, `read_only`, `broken` or `unreachable`.
    """

    code = "store_unavailable"
    sentence = "Our records cannot be reached now, and nothing was kept. Please try again in a few minutes."

    @property
    def for_operators(self) -> str:
        """Return a sentence that names `migrate` where waiting does not help."""
        if self.detail.get("reason") != "gone":
            return self.sentence
        return (
            "A store is not where it should be. If it has not been made yet, run: python -m office migrate."
            " If it was there before, look at its disk and at CONVIVENCIA_HOME first."
        )


class CommitUnknown(StoreUnavailable):
    """The connection broke off while a transaction was being kept: nobody knows whether it was."""

    code = "commit_unknown"
    may_be_done = True
    sentence = (
        "The connection to our records broke off at the last moment: we do not know whether this was kept. "
        "Look whether it is there. If you cannot look, send it again: twice is better than not at all."
    )


class NotGranted(OfficeError):
    """A process asked a store for something its role may not do: a mistake in the office's own code."""

    code = "not_granted"
    sentence = "This part of the office may not do that with our records."


class StoreNotReady(Unavailable):
    """A store has not the shape this version of the office needs: run `python -m office migrate`."""

    code = "store_not_ready"
    sentence = "A store has not the shape this version needs. Run: python -m office migrate."


class StoreAddressInvalid(OfficeError):
    """The address of a store is not `sqlite:///file` or `postgresql://…`."""

    code = "store_address_invalid"
    sentence = "The address of a store is missing or is neither SQLite in a file nor PostgreSQL."
