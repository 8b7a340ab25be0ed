"""Whatever the shape of an answer: each word its writer added is taken, and nothing vanishes."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.mailbox.folding.own_words import cleaned
from forum.mailbox.replies.frames import Known
from forum.mailbox.replies.parser import Answered, own_words
from forum.mailbox.replies.words import words_of
from tests.mailbox.corpus import clients, letters
from tests.mailbox.corpus.clients import Draft
from tests.mailbox.corpus.languages import LANGUAGES

THEIRS = "we should ask the council about budget and time before a pilot starts in march".split()
MINE = "hedgehog violin copper lantern meadow biscuit thunder pepper".split()
"""Each answer has one of these, among words of the letter."""


def sentence(words):
    return " ".join(words).capitalize() + "."


SOME = st.lists(st.sampled_from(THEIRS), min_size=3, max_size=14, unique=True)
POSTS = st.lists(SOME.map(sentence), min_size=1, max_size=5, unique=True)
ANSWERS = st.lists(
    st.tuples(SOME, st.sampled_from(MINE), st.integers(0, 24)).map(
        lambda made: sentence([*made[0][: made[2]], made[1], *made[0][made[2] :]])
    ),
    min_size=1,
    max_size=4,
)
COPYING = (clients.outlook, clients.outlook_app, clients.samsung, clients.gmx, clients.notes)


def known(sent):
    return Known(sent.shown_name, letters.REPLY_ADDRESS, sent.subject)


def taken(text, sent):
    return own_words(text, Answered(sent.text, "", known(sent)), "Bo Lind")


def missing(answers, words):
    return Counter(words_of(" ".join(answers))) - Counter(words_of(words.reply))


def between(lines, answers, post, mark=""):
    """An answer below each paragraph of the letter, as far as there are some."""
    left, made = list(answers), []
    for line in lines:
        made.append(line)
        if left and any(line.endswith(part) for part in post):
            made.append(mark + left.pop(0))
    return "\n".join([*made, *left])


@settings(max_examples=80)
@given(
    post=POSTS,
    answers=ANSWERS,
    client=st.sampled_from(clients.PLAIN),
    code=st.sampled_from(sorted(LANGUAGES)),
)
def test_of_an_answer_above_the_copy(post, answers, client, code):
    sent = letters.Sent("Ana Novak", "[Careers] The pilot", tuple(post))
    copy = "\n".join(client(Draft(sent, LANGUAGES[code])))
    words = taken("\n\n".join(answers) + "\n" + copy, sent)
    assert not missing(answers, words)


@settings(max_examples=80)
@given(
    post=POSTS,
    answers=ANSWERS,
    client=st.sampled_from(clients.MARKING),
    code=st.sampled_from(sorted(LANGUAGES)),
)
def test_of_an_answer_below_the_copy(post, answers, client, code):
    sent = letters.Sent("Ana Novak", "[Careers] The pilot", tuple(post))
    copy = "\n".join(client(Draft(sent, LANGUAGES[code]))[1:])
    words = taken(copy + "\n\n" + "\n\n".join(answers), sent)
    assert not missing(answers, words)


@settings(max_examples=80)
@given(post=POSTS, answers=ANSWERS, client=st.sampled_from((*clients.MARKING, *COPYING)))
def test_of_answers_between_its_paragraphs(post, answers, client):
    sent = letters.Sent("Ana Novak", "[Careers] The pilot", tuple(post))
    lines = client(Draft(sent, LANGUAGES["en"]))[1:]
    words = taken(between(lines, answers, post), sent)
    assert not missing(answers, words)


@settings(max_examples=100)
@given(lines=st.lists(st.text(max_size=60), max_size=25), letter=st.text(max_size=200))
def test_every_word_is_taken_or_cut(lines, letter):
    text = cleaned("\n".join(lines))
    words = own_words(text, Answered(letter, "", Known("Ana", "", "")))
    found = Counter(words_of(words.reply)) + Counter(words_of(words.cut))
    assert sum((Counter(words_of(text)) - found).values()) == 0
