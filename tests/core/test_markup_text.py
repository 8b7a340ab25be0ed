"""Cleaning, imported mail and excerpts."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.markup import (
    MAX_IMPORTED_CHARS,
    Format,
    TooLong,
    excerpt,
    excerpt_of_source,
    normalise,
    one_line,
    render,
)
from tests.support import hostile
from tests.support.xss import dangers


def mail(text: str) -> str:
    html = render(text, Format.PLAIN).html.replace(' rel="nofollow ugc noopener noreferrer"', "")
    return re.sub(r">\n+<", "><", html).strip()


# Cleaning


def test_letters_are_composed() -> None:
    assert normalise("e\u0301") == "\u00e9"


def test_every_line_end_becomes_a_newline() -> None:
    assert normalise("a\r\nb\rc\u2028d\u2029e\nf") == "a\nb\nc\nd\ne\nf"


def test_tab_and_newline_stay_and_other_controls_go() -> None:
    assert normalise("a\tb\nc\x00\x02\x03\x1b\x7f\x85\x9fd") == "a\tb\ncd"


def test_characters_that_reorder_others_go() -> None:
    assert normalise("\u202egpj.\u2066exe\u2069\u200f\u061c") == "gpj.exe"


def test_half_a_character_goes() -> None:
    assert normalise("a\ud800b").encode() == b"ab"


def test_joiners_of_emoji_and_of_persian_stay() -> None:
    assert normalise("\U0001f469\u200d\U0001f469 \u0645\u06cc\u200c\u062e") == (
        "\U0001f469\u200d\U0001f469 \u0645\u06cc\u200c\u062e"
    )


def test_a_tower_of_marks_is_cut_to_eight() -> None:
    cut = normalise("z" + "\u0323\u0301" * 50 + "!")
    assert cut[-1] == "!"
    assert 1 <= sum(unicodedata.combining(c) > 0 for c in cut) <= 8


def test_words_with_many_marks_stay_whole() -> None:
    for word in ("בְּרֵאשִׁ֖ית", "Việt", "བསྒྲུབས", "हिन्दी"):
        assert normalise(word) == unicodedata.normalize("NFC", word)


def test_marks_in_bad_order_cost_little_time() -> None:
    began = time.process_time()
    normalise("a" + "\u0301\u0327" * 250_000)
    assert time.process_time() - began < 2


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_a_title_is_one_line_without_blanks_at_its_ends() -> None:
    assert one_line("  a\r\n\tb\u00a0\u2003c \x00") == "a b c"


# Imported mail


def test_paragraphs_are_kept_and_nothing_in_them_means_anything() -> None:
    assert mail("*a* <b>\n\n# [c](https://d.example)") == (
        '<p>*a* &lt;b&gt;</p><p># [c](<a href="https://d.example">https://d.example</a>)</p>'
    )


def test_short_lines_stay_lines() -> None:
    assert mail("Ana\nRetail") == "<p>Ana<br>\nRetail</p>"


def test_lines_wrapped_by_a_mail_program_flow_again() -> None:
    wrapped = "This line was wrapped by a mail program at about seventy characters,\nand ends here."
    assert "<br>" not in mail(wrapped)


def test_columns_and_code_stay_as_they_are() -> None:
    assert mail("name      count\napples    3\npears     12").startswith("<pre>")
    assert mail("  if a:\n      b()").startswith("<pre>  if a:")


def test_quoted_lines_nest_by_their_depth() -> None:
    assert mail("On Monday Ben wrote:\n> b\n>> c\n> d\nmine") == (
        "<p>On Monday Ben wrote:</p><blockquote><p>b</p><blockquote><p>c</p></blockquote>"
        "<p>d</p></blockquote><p>mine</p>"
    )


@pytest.mark.parametrize("quoted", [">>>a", "> > > a", "> >> a", " > > >a"])
def test_every_way_to_quote_three_deep(quoted: str) -> None:
    assert mail(quoted).count("<blockquote>") == 3


def test_quotes_deeper_than_eight_join_the_eighth() -> None:
    assert mail(">" * 30 + " a").count("<blockquote>") == 8


def test_a_signature_stands_under_a_rule() -> None:
    assert mail("a\n\n-- \nAna\nRetail") == "<p>a</p><hr><p>Ana<br>\nRetail</p>"


def test_an_address_in_angle_brackets_is_a_link() -> None:
    assert mail("<https://a.example/b?c=d&e=f>") == (
        '<p>&lt;<a href="https://a.example/b?c=d&amp;e=f">https://a.example/b?c=d&amp;e=f</a>&gt;</p>'
    )


def test_at_most_fifty_links_in_a_mail() -> None:
    assert mail("https://a.example\n" * 60).count("<a ") == 50


def test_a_mail_of_a_hundred_thousand_characters_is_taken_and_no_longer_one() -> None:
    assert mail("a" * MAX_IMPORTED_CHARS)
    with pytest.raises(TooLong):
        mail("a" * (MAX_IMPORTED_CHARS + 1))


def test_no_hostile_mail_takes_long_or_grows_without_end() -> None:
    for name, shape in hostile.shapes().items():
        # Quotes and links are all that a mail is read for: the rest is not worth the time.
        size = 40_000 if ">" in name or "://" in name or "quote" in name else 10_000
        text = normalise(shape(size)[:size])[:size]
        began = time.process_time()
        html = render(text, Format.PLAIN).html
        assert time.process_time() - began < 2, name
        assert len(html) <= 30 * len(text) + 64_000, name


def test_a_hostile_mail_has_nothing_dangerous_in_it() -> None:
    for shape in hostile.shapes().values():
        assert dangers(render(shape(500)[:500], Format.PLAIN).html) == []


# Excerpts


def test_an_excerpt_is_the_writers_own_words() -> None:
    html = render("> quoted\n\nMine **strong** & `code`\n\n```\nblock\n```", Format.MARKDOWN).html
    assert excerpt(html) == "Mine strong & code"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Mira wrote:</p><blockquote><p>No</p></blockquote><p>Yes</p>", "Yes"),
        ("<p>A</p><p><a>Mira</a>:<br></p><blockquote><p>No</p></blockquote><p>B</p>", "A B"),
        ("<p>I read:</p><ul><li>B</li></ul><blockquote>No</blockquote><p>C</p>", "I read: B C"),
        ("<p>He said</p><blockquote><p>No</p></blockquote><p>Yes</p>", "He said Yes"),
        ("<p>One:</p><blockquote>x<blockquote>y</blockquote></blockquote><p>Two:</p>", "Two:"),
        ("<p>Mira wrote:</p><blockquote><p>No</p></blockquote>", "Mira wrote: No"),
    ],
)
def test_an_excerpt_says_of_no_quote_whose_it_is(html: str, words: str) -> None:
    """Else it would read as if the quoted had written what comes after it."""
    assert excerpt(html) == words


def test_an_excerpt_of_nothing_but_a_quote_is_the_quote() -> None:
    assert excerpt(render("> quoted", Format.MARKDOWN).html) == "quoted"


def test_an_excerpt_ends_between_words() -> None:
    assert excerpt("<p>one two three four</p>", 12) == "one two\u2026"


def test_an_excerpt_without_blanks_ends_anywhere() -> None:
    assert excerpt("<p>" + "\u4e2d" * 30 + "</p>", 10) == "\u4e2d" * 9 + "\u2026"


def test_an_excerpt_has_a_blank_between_paragraphs_and_items() -> None:
    assert excerpt("<p>a</p><ul><li>b</li><li>c</li></ul>") == "a b c"


def test_an_excerpt_of_a_long_post_reads_only_its_beginning() -> None:
    html = "<p>" + "word " * 200_000 + "</p>"
    began = time.process_time()
    assert len(excerpt(html, 160)) <= 160
    assert time.process_time() - began < 0.5


def test_an_excerpt_of_a_draft_has_no_signs_of_markdown() -> None:
    source = "## Title\n\n- **a** [b](https://c.example)\n> d\n1. `e`"
    assert excerpt_of_source(source) == "Title a b d e"
