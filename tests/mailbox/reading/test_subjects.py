import pytest

from forum.mailbox.reading.subjects import take_apart


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Budget",
        "RE: Re: re: Budget",
        "AW: Budget",
        "SV: Budget",
        "Antw: Budget",
        "Antwort: Budget",
        "RE[2]: Budget",
        "Re(3): Budget",
        "Re^2: Budget",
        "Re : Budget",
        "Re：Budget",
        "[list] Re: Budget",
        "Re: [list] AW: Budget",
        "Fwd: Re: Budget",
        "Subject: Re: Budget",
        "回复: Budget",
    ],
)
def test_answer_marks_are_cut_and_remembered(subject):
    found = take_apart(subject, frozenset({"list"}))
    assert (found.shown, found.key, found.is_reply) == ("Budget", "budget", True)


@pytest.mark.parametrize("subject", ["Budget", "Fwd: Budget", "WG: Budget (fwd)", "[list] Budget"])
def test_a_forward_or_a_tag_is_no_answer(subject):
    found = take_apart(subject, frozenset({"list"}))
    assert (found.shown, found.is_reply) == ("Budget", False)


def test_a_tag_that_is_not_the_lists_is_shown_and_not_compared():
    found = take_apart("Re: [SOLVED] Roof", frozenset({"list"}))
    assert (found.shown, found.key) == ("[SOLVED] Roof", "roof")


@pytest.mark.parametrize("subject", ["Reading list", "Red: the colour", "Are: units", "Svalbard"])
def test_words_that_only_look_like_marks_stay(subject):
    assert take_apart(subject).shown == subject


@pytest.mark.parametrize("subject", ["", "  ", "(no subject)", "Re:", "Re: (no subject)"])
def test_a_subject_that_says_nothing_joins_nothing(subject):
    assert take_apart(subject).key == ""


def test_a_thousand_marks_end():
    assert take_apart("Re: " * 400 + "x").is_reply
