"""Whatever the shape of a reply: each word its writer added is in the post."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.mailbox.folding.comparing import Heard
from forum.mailbox.folding.own_words import fold
from tests.mailbox.folding.test_additions import FOOTER
from tests.mailbox.folding.test_own_words import COPIES, HEADS

THEIRS = st.lists(
    st.lists(
        st.sampled_from("depot roof money repair ask insurer year shelf late".split()),
        min_size=3,
        max_size=12,
    ),
    min_size=1,
    max_size=12,
)
WORD = st.text("abcdefgåéöß", min_size=2, max_size=9)
MINE = st.lists(st.lists(WORD, min_size=1, max_size=14), min_size=1, max_size=8)
SHAPES = ("top", "bottom", "between", "copy", "inside a copy")
ENDINGS = st.sampled_from(
    ["", "\n-- \nBo Ek\n", "\n" + FOOTER + "\n", "\n-- \nBo\n\n" + FOOTER, "\nSent from my iPhone"]
)


def paragraphs(lines):
    return [" ".join(words).capitalize() + "." for words in lines]


def reply(shape, theirs, mine, head, copy, ending):
    quote = "\n".join(f"> {line}" for line in theirs)
    own = "\n\n".join(mine)
    if shape == "top":
        return f"{own}\n{ending}\n{head}\n\n{quote}\n"
    if shape == "bottom":
        return f"{head}\n{quote}\n\n{own}\n{ending}"
    if shape == "copy":
        text = "\n".join(theirs)
        return f"{own}\n{ending}\n{copy}\n{text}\n"
    mark = "> " if shape == "between" else ""
    pairs = [
        part
        for n in range(max(len(theirs), len(mine)))
        for part in ([mark + theirs[n]] if n < len(theirs) else []) + (mine[n : n + 1])
    ]
    lead = head if shape == "between" else copy
    return f"{lead}\n" + "\n".join(pairs) + "\n"


@settings(max_examples=250, deadline=None)
@given(
    shape=st.sampled_from(SHAPES),
    theirs=THEIRS,
    mine=MINE,
    head=st.sampled_from(HEADS),
    copy=st.sampled_from(COPIES),
    ending=ENDINGS,
    heard_before=st.booleans(),
)
def test_the_writers_own_words_are_never_lost(
    shape, theirs, mine, head, copy, ending, heard_before
):
    theirs, mine = paragraphs(theirs), paragraphs(mine)
    memory = Heard()
    if heard_before:
        memory.add("\n".join(theirs))
    kept = fold(reply(shape, theirs, mine, head, copy, ending), memory).text.split("\n")
    for line in mine:
        assert any(line in found for found in kept), line


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(st.text(max_size=60), max_size=20), heard=st.text(max_size=200))
def test_no_text_breaks_the_folding(lines, heard):
    memory = Heard()
    memory.add(heard)
    fold("\n".join(lines), memory)
