"""The style sheet holds what the pages use and no more."""

import re
from collections.abc import Iterator

from forum.web.assets import STATIC, load
from tests.architecture import source

MADE_UP = re.compile(r"hue-\d\d|d\d")
"""Classes that are put together from a number: a circle's hue, how deep a reply stands."""
MAX_BYTES = 40_000
QUOTED = re.compile(r"""'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`""")
IN_TAG = re.compile(r"""class="([^"]*)"|'([^'\n]*)'""")


def classes_of_the_sheet() -> set[str]:
    text = re.sub(r"/\*.*?\*/", "", load().files["site.css"].decode(), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", text)
    return {name for each in selectors for name in re.findall(r"\.([a-z][\w-]*)", each)}


def words_of_the_pages() -> Iterator[str]:
    """Every word that may be a class: in a tag, or in a string of a macro, a script or a module."""
    for path in source.templates():
        yield from _words(IN_TAG, path.read_text(encoding="utf-8"))
    for path in [*STATIC.glob("js/*.js"), *source.python_files("forum")]:
        yield from _words(QUOTED, path.read_text(encoding="utf-8"))


def _words(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        yield from re.findall(r"[\w-]+", "".join(part or "" for part in found.groups()))


def test_no_rule_is_for_a_class_that_no_page_has():
    unused = {
        name
        for name in classes_of_the_sheet() - set(words_of_the_pages())
        if not MADE_UP.fullmatch(name)
    }
    assert not unused, f"No template, script or module gives anything this class: {sorted(unused)}"


def test_the_sheet_is_light():
    size = len(load().files["site.css"])
    assert size <= MAX_BYTES, f"{size} bytes: see what components/shared.css has already"
