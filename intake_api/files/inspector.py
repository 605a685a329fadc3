"""A process of its own that looks into one file a stranger sent, and ends.

It is given the number of an open file in memory (nothing touches a disk), answers one line of JSON, and
holds no key, no store and no name. Its limits stand before the first byte is read; whoever breaks a decoder
here gets an empty process. Command: `python -m intake_api.files.inspector look FD` or `alter FD FD`.
"""

import json
import os
import resource
import sys
from collections.abc import Sequence
from typing import Final

MEMORY: Final = 1024 * 1024 * 1024
SECONDS: Final = {"look": 20, "alter": 60}
WRITTEN: Final = 64 * 1024 * 1024
OPEN_FILES: Final = 64


def confine(command: str) -> None:
    """Set limits that this process cannot lift again: memory, time, size of files, and no core dump."""
    seconds = SECONDS[command]
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def look(number: int) -> dict[str, str]:
    """Return the kind of the file, or why it is not taken."""
    from intake_api.files.kinds import NotTaken, kind_of

    with os.fdopen(number, "rb") as file:
        size = os.fstat(number).st_size
        try:
            return {"media_type": kind_of(file, size)}
        except NotTaken as error:
            return {"problem": error.reason}


def alter(number: int, into: int) -> dict[str, str]:
    """Write the recording with another voice; say whether that could be done."""
    from intake_api.files.kinds import NotTaken, kind_of
    from intake_api.files.sound_reading import CannotAlter, TooLong, shut, sound_in
    from intake_api.files.voice_altering import alter as altered

    with os.fdopen(number, "rb") as file, os.fdopen(into, "wb") as told:
        shut()
        try:
            media_type = kind_of(file, os.fstat(number).st_size)
            file.seek(0)
            altered(sound_in(file, media_type), told)
        except TooLong:
            return {"problem": "too_long_to_alter"}
        except (CannotAlter, NotTaken, MemoryError):
            return {"problem": "not_altered"}
    return {"media_type": "audio/wav"}


def main(arguments: Sequence[str]) -> int:
    """Do one thing with one file and say in JSON what came of it."""
    command, *numbers = arguments
    confine(command)
    opened = [int(number) for number in numbers]
    answer = look(opened[0]) if command == "look" else alter(opened[0], opened[1])
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
