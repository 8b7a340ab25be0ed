"""Files of our own making that mean harm: refused in words, or harmless; small, quick and bare."""

import io
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

from forum.core.errors import ForumError
from forum.files import child, naming, pictures
from forum.files.pictures import Picture, checked, cleaned
from forum.files.sniffing import HEAD_BYTES, Found, sniffed
from tests.files import hostile

HARMLESS, REFUSED = hostile.harmless(), hostile.refused()
MOST_MB = 300
_WATCHED = """
import os, subprocess, sys
at_work = subprocess.Popen([sys.argv[1], "-I", sys.argv[2]], stdin=0, stdout=subprocess.DEVNULL)
_, status, used = os.wait4(at_work.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss // 1024, used.ru_utime + used.ru_stime)
"""


@pytest.fixture(autouse=True)
def folder() -> None:
    """Nothing is kept here."""


def taken(content: bytes) -> Picture:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        assert sniffed(file.read(HEAD_BYTES)) is Found.PICTURE
        file.seek(0)
        return cleaned(file)


def watched(content: bytes, tmp_path: Path) -> tuple[int, int, float]:
    """How the child ended, how many MB it had at most, how many seconds it worked.

    Started by a small process: the system counts what a child's parent had as the child's.
    """
    here = tmp_path / "picture"
    here.write_bytes(content)
    words = [sys.executable, "-S", "-c", _WATCHED, sys.executable, str(Path(child.__file__))]
    with here.open("rb") as file:
        said = subprocess.run(words, stdin=file, capture_output=True, text=True, check=True).stdout
    code, megabytes, seconds = said.split()
    return int(code), int(megabytes), float(seconds)


def heaviest() -> dict[str, bytes]:
    """As many pixels as there may be, in whatever takes most to open."""
    wide = hostile.scenery(5_000, 4_000)
    alpha = wide.convert("RGBA")
    alpha.putalpha(120)
    few = wide.resize((4_000, 3_000))
    profile = hostile.colour_profile()
    quick = {"compress_level": 1}
    return {
        "JPEG": hostile.encoded(wide, "JPEG", icc_profile=profile),
        "JPEG in waves, of four inks": hostile.encoded(
            wide.convert("CMYK"), "JPEG", progressive=True
        ),
        "PNG, see-through": hostile.encoded(alpha, icc_profile=profile, **quick),
        "PNG of a palette, see-through": hostile.encoded(
            wide.quantize(64), transparency=3, **quick
        ),
        "WebP": hostile.encoded(few, "WEBP", method=0),
        "PNG of noise": hostile.encoded(
            Image.frombytes("RGB", (1_800, 1_800), os.urandom(1_800 * 1_800 * 3)), **quick
        ),
    }


def test_there_are_more_than_sixty() -> None:
    assert len(HARMLESS) + len(REFUSED) + len(hostile.NAMES) > 60


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_picture_becomes_pixels_and_nothing_else(name: str) -> None:
    made = taken(HARMLESS[name])
    seen = hostile.opened(made.content)
    assert (seen.format, seen.size) == ("WEBP", (made.width, made.height))
    assert getattr(seen, "n_frames", 1) == 1
    assert not set(seen.info) & {"exif", "xmp", "icc_profile"}
    assert not seen.getexif()
    assert hostile.MARK not in made.content
    assert b"GPS" not in made.content
    assert b"script" not in made.content
    assert checked(made.content) == made


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_of_ours_is_refused_in_words(name: str) -> None:
    with pytest.raises(ForumError) as refusal:
        taken(REFUSED[name])
    assert 400 <= refusal.value.status < 500
    assert str(refusal.value)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(turned: int) -> None:
    upright = hostile.scenery(64, 48)
    ways = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = ways[turned]
    lying = upright.transpose(held) if held is not None else upright
    made = taken(hostile.encoded(lying, exif=hostile.exif(turned=turned)))
    assert hostile.opened(made.content).convert("RGB").tobytes() == upright.tobytes()


def test_a_large_picture_becomes_small_enough_for_a_page() -> None:
    made = taken(hostile.picture("JPEG", 3_000, 1_500))
    assert (made.width, made.height) == (2_048, 1_024)


