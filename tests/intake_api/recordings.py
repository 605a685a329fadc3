"""Recordings as telephones make them, encoded here by the libraries that telephones use too."""

import io
from fractions import Fraction
from typing import Any, Final

import av
import numpy as np

KINDS: Final[dict[str, tuple[str, str, int]]] = {
    "telephone.m4a": ("ipod", "aac", 48_000),
    "old telephone.3gp": ("3gp", "libopencore_amrnb", 8_000),
    "messenger.ogg": ("ogg", "libopus", 48_000),
    "browser.webm": ("webm", "libopus", 48_000),
    "recorder.mp3": ("mp3", "libmp3lame", 44_100),
    "studio.mp4": ("mp4", "aac", 44_100),
    "computer.wav": ("wav", "pcm_s16le", 44_100),
    "finer.wav": ("wav", "pcm_s24le", 48_000),
}
TOLD: Final = {"title": "Meine Stimme", "location": "+39.4699-000.3763/", "encoder": "Telephone 12 of Ana"}
PICTURE: Final = (64, 48)


def spoken(seconds: float, rate: int, pitch: float) -> Any:
    """A tone with its overtones and a little noise."""
    at = np.arange(int(seconds * rate)) / rate
    sound = sum(np.sin(2 * np.pi * pitch * harmonic * at) / harmonic for harmonic in (1, 2, 3))
    noise = np.random.default_rng(5).normal(0, 0.01, len(at))
    return (0.2 * np.asarray(sound) + noise).astype(np.float32)


def recording(
    name: str, seconds: float = 4.0, *, pitch: float = 220.0, tracks: int = 1, pictures: int = 0
) -> bytes:
    """A recording of one of `KINDS`, which also tells things about who made it."""
    container, codec, rate = KINDS[name]
    made = io.BytesIO()
    with av.open(made, "w", format=container, options={"movflags": "use_metadata_tags"}) as file:
        file.metadata.update(TOLD)
        filmed: Any = file.add_stream("libx264", rate=10, options={"threads": "1"}) if pictures else None
        if filmed is not None:
            filmed.width, filmed.height, filmed.pix_fmt = *PICTURE, "yuv420p"
        heard: list[Any] = [file.add_stream(codec, rate=rate, layout="mono") for _ in range(tracks)]
        for number in range(pictures):
            picture = av.VideoFrame.from_ndarray(
                np.full((PICTURE[1], PICTURE[0], 3), number * 9 % 255, np.uint8)
            )
            file.mux(filmed.encode(picture))
        if filmed is not None:
            file.mux(filmed.encode(None))
        for stream in heard:
            for part in _parts(spoken(seconds, rate, pitch), stream.codec_context.format.name, rate):
                file.mux(stream.encode(part))
            file.mux(stream.encode(None))
    return made.getvalue()


def _parts(sound: Any, kept_as: str, rate: int) -> Any:
    sampler = av.AudioResampler(kept_as, "mono", rate)
    for at in range(0, len(sound), 1024):
        part = av.AudioFrame.from_ndarray(sound[np.newaxis, at : at + 1024], format="fltp", layout="mono")
        part.sample_rate, part.pts, part.time_base = rate, at, Fraction(1, rate)
        yield from sampler.resample(part)
