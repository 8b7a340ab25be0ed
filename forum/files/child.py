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
from typing import BinaryIO

from PIL import Image, ImageCms

MAX_MEMORY_BYTES = 384 * 1024 * 1024
"""Of address space, libraries included; some 280 MB of it are for pixels."""
MAX_CPU_SECONDS = 5
MAX_PIXELS = 20_000_000
MAX_PIXELS_OF_WEBP = 12_000_000
"""Its decoder keeps four copies."""
MAX_SIDE = 2_048
"""Of what is written, in pixels."""
MAX_WRITTEN_BYTES = 6_000_000
LOSSLESS_BYTES = 700_000
"""A drawing or a screen stays exact up to here; what is larger is more like a photograph."""
QUALITY = 82
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


def clean(source: BinaryIO) -> bytes:
    """The picture as WebP, upright, in sRGB, no side over 2,048 pixels, first frame only."""
    with Image.open(source, formats=FORMATS) as opened:
        most = MAX_PIXELS_OF_WEBP if opened.format == "WEBP" else MAX_PIXELS
        if opened.width * opened.height > most:
            raise Image.DecompressionBombError
        exact = opened.format != "JPEG"
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))
        turned = opened.getexif().get(0x0112, 1)
        profile = opened.info.get("icc_profile")
        picture = _smaller(_plain(opened))
    picture = _upright(_in_srgb(picture, profile), turned)
    return _written(picture, exact=exact)


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


def _smaller(picture: Image.Image) -> Image.Image:
    most = max(picture.size)
    if most <= MAX_SIDE:
        return picture.copy()
    sides = (max(1, round(side * MAX_SIDE / most)) for side in picture.size)
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


def _written(picture: Image.Image, *, exact: bool) -> bytes:
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if exact:
        lossless = _webp(bare, lossless=True, quality=20, method=1)
        if len(lossless) <= LOSSLESS_BYTES:
            return lossless
    return _webp(bare, quality=QUALITY, method=3)


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
        (resource.RLIMIT_FSIZE, MAX_WRITTEN_BYTES),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _main() -> int:
    limit()
    try:
        made = clean(sys.stdin.buffer)
        if len(made) > MAX_WRITTEN_BYTES:
            return TOO_HEAVY
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
