"""The process that opens strangers' pictures: reads one from its input, writes a clean one.

Started as `python -I child.py` by `pictures`, for one picture: it loads Pillow and nothing of the
forum, inherits no connection and no secret, and what it may use of the machine is limited. Only
pixels come through: what is written is a new picture that holds nothing else of the old one.
"""

from __future__ import annotations

import io
import resource
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms

MAX_MEMORY_BYTES = 384 * 1024 * 1024
"""Of address space, libraries included; some 280 MB of it are for pixels."""
MAX_CPU_SECONDS = 5
MAX_PIXELS = 20_000_000
MAX_PIXELS_OF_WEBP = 12_000_000
"""Its decoder keeps four copies."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a picture is made to fit."""

    side: int
    """Of what is written, in pixels."""
    written_bytes: int
    lossless_bytes: int
    """A drawing or a screen stays exact up to here; what is larger is more like a photograph."""
    qualities: tuple[int, ...] = (82,)
    """Tried one after the other until it fits; when none does, again with half the side."""


USUAL = Measure(side=2_048, written_bytes=6_000_000, lossless_bytes=700_000)
SMALL = Measure(
    side=1_280, written_bytes=262_000, lossless_bytes=262_000, qualities=(82, 70, 55, 40)
)
"""For private spaces, where every picture is written anew each night."""
SMALL_WANTED = "small"
FORMATS = ("JPEG", "PNG", "WEBP")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

DONE, TOO_LARGE, DAMAGED, TOO_HEAVY = 0, 11, 12, 13
"""How it ends."""


def clean(source: BinaryIO, to: Measure = USUAL) -> bytes:
    """The picture as WebP, upright, in sRGB, no side over the measure's, first frame only."""
    with Image.open(source, formats=FORMATS) as opened:
        most = MAX_PIXELS_OF_WEBP if opened.format == "WEBP" else MAX_PIXELS
        if opened.width * opened.height > most:
            raise Image.DecompressionBombError
        exact = opened.format != "JPEG"
        opened.draft("RGB", (to.side, to.side))
        turned = opened.getexif().get(0x0112, 1)
        profile = opened.info.get("icc_profile")
        picture = _smaller(_plain(opened), to.side)
    picture = _upright(_in_srgb(picture, profile), turned)
    return _written(picture, to, exact=exact)


def _plain(opened: Image.Image) -> Image.Image:
    """In eight bits a channel, with an alpha channel only where there was transparency."""
    opened.load()
    if opened.mode.startswith("I") or opened.mode == "F":
        return opened.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if opened.mode in ("L", "LA", "RGB", "CMYK", "RGBA"):
        if opened.mode in ("L", "RGB") and "transparency" in opened.info:
            return opened.convert("RGBA")
        return opened
    if opened.mode == "1":
        return opened.convert("L")
    return opened.convert("RGBA" if opened.has_transparency_data else "RGB")


def _smaller(picture: Image.Image, longest: int) -> Image.Image:
    most = max(picture.size)
    if most <= longest:
        return picture.copy()
    sides = (max(1, round(side * longest / most)) for side in picture.size)
    size: tuple[int, int] = tuple(sides)  # type: ignore[assignment]
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as its profile means them; a profile that can't be read is passed over."""
    mode = "RGBA" if picture.mode.endswith("A") else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(picture, theirs, ours, outputMode=mode)
            if made is not None:
                return made
    return picture if picture.mode == mode else picture.convert(mode)


def _upright(picture: Image.Image, turned: int) -> Image.Image:
    """Turned as the camera was held; the numbers are those of EXIF's tag 274."""
    turn = _TURNS.get(turned)
    return picture if turn is None else picture.transpose(turn)


def _written(picture: Image.Image, to: Measure, *, exact: bool) -> bytes:
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if exact:
        lossless = _webp(bare, lossless=True, quality=20, method=1)
        if len(lossless) <= to.lossless_bytes:
            return lossless
    for quality in to.qualities:
        made = _webp(bare, quality=quality, method=3)
        if len(made) <= to.written_bytes:
            return made
    if max(bare.size) == 1:
        raise MemoryError  # can't be, but must end
    return _written(_smaller(bare, max(bare.size) // 2), to, exact=False)


def _webp(picture: Image.Image, **how: int) -> bytes:
    into = io.BytesIO()
    picture.save(into, "WEBP", exif=b"", xmp=b"", icc_profile=b"", **how)
    return into.getvalue()


def limit() -> None:
    """Take away what a picture does not need. Some systems refuse a limit; then others hold."""
    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, USUAL.written_bytes),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _main() -> int:
    limit()
    try:
        made = clean(sys.stdin.buffer, SMALL if SMALL_WANTED in sys.argv[1:] else USUAL)
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    except Image.DecompressionBombError:
        return TOO_LARGE
    except MemoryError:
        return TOO_HEAVY
    except Exception:  # noqa: BLE001 (whatever is wrong with it, it is not a picture we can show)
        return DAMAGED
    return DONE


if __name__ == "__main__":
    sys.exit(_main())
