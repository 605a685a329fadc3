"""What can go wrong in the hand-over."""

from office.errors import Unavailable


class KeyVersionMissing(Unavailable):
    """A coded record is sealed to a version of `statistics` that this process's key file does not hold."""

    code = "key_version_missing"
    sentence = "The key file lacks a version that is needed. Copy the newest file to this service."
