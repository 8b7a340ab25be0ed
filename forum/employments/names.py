"""What spellings of one employer's name have in common: "Northwind GmbH", "NORTH-WIND".

Only the way a name is written is folded. Whether two names mean one employer is for staff to say.
"""

from __future__ import annotations

import re
import unicodedata

from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.models.employers import KEY_CHARS

# Legal forms as they are written at the end of names; each counts with and without its dots.
_ENDINGS = frozenset(
    """ab ad ag aps aps as asa asbl bhd bv bvba company co corp corporation cv cvba dac doo dd eood
    ead eg eirl eireli ev fze gbr gesmbh ggmbh gie gmbh gmbhcokg hf inc incorporated jsc kd
    kda kft kg kgaa kk ky llc llp lllp limited limitada ltd ltda lp mbh mei nv nyrt oao oe ohg ojsc
    ood ooo oou ou oy oyj pao pc plc plt private proprietary pjsc psc pt pte pty public pvt rt sa
    saa sab sae sal saoc sapa sapi saps sarl sas sasu sc sca scs scpa scrl sdn sdnbhd se sia sicav
    sl slne slp slu slu smba snc spa sp spj spk spzoo spolka sprl sro srl srls ss sti tbk uab ug ulc
    vof vzw wll zao zrt eingetragener verein haftungsbeschrankt aktiengesellschaft
    株式会社 有限会社 合同会社 有限公司 股份有限公司 有限责任公司
    주식회사 유한회사 ао ооо оао зао пао""".split()
)
_SPELLED = _ENDINGS | {"spzoo", "zoo", "sderl"}
_BEGINNINGS = frozenset(
    "the ao ooo oao zao pao pt 株式会社 有限会社 合同会社 주식회사 ао ооо оао зао пао".split()
)
_FUSED = (
    "株式会社",
    "有限会社",
    "合同会社",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "주식회사",
)
"""Written without a blank before or after the name."""
_JOINING = frozenset({"and", "und", "et", "y", "de", "e", "i", "en", "og", "och", "ja"})
_DOTS_IN_A_WORD = re.compile(r"(?<=\w)[.'’](?=\w)|(?<=\b\w)\.")
_WORD = re.compile(r"\w+")


class BadName(ForumError):
    status = 422
    sentence = _l("Please write the name with letters or digits.")


def key(name: str) -> str:
    """The folded name, at most 200 characters. BadName when there is no letter or digit in it.

    Compatibility forms, case, accents, punctuation and blanks are folded (Unicode NFKC, then marks
    dropped); the article and legal forms at either end are left out, unless nothing else is there.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", folded)
        if not unicodedata.category(letter).startswith("M")
    )
    folded = unicodedata.normalize("NFKC", folded)
    folded = _DOTS_IN_A_WORD.sub("", folded).replace("&", " and ").replace("/", "")
    words = _WORD.findall(folded.replace("_", " "))
    found = _unfused("".join(_without_forms(words)))
    if not found:
        raise BadName
    return found[:KEY_CHARS]


def _without_forms(words: list[str]) -> list[str]:
    kept = list(words)
    while 0 < (form := _words_of_form(kept)) < len(kept):
        del kept[-form:]
        while len(kept) > 1 and kept[-1] in _JOINING:
            kept.pop()
    while len(kept) > 1 and kept[0] in _BEGINNINGS:
        kept.pop(0)
    return kept


def _words_of_form(words: list[str]) -> int:
    """How many words at the end are a legal form, spelled with blanks or not ("sp z oo")."""
    if words and words[-1] in _ENDINGS:
        return 1
    for count in (2, 3, 4):
        tail = words[-count:]
        if "".join(tail) in _SPELLED and all(len(word) <= 3 for word in tail):
            return len(tail)
    return 0


def _unfused(found: str) -> str:
    for form in _FUSED:
        bare = found.removeprefix(form).removesuffix(form)
        if bare:
            found = bare
    return found
