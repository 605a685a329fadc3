"""What can be wrong with a file somebody sends: one plain sentence each.

A file that is refused takes nothing else with it: the other files and what was typed stay.
"""

from office.errors import Invalid, TooLarge, Unavailable


class FileRefused(Invalid):
    """One file was not taken."""

    code = "file_refused"
    sentence = "This file was not added. Please try again."


class FileEmpty(FileRefused):
    """A file without a byte."""

    code = "file_empty"
    sentence = "This file is empty."


class FileKindUnknown(FileRefused):
    """Not of a kind that we can show to an adviser."""

    code = "file_kind_unknown"
    sentence = (
        "We cannot take this kind of file. We take photos, videos, sound, PDF, Word, Excel and OpenDocument "
        "files, and plain text."
    )


class FileLocked(FileRefused):
    """Protected with a password."""

    code = "file_locked"
    sentence = (
        "This file is locked with a password. Send a copy without a password, or a photo of what it says."
    )


class FileDamaged(FileRefused):
    """Of a kind we take, but it does not open."""

    code = "file_damaged"
    sentence = "This file is damaged and does not open. Send it again, or send a photo of what it says."


class FileInfected(FileRefused):
    """The virus scanner knows what is in it."""

    code = "file_infected"
    sentence = "There is a virus in this file, so we have not kept it. You can send a photo of what it shows."


class FileNotWhole(FileRefused):
    """Cut off on the way, or its pieces are gone."""

    code = "file_not_whole"
    sentence = "This file did not arrive whole. Please add it again."


class VoiceNotAltered(FileRefused):
    """The sound is of a kind whose voice we cannot alter."""

    code = "voice_not_altered"
    sentence = (
        "We cannot alter the voice in this kind of recording, so we have not kept it. "
        "Record it on this page, or choose to send it as it is."
    )


class VoiceTooLong(FileRefused):
    """Longer than a voice is altered in the time and memory we have."""

    code = "voice_too_long"
    sentence = (
        "We can alter the voice in recordings of up to 20 minutes. This one is longer, so we have not kept "
        "it. Send it in shorter parts, or choose to send it as it is."
    )


class NoSound(FileRefused):
    """A voice note that is no sound."""

    code = "no_sound"
    sentence = "There is no sound in this file. Choose a recording."


class FileTooBig(TooLarge):
    """One file is larger than we take."""

    code = "file_too_big"
    sentence = "This file is too big: we take files of up to 40 MB."


class TooManyFiles(TooLarge):
    """More files than one report or message takes."""

    code = "too_many_files"
    sentence = "We take up to 12 files, so this one was not added. Later you can send more with a message."


class NoRoomForFiles(Unavailable):
    """Little of the disk is left, and it is kept for reports."""

    code = "no_room_for_files"
    sentence = "We cannot take files just now. Your report without files can be sent."


class FilesGone(Invalid):
    """What was to be sent with a report or a message is not there any more."""

    code = "files_gone"
    sentence = "Some files are not here any more. Please look at the list and add them again."


class FileCheckFailed(Unavailable):
    """The process that looks into files could not do its work."""

    code = "file_check_failed"
    sentence = "We cannot look into this file just now, so we have not kept it. Please try again later."


class TooManyFilesWaiting(Unavailable):
    """So many files wait to be looked into that one more would wait too long; it can be asked again."""

    code = "too_many_files_waiting"
    sentence = FileRefused.sentence


Wrong = (FileRefused, FileTooBig, TooManyFiles, NoRoomForFiles, FileCheckFailed, TooManyFilesWaiting)
"""What concerns one file only."""
