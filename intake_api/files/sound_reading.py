"""Reads the sound out of a recording of any kind we take, with the decoders of FFmpeg (PyAV).

Runs only in the process of `inspector`, which `shut` leaves without a way to open anything: a recording that
names another file or an address gets neither. The container is the one that `kinds` found, never one that
FFmpeg guesses (a playlist is none of them), and only these decoders are used; pictures are not decoded.
"""

import resource
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import av
import av.subtitles.codeccontext
import av.subtitles.stream  # else loaded on first use, when nothing can be opened any more
import numpy as np
from numpy.typing import NDArray

RATE: Final = 16_000
"""Samples a second of what is kept: enough for speech."""
LONGEST: Final = 20 * 60
"""Seconds of sound we alter: what is kept of them is then under the size of one file."""
SHORTEST: Final = 0.1
RATES_TAKEN: Final = range(4_000, 192_001)
"""No recorder has another."""
MOST_CHANNELS: Final = 8
MOST_STREAMS: Final = 8
MOST_BROKEN: Final = 0.1
"""Of the packets: players bear as much, and an encoder's first is often broken."""
CONTAINERS: Final = {
    "audio/mp4": "mov",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "matroska",
    "video/mp4": "mov",
    "video/webm": "matroska",
}
DECODERS: Final = (
    "aac", "alac", "amrnb", "amrwb", "flac", "libopencore_amrnb", "libopencore_amrwb", "libopus", "mp3",
    "mp3float", "opus", "pcm_alaw", "pcm_f32le", "pcm_mulaw", "pcm_s16be", "pcm_s16le", "pcm_s24le",
    "pcm_s32le", "pcm_u8", "speex", "vorbis",
)  # fmt: skip

Sound = NDArray[np.float32]


class CannotAlter(Exception):
    """There is no sound in it that we can read whole."""


class TooLong(CannotAlter):
    """It is longer than we alter."""


def shut() -> None:
    """Let this process open no file and no connection any more; what is open stays."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def sound_in(file: BinaryIO, media_type: str) -> Sound:
    """Return the sound of a recording, one channel, as numbers from -1 to 1.

    Raises:
        TooLong: it is longer than `LONGEST`.
        CannotAlter: it does not open, or has no sound, or more than one.
    """
    if media_type not in CONTAINERS:
        raise CannotAlter
    try:
        return _read(file, CONTAINERS[media_type])
    except CannotAlter:
        raise
    except Exception as error:  # whatever a decoder says of a stranger's bytes: they do not open
        raise CannotAlter from error


def _read(file: BinaryIO, container: str) -> Sound:
    names = ",".join(DECODERS)
    told = {"codec_whitelist": names, "format_whitelist": _demuxer(container), "protocol_whitelist": "none"}
    samples = bytearray()
    with av.open(
        file, "r", format=container, container_options=told, metadata_errors="replace", io_open=_refused
    ) as opened:
        if len(opened.streams) > MOST_STREAMS or len(opened.streams.audio) != 1:
            raise CannotAlter
        stream = opened.streams.audio[0]
        if stream.codec_context.name not in DECODERS:
            raise CannotAlter
        stream.codec_context.thread_count = 1
        for part in _at_our_rate(_frames(opened, stream)):
            samples += part
            if len(samples) > 2 * RATE * LONGEST:
                raise TooLong
    if len(samples) < 2 * RATE * SHORTEST:
        raise CannotAlter
    return np.frombuffer(samples, np.int16).astype(np.float32) / np.float32(32_768)


def _refused(*_: Any) -> None:
    raise CannotAlter  # no recording needs a second file


def _demuxer(container: str) -> str:
    """Return the name FFmpeg itself gives the reader of a container."""
    return av.ContainerFormat(container, "r").name


def _frames(opened: Any, stream: Any) -> Iterator[Any]:
    packets = broken = 0
    for packet in opened.demux(stream):
        packets += 1
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            broken += 1
    if broken > MOST_BROKEN * packets:
        raise CannotAlter


def _at_our_rate(frames: Iterator[Any]) -> Iterator[bytes]:
    """Give the sound with one channel and our rate; a recording may change how it is kept on the way."""
    sampler, kept_as = None, None
    for frame in frames:
        here = (frame.format.name, frame.layout.name, frame.sample_rate)
        if frame.sample_rate not in RATES_TAKEN or frame.layout.nb_channels > MOST_CHANNELS:
            raise CannotAlter
        if sampler is None or here != kept_as:
            yield from _rest(sampler)
            sampler, kept_as = av.AudioResampler("s16", "mono", RATE), here
        frame.pts = None
        for made in sampler.resample(frame):
            yield made.to_ndarray().tobytes()
    yield from _rest(sampler)


def _rest(sampler: Any) -> Iterator[bytes]:
    for made in sampler.resample(None) if sampler is not None else ():
        yield made.to_ndarray().tobytes()
