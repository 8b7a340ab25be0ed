"""Two languages made of the site's own sentences, so that a test sees what is not translated.

Every sentence stands in ⟦brackets⟧: in LONG accented and two fifths longer, in MIRRORED in Hebrew
letters, from right to left. Placeholders and tags stay. They borrow the names, and so the numbers
and days, of real languages.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo

from tests.architecture.source import ROOT

LONG, MIRRORED = "de", "he"
LONGER_BY = 0.4
_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\}|<[^<>]*>|&\w+;)")
_ACCENTS = str.maketrans("aceinouyzACEINOUYZ", "àçéîñôûýžÀÇÉÎÑÔÛÝŽ")
_HEBREW = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz" + "abcdefghijklmnopqrstuvwxyz".upper(),
    "אבצדהופגחטיכלמנסעפקרשתוזחט" * 2,
)
_FILLING = " und noch ein wenig mehr davon" * 40
KEYWORDS = {
    **dict.fromkeys(("_", "_l", "gettext", "lazy_gettext")),
    "ngettext": (1, 2),
}


def write_catalogues(folder: Path) -> None:
    """Both languages, as Flask-Babel finds them."""
    found = list(_sentences())
    for language, made in ((LONG, _long), (MIRRORED, _mirrored)):
        _write(folder / language / "LC_MESSAGES" / "messages.mo", language, found, made)


def _sentences() -> Iterator[str | tuple[str, ...]]:
    with (ROOT / "tools" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    for found in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        yield found[2]


def _write(
    file: Path, language: str, found: list[str | tuple[str, ...]], made: Callable[[str], str]
) -> None:
    catalogue = Catalog(locale=language, fuzzy=False)
    for each in found:
        if isinstance(each, str):
            catalogue.add(each, made(each))
        else:
            one, *many = [made(words) for words in each]
            forms = [one, *many * (catalogue.num_plurals - 1)]
            catalogue.add(each, tuple(forms[: catalogue.num_plurals]))
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue)


def _long(words: str) -> str:
    filling = _FILLING[: round(len(_KEPT.sub("", words)) * LONGER_BY)].rstrip()
    return f"⟦{_outside_of_kept(words, _ACCENTS)}{filling}⟧"


def _mirrored(words: str) -> str:
    return f"⟦{_outside_of_kept(words, _HEBREW)}⟧"


def _outside_of_kept(words: str, letters: dict[int, str]) -> str:
    parts = _KEPT.split(words)
    return "".join(part if at % 2 else part.translate(letters) for at, part in enumerate(parts))
