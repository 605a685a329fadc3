"""What can go wrong with a message."""

from office.errors import Conflict


class NobodyReads(Conflict):
    """The case came without a receipt, so no message can reach the person here."""

    code = "nobody_reads"
    sentence = "This case came without a receipt, so a message written here would reach nobody."
