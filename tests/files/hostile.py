"""Files that mean harm, and honest ones, each made here by code."""

from __future__ import annotations

import io
import os
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

PNG = b"\x89PNG\r\n\x1a\n"
MARK = b"canary-4711"
"""Stands in everything that must not come through."""
GPS = {1: "N", 2: (47.0, 11.0, 4.7), 3: "E", 4: (8.0, 33.0, 11.0)}


def encoded(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    into = io.BytesIO()
    image.save(into, kind, **how)
    return into.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@cache
def picture(kind: str = "PNG", width: int = 64, height: int = 48, mode: str = "RGB") -> bytes:
    """An honest one."""
    return encoded(scenery(width, height).convert(mode), kind)


def scenery(width: int, height: int) -> Image.Image:
    """Something with an up and a down, a left and a right."""
    down = Image.linear_gradient("L").resize((width, height))
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    return Image.merge("RGB", (down, across, Image.new("L", (width, height), 40)))


def pdf(more: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + more


# --- by hand -----------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int, height: int, data: bytes, *more: bytes, depth: int = 8, colour: int = 0
) -> bytes:
    """A PNG of these parts, whatever they say."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return PNG + head + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def flat_png(width: int, height: int) -> bytes:
    """A true one of a single grey, a few kB however large it is."""
    row = b"\0" + bytes(width)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return png(width, height, data)


def riff(*parts: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        kind + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for kind, part in parts
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg_segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def with_segments(*segments: bytes) -> bytes:
    """An honest JPEG with more segments after its first two bytes."""
    honest = picture("JPEG")
    return honest[:2] + b"".join(segments) + honest[2:]


def exif(**tags: Any) -> bytes:
    written = Image.Exif()
    written[0x010E] = MARK.decode()  # description
    written[0x013B] = MARK.decode()  # artist
    written[0x9003] = "2026:11:30 12:00:00"
    written.get_ifd(0x8825).update(GPS)
    for name, value in tags.items():
        written[{"turned": 0x0112}[name]] = value
    return written.tobytes()


def colour_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + MARK


_XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + MARK + b"</x:xmpmeta>"


def _texts() -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", MARK.decode())
    texts.add_text("Comment", MARK.decode(), zip=True)
    texts.add_itxt("XML:com.adobe.xmp", MARK.decode())
    return texts


def harmless() -> dict[str, bytes]:
    """Odd pictures that are taken, and of which nothing but pixels may be left."""
    small = scenery(64, 48)
    alpha = small.convert("RGBA")
    alpha.putalpha(Image.linear_gradient("L").resize((64, 48)))
    html = b"<html><script>alert('" + MARK + b"')</script></html>"
    jpeg, plain = picture("JPEG"), picture()
    return {
        "one pixel": picture("PNG", 1, 1),
        "one pixel, as JPEG": picture("JPEG", 1, 1),
        "one pixel, as WebP": picture("WEBP", 1, 1),
        "a line of pixels": picture("PNG", 4000, 1),
        "JPEG with where it was taken": encoded(small, "JPEG", exif=exif()),
        "PNG with where it was taken": encoded(small, exif=exif()),
        "WebP with where it was taken": encoded(small, "WEBP", exif=exif()),
        "JPEG with a comment": with_segments(jpeg_segment(0xFE, MARK)),
        "JPEG with XMP": with_segments(jpeg_segment(0xE1, _XMP)),
        "JPEG with Photoshop's part": with_segments(jpeg_segment(0xED, b"Photoshop 3.0\0" + MARK)),
        "JPEG with a script in a comment": with_segments(jpeg_segment(0xFE, html)),
        "JPEG of too many segments": with_segments(*[jpeg_segment(0xEF, MARK)] * 2_000),
        "JPEG with a colour profile": encoded(small, "JPEG", icc_profile=colour_profile()),
        "JPEG with half a colour profile": encoded(
            small, "JPEG", icc_profile=colour_profile()[:200] + MARK
        ),
        "PNG with a colour profile": encoded(small, icc_profile=colour_profile()),
        "WebP with a colour profile and XMP": encoded(
            small, "WEBP", icc_profile=colour_profile(), xmp=_XMP
        ),
        "PNG with texts": encoded(small, pnginfo=_texts()),
        "PNG with a part nobody knows": plain[:33] + chunk(b"prVt", MARK) + plain[33:],
        "PNG with a time": plain[:33] + chunk(b"tIME", b"\x07\xea\x0b\x1e\x0c\0\0") + plain[33:],
        "JPEG and behind it a page": jpeg + html,
        "PNG and behind it an archive": plain + b"PK\x03\x04" + MARK,
        "PNG and behind it a picture": plain + jpeg + MARK,
        "WebP and behind it a page": picture("WEBP") + html,
        "WebP with parts nobody knows": riff(
            (b"VP8X", struct.pack("<I", 0) + b"\x3f\0\0\x2f\0\0"),
            (b"ABCD", MARK),
            (b"VP8 ", picture("WEBP")[20:]),
        ),
        "JPEG that is called a page": jpeg,
        "JPEG of four inks": encoded(small.convert("CMYK"), "JPEG"),
        "JPEG of greys": encoded(small.convert("L"), "JPEG"),
        "JPEG that comes in waves": encoded(small, "JPEG", progressive=True),
        "PNG of sixteen bits": encoded(_sixteen_bits()),
        "PNG of one bit": encoded(small.convert("1")),
        "PNG of a palette": encoded(small.quantize(8)),
        "PNG of a palette, see-through": encoded(small.quantize(8), transparency=2),
        "PNG of greys, see-through": encoded(alpha.convert("LA")),
        "PNG with one colour see-through": encoded(small, transparency=(0, 0, 40)),
        "PNG, see-through": encoded(alpha),
        "PNG that moves": encoded(
            small, save_all=True, append_images=[small.rotate(90)] * 20, duration=20
        ),
        "WebP that moves": encoded(
            small, "WEBP", save_all=True, append_images=[small.rotate(90)] * 20
        ),
        "WebP, exact": encoded(alpha, "WEBP", lossless=True),
        "PNG of noise": encoded(Image.frombytes("RGB", (512, 512), os.urandom(512 * 512 * 3))),
        "20 million pixels, no more": flat_png(5_000, 4_000),
        "PNG with too much behind its last row": png(8, 8, zlib.compress(bytes(50_000_000))),
        "PNG with too many texts": plain[:33]
        + b"".join(chunk(b"tEXt", b"Comment\0" + MARK * 500) for _ in range(100))
        + plain[33:],
    }


def refused() -> dict[str, bytes]:
    """What is turned away, with a sentence."""
    jpeg, plain, webp = picture("JPEG"), picture(), picture("WEBP")
    cut = {
        f"{name} cut after {share}/8": whole[: max(16, len(whole) * share // 8)]
        for name, whole in (("JPEG", jpeg), ("PNG", plain), ("WebP", webp))
        for share in (0, 1, 3, 5)
    }
    return cut | {
        "nothing": b"",
        "one byte": b"\xff",
        "words": b"Hello there",
        "GIF": encoded(scenery(8, 8), "GIF"),
        "GIF and script": b"GIF89a/*" + MARK + b"*/=1;alert(1)",
        "BMP": encoded(scenery(8, 8), "BMP"),
        "TIFF": encoded(scenery(8, 8), "TIFF"),
        "icon": encoded(scenery(16, 16), "ICO"),
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "SVG behind a declaration": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
        "XML that grows": b'<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><a>&c;</a>',
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "HTML behind a byte order mark": b"\xef\xbb\xbf<html>",
        "ZIP": b"PK\x03\x04" + bytes(60),
        "gzip": b"\x1f\x8b\x08" + bytes(60),
        "ELF": b"\x7fELF" + bytes(60),
        "Windows program": b"MZ" + bytes(60),
        "PostScript": b"%!PS-Adobe-3.0\n",
        "PDF not at its start": b"\n" + pdf(),
        "HEIC": b"\0\0\0\x18ftypheic" + bytes(60),
        "AVIF": b"\0\0\0\x1cftypavif" + bytes(60),
        "RIFF that is a sound": b"RIFF\x24\0\0\0WAVEfmt " + bytes(60),
        "JPEG of a head only": b"\xff\xd8\xff\xe0" + bytes(60),
        "JPEG of noise": b"\xff\xd8\xff" + os.urandom(4_000),
        "PNG of a head only": PNG,
        "PNG of noise": PNG + os.urandom(4_000),
        "PNG without data": PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)),
        "PNG of no size": png(0, 0, zlib.compress(b"")),
        "PNG of wrong sums": plain[:29] + bytes(4) + plain[33:],
        "PNG of an unknown colour": png(8, 8, zlib.compress(bytes(72)), colour=7),
        "PNG whose data is none": png(8, 8, b"no zlib"),
        "PNG with a chunk of 2 GB": PNG + struct.pack(">I", 2**31 - 1) + b"IHDR" + bytes(30),
        "WebP of a head only": b"RIFF\x04\0\0\0WEBP",
        "WebP of noise": riff((b"VP8 ", os.urandom(4_000))),
        "WebP of huge sides": riff((b"VP8X", bytes(4) + b"\xff\xff\xff\xff\xff\xff")),
        "WebP with a huge canvas": riff(
            (b"VP8X", b"\x02\0\0\0" + b"\xff\x3f\0\xff\x3f\0"), (b"ANIM", bytes(6))
        ),
        "a pixel too many": flat_png(5_000, 4_001),
        "huge sides, little data": png(2**31 - 1, 2**31 - 1, zlib.compress(bytes(100))),
        "very wide": png(30_000_000, 1, zlib.compress(bytes(100))),
        "very high": png(1, 30_000_000, zlib.compress(bytes(100))),
        "a bomb: much from little": flat_png(20_000, 20_000),
        "JPEG that says 65,535 a side": _jpeg_of(65_535, 65_535),
        "a PNG whose profile unpacks for ever": plain[:33]
        + chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000)))
        + b"cut",
    }


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Users\\jane\\plan.pdf": "plan.pdf",
    "a\0b.pdf": "ab.pdf",
    "plan\u202efdp.exe": "planfdp.exe.pdf",
    "a\r\nSet-Cookie: b=c.pdf": "a Set-Cookie b=c.pdf",
    'say "hello"; x=y.pdf': "say hello ; x=y.pdf",
    "x" * 5_000 + ".pdf": "x" * 116 + ".pdf",
    "": "document.pdf",
    "...": "document.pdf",
    ".pdf": "document.pdf",
    "report.PDF": "report.pdf",
    "Bericht für Zürich.pdf": "Bericht für Zürich.pdf",
    "報告.pdf": "報告.pdf",
    "<script>alert(1)</script>.pdf": "script.pdf",
}


def _sixteen_bits() -> Image.Image:
    return Image.frombytes("I;16", (64, 48), struct.pack("<64H", *range(0, 65_536, 1_024)) * 48)


def _jpeg_of(width: int, height: int) -> bytes:
    """An honest JPEG whose frame tells other sides."""
    honest = bytearray(picture("JPEG"))
    at = honest.index(b"\xff\xc0")
    honest[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(honest)


def swapped_profile() -> bytes:
    """A colour profile in which red means green, and green red: the names of two parts change."""
    profile = colour_profile().removesuffix(MARK)
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    swapped = bytearray(profile)
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(swapped)