def test_colours_stay_as_their_profile_means_them() -> None:
    """In a profile of other primaries the same numbers are another colour."""
    lab = Image.new("RGB", (8, 8), (200, 60, 60))
    other = hostile.swapped_profile()
    made = taken(hostile.encoded(lab, icc_profile=other))
    red, green, _blue = hostile.opened(made.content).convert("RGB").getpixel((4, 4))
    assert red < green


def test_what_can_be_seen_through_still_can() -> None:
    made = taken(HARMLESS["PNG, see-through"])
    assert hostile.opened(made.content).mode == "RGBA"


def test_sixteen_bits_become_eight_and_not_white() -> None:
    seen = hostile.opened(taken(HARMLESS["PNG of sixteen bits"]).content).convert("L")
    assert seen.getpixel((0, 24)) < 20
    assert 100 < seen.getpixel((32, 24)) < 150


@pytest.mark.slow
def test_the_heaviest_pictures_take_little_memory_and_time(tmp_path: Path) -> None:
    for name, content in heaviest().items():
        code, megabytes, seconds = watched(content, tmp_path)
        assert code == child.DONE, name
        assert megabytes < MOST_MB, name
        assert seconds <= child.MAX_CPU_SECONDS, name


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_costs_little(name: str, tmp_path: Path) -> None:
    _code, megabytes, seconds = watched(REFUSED[name], tmp_path)
    assert megabytes < MOST_MB
    assert seconds < 2


def test_the_process_that_asked_does_not_grow() -> None:
    before = _own_megabytes()
    for content in (HARMLESS["20 million pixels, no more"], REFUSED["a bomb: much from little"]):
        try:
            taken(content)
        except ForumError:
            continue
    assert _own_megabytes() - before < 50


def test_a_child_that_takes_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(pictures, "LAST_RESORT_SECONDS", 0.2)
    with pytest.raises(pictures.TooHeavy):
        taken(hostile.picture())


def test_a_child_that_wants_too_much_memory_is_refused_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    greedy = f"import runpy; c = runpy.run_path({child.__file__!r}); c['limit'](); bytes(1 << 30)"
    monkeypatch.setattr(pictures, "_COMMAND", (sys.executable, "-c", greedy))
    with pytest.raises(pictures.TooHeavy):
        taken(hostile.picture())


def test_the_child_is_given_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    asking = "import os, sys; sys.exit(0 if 'SECRET_KEY' in os.environ else 11)"
    monkeypatch.setattr(pictures, "_COMMAND", (sys.executable, "-I", "-c", asking))
    with pytest.raises(pictures.TooManyPixels):
        taken(hostile.picture())


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"<html>",
        hostile.picture("JPEG"),
        hostile.picture("WEBP") + b"more",
        hostile.riff((b"VP8 ", hostile.picture("WEBP")[20:]), (b"EXIF", b"where")),
        hostile.riff((b"VP8L", b"\x2f\xff\xff\xff\xff")),
        hostile.picture("WEBP")[:-4],
        bytes(child.MAX_WRITTEN_BYTES + 1),
    ],
)
def test_what_a_child_hands_back_is_not_believed(made: bytes) -> None:
    with pytest.raises(ForumError):
        checked(made)


@pytest.mark.parametrize(("given", "name"), hostile.NAMES.items())
def test_a_name_loses_what_no_name_needs(given: str, name: str) -> None:
    assert naming.pdf_name(given) == name
    header = naming.disposition(name)
    assert header.isascii()
    assert header.startswith('attachment; filename="')
    assert not set(header) & set("\r\n\0\\")
    assert header.count('"') == 2


def _own_megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // (1 << 20)


def test_no_more_than_two_are_opened_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE_SECONDS", 0.01)
    with pictures._turns, pictures._turns, pytest.raises(pictures.NoTurn):
        cleaned(io.BytesIO())


def test_whoever_finds_enough_waiting_is_turned_away_at_once() -> None:
    """Else they would hold one of the worker's few threads."""
    seats = [pictures._seats for _ in range(pictures.AT_ONCE + pictures.WAITING)]
    with ExitStack() as full:
        for seat in seats:
            full.enter_context(seat)
        with pytest.raises(pictures.NoTurn):
            cleaned(io.BytesIO())


def test_a_turn_is_given_back_by_whoever_is_refused() -> None:
    for _ in range(pictures.AT_ONCE + pictures.WAITING + 1):
        with pytest.raises(pictures.Damaged):
            taken(b"\xff\xd8\xff" + bytes(50))
