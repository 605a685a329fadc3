"""Altering the voice in recordings that were made elsewhere: of every kind, too long, broken and hostile."""

import asyncio
import io
import os
import random
import struct
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from intake_api.files import examiner as looking
from intake_api.files.errors import VoiceNotAltered, VoiceTooLong
from intake_api.files.examiner import Examiner, MemoryFile
from intake_api.files.sound_reading import CONTAINERS, LONGEST, CannotAlter, sound_in
from intake_api.files.virus_scanner import Scanner
from intake_api.files.voice_altering import HIGHER, LOWER, WANDERS
from office.stores.mailbox import UploadPiece
from tests.intake_api import files
from tests.intake_api.conftest import Browser, Entrance
from tests.intake_api.files import add, opened
from tests.intake_api.recordings import KINDS, TOLD, recording
from tests.intake_api.test_files_later import loudest_tone

ROOT = Path(__file__).parents[2]
PITCH = 220.0
TELEPHONE = "telephone.m4a"


def altered(content: bytes) -> bytes:
    """What the process that looks into files makes of a recording."""

    async def asked() -> bytes:
        file = MemoryFile()
        file.add(content)
        try:
            told, _ = await Examiner(Scanner("")).altered(file)
        finally:
            file.close()
        made = b"".join(told.pieces())
        told.close()
        return made

    return asyncio.run(asked())


def chunks(sound: bytes) -> list[bytes]:
    """The names of the parts of a WAV file."""
    at, names = 12, []
    while at < len(sound):
        name, length = struct.unpack("<4sI", sound[at : at + 8])
        names.append(name)
        at += 8 + length
    return names


@pytest.mark.parametrize("name", KINDS)
def test_a_recording_of_any_kind_is_kept_with_another_voice_and_nothing_else_of_it(
    entrance: Entrance, browser: Browser, name: str
) -> None:
    true = recording(name, 4.0, pitch=PITCH)
    assert len([told for told in TOLD.values() if told.encode() in true]) or "wav" in name or "3gp" in name
    browser.answer("what", {"aside": "voice"})
    answer = add(browser, (name, true), page="voice", alter="yes")
    assert answer.status_code == 303, answer.text
    browser.send()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    stem = name.partition(".")[0]
    assert (sent.is_voice_altered, sent.media_type, sent.name) == (True, "audio/wav", f"{stem}.wav")
    kept = opened(sent, entrance.all(UploadPiece))
    assert chunks(kept) == [b"fmt ", b"data"]
    assert not [told for told in TOLD.values() if told.encode() in kept]
    with wave.open(io.BytesIO(kept)) as told:
        assert abs(told.getnframes() / told.getframerate() - 4) < 0.2
    moved = loudest_tone(kept) / PITCH
    assert any(low - WANDERS <= moved <= high + WANDERS for low, high in (LOWER, HIGHER)), moved


def test_of_a_video_with_sound_only_the_sound_is_kept() -> None:
    film = recording("studio.mp4", 3.0, pictures=20)
    assert b"avc1" in film
    kept = altered(film)
    assert chunks(kept) == [b"fmt ", b"data"]
    assert abs(loudest_tone(kept) / PITCH - 1) > 0.1


def test_a_recording_that_is_too_long_is_told_so_and_the_choice_stays(
    entrance: Entrance, browser: Browser
) -> None:
    assert f"{LONGEST // 60} minutes" in VoiceTooLong.sentence
    hour = files.voice(LONGEST + 30, rate=8_000)
    answer = add(browser, ("meeting.wav", hour), page="voice", alter="yes")
    assert answer.status_code == 422
    assert VoiceTooLong.sentence in answer.text
    assert 'value="yes" checked' in answer.text
    assert f"{LONGEST // 60} minutes" in browser.get("/en/report/voice").text
    assert entrance.all(UploadPiece) == []


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def noise_after(content: bytes, kept: int) -> bytes:
    return content[:kept] + random.Random(3).randbytes(len(content) - kept)


def with_samples_counted(content: bytes, count: int) -> bytes:
    """The table of samples of an MP4 file says another number."""
    at = content.index(b"stsz") + 12
    return content[:at] + struct.pack(">I", count) + content[at + 4 :]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "half of one": lambda: cut_short(recording(TELEPHONE)),
    "noise in its frames": lambda: noise_after(recording("recorder.mp3"), 200),
    "noise in a browser's": lambda: noise_after(recording("browser.webm"), 1_000),
    "noise for sound": lambda: noise_after(recording("messenger.ogg"), 200),
    "countless samples": lambda: with_samples_counted(recording(TELEPHONE), 2**32 - 1),
    "two sounds": lambda: recording("studio.mp4", 1.0, tracks=2),
    "many sounds": lambda: recording("studio.mp4", 0.3, tracks=40),
    "a film without sound": lambda: recording("studio.mp4", tracks=0, pictures=20),
    "a shell without sound": files.ogg,
    "another shell": lambda: files.mp4(handler=b"soun"),
    "frames of nothing": files.webm,
    "a moment": lambda: recording("computer.wav", 0.01),
    "a photo": files.photo,
    "a playlist": lambda: b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n",
    "nothing": bytes,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read_whole_is_not_altered_and_breaks_nothing(what: str) -> None:
    with pytest.raises(VoiceNotAltered):
        altered(HOSTILE[what]())


@pytest.mark.parametrize("kind", CONTAINERS)
def test_no_list_of_other_files_is_followed_whatever_it_is_taken_for(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = tmp_path / "named.wav"
    named.write_bytes(files.voice(1.0))
    lists = (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{named}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile 'named.wav'\n",
        "#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/other.mp3\n",
        f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n{named}\n",
    )
    for told in lists:
        with pytest.raises(CannotAlter):
            sound_in(io.BytesIO(told.encode()), kind)


def test_before_a_recording_is_read_its_process_can_open_nothing_any_more() -> None:
    program = (
        "import socket, sys\n"
        "from intake_api.files import inspector, sound_reading\n"
        "before = sound_reading.sound_in\n"
        "def looking(file, kind):\n"
        "    for act in (lambda: open('/etc/passwd'), socket.socket):\n"
        "        try: act()\n"
        "        except OSError as error: print(error.errno, end=' ')\n"
        "        else: print('opened', end=' ')\n"
        "    return before(file, kind)\n"
        "sound_reading.sound_in = looking\n"
        "inspector.main(['alter', *sys.argv[1:]])\n"
    )
    file, into = MemoryFile(), MemoryFile()
    file.add(recording(TELEPHONE, 1.0))
    os.lseek(file.number, 0, os.SEEK_SET)
    numbers = (file.number, into.number)
    said = subprocess.run(
        [sys.executable, "-c", program, *map(str, numbers)],
        pass_fds=numbers, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    file.close()
    into.close()
    assert said.stdout == '24 24 {"media_type": "audio/wav"}'


def test_a_recording_that_takes_too_long_to_alter_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looking, "PATIENCE", 0.01)
    with pytest.raises(VoiceNotAltered):
        altered(recording(TELEPHONE, 1.0))


def test_a_few_broken_packets_are_passed_over_as_players_do() -> None:
    broken = bytearray(recording("recorder.mp3", 4.0))
    broken[len(broken) // 2 : len(broken) // 2 + 300] = bytes(300)
    with wave.open(io.BytesIO(altered(bytes(broken)))) as told:
        assert told.getnframes() / told.getframerate() > 3.5
