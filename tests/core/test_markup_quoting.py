"""A post as a quotation: its words read the same, whatever signs are in them."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core import markup
from forum.core.markup import Format, quotation
from forum.core.markup.quoting import MAX_QUOTED_CHARS

ADDRESS = "https://site.example/p/abcdefghjkmn"
SIGNS = st.text(alphabet="\\`*_[]()<>#+-.!|~=:1 ab&\"'", max_size=40)


BARE = st.sampled_from(
    [
        *("http://a.example/b_c_d", "https://a.example/*b*/c", "HTTP://a.example/b_(c_d)_"),
        *("http:///_a_", "http://_", "https://a.example/b*&copy;_c_.", "xhttp://*a*"),
    ]
)
ADDRESSES = st.lists(BARE | SIGNS, min_size=1, max_size=4).map("".join)


def quoted(html: str, wrote: str = "Ana wrote") -> str:
    return quotation(html, wrote, ADDRESS)


def read(markdown: str) -> str:
    """The quotation as a reader sees it, paragraphs and lines apart."""
    html = markup.render(markdown, Format.MARKDOWN).html.partition("<blockquote>")[2]
    lines = html.replace("<br>", "\n").replace("</p>", "\n").replace("<p>", "")
    for tag in ("</blockquote>", "\u200b"):
        lines = lines.replace(tag, "")
    return unescape(re.sub("</?a[^>]*>", "", lines))


def test_the_first_line_names_whom_and_links_the_post():
    text = quoted("<p>Words.</p>", "Ben [the] Bold wrote")
    assert text == f"[Ben \\[the\\] Bold wrote]({ADDRESS}):\n\n> Words.\n\n"
    html = markup.render(text, Format.MARKDOWN).html
    assert f'href="{ADDRESS}"' in html
    assert ">Ben [the] Bold wrote</a>" in html


def test_paragraphs_stay_apart_and_lines_too():
    text = quoted("<p>One<br>two</p><ul><li>three</li><li>four</li></ul>")
    assert text.partition("\n\n")[2] == "> One  \n> two\n>\n> three  \n> four\n\n"


def test_what_the_post_quotes_itself_is_left_out():
    html = "<blockquote><p>Earlier.</p></blockquote><p>Now.</p>"
    assert "Earlier" not in quoted(html)
    assert "> Earlier." in quoted("<blockquote><p>Earlier.</p></blockquote>")


def test_a_long_post_is_cut_between_words():
    text = quoted(f"<p>{'word ' * 1_000}</p>")
    assert text.endswith("word …\n\n")
    assert len(text) < MAX_QUOTED_CHARS + 200


@pytest.mark.parametrize(
    "address",
    [
        *("http://a.example/b_c_d", "https://a.example/*b*/c_", "http://a.example/b_(c_d)"),
        *("https://a.example/?a=1&b_c=2", "https://a.example/_."),
    ],
)
def test_a_bare_address_leads_where_it_led(address):
    there = markup.render(f"See {address} and _more_", Format.MARKDOWN).html
    here = markup.render(quoted(there), Format.MARKDOWN).html
    links = re.findall(r'href="([^"]*)"', there)
    assert links
    assert re.findall(r'href="([^"]*)"', here) == [ADDRESS, *links]


def test_in_a_name_an_address_is_words():
    html = markup.render(quoted("<p>a</p>", "http://a.example/*b* wrote"), Format.MARKDOWN).html
    assert ">http://a.example/*b* wrote</a>" in html


@pytest.mark.parametrize(
    "words",
    [
        *("*loud* _and_ `code`", "[a](page)", "1. no list", "12) none", "- none"),
        *("# no heading", "> no quote", "| a | b |", "~~~", "===", "---", "\\*", "<b>no tag</b>"),
        *("[^1]: no note", "![no](picture)", "+ none", "&amp; stays"),
    ],
)
def test_signs_do_nothing(words):
    assert read(quoted(f"<p>{escape(words)}</p>")).strip() == words


@given(st.lists(SIGNS | ADDRESSES, min_size=1, max_size=4))
def test_whatever_stands_there_reads_the_same_and_stays_in_the_quotation(lines):
    kept = [" ".join(line.split()) for line in lines]
    html = "<p>" + "<br>".join(escape(line) for line in kept) + "</p>"
    text = quoted(html)
    assert all(line.startswith(">") for line in text.split("\n")[2:-2])
    assert [line.strip() for line in read(text).split("\n") if line.strip()] == [
        line for line in kept if line
    ]
