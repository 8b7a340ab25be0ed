"""How a member's Markdown looks on the page."""

from __future__ import annotations

import re

import pytest

from forum.core.markup import (
    MAX_BODY_CHARS,
    RENDER_VERSION,
    Format,
    TooComplex,
    TooLong,
    as_markup,
    render,
)


def html_of(text: str) -> str:
    """Without line ends between tags and without `rel`, which other tests look after."""
    html = render(text, Format.MARKDOWN).html.replace(' rel="nofollow ugc noopener noreferrer"', "")
    return re.sub(r">\n+<", "><", html)


def test_what_is_rendered_says_which_version_made_it() -> None:
    assert render("a", Format.MARKDOWN).version == RENDER_VERSION


def test_an_empty_text_is_empty() -> None:
    assert render(" \n ", Format.MARKDOWN).html == ""


def test_stored_html_is_shown_as_it_is() -> None:
    assert as_markup("<p>a</p>").__html__() == "<p>a</p>"


def test_emphasis_and_strong_words() -> None:
    assert html_of("*a* **b** _c_") == "<p><em>a</em> <strong>b</strong> <em>c</em></p>"


def test_emphasis_is_found_again_in_the_same_words() -> None:
    once = "<p>a <strong>b</strong></p>"
    assert html_of("a **b**\n\na **b**\n\n**b**") == once + once + "<p><strong>b</strong></p>"
    assert html_of("a **b**") == once


def test_underscores_inside_a_word_stay() -> None:
    assert html_of("snake_case_word") == "<p>snake_case_word</p>"


def test_headings_begin_below_the_title_of_the_page() -> None:
    assert html_of("# a\n## b\n### c\n#### d\n###### e") == (
        "<h2>a</h2><h3>b</h3><h4>c</h4><h4>d</h4><h4>e</h4>"
    )


def test_a_hashtag_is_no_heading() -> None:
    assert html_of("#retail is hard") == "<p>#retail is hard</p>"


def test_a_signature_line_makes_no_heading_of_the_line_above() -> None:
    assert "<h" not in html_of("Best wishes\n--\nAna")


def test_a_heading_needs_no_empty_line_around_it() -> None:
    assert html_of("a\n# b\nc") == "<p>a</p><h2>b</h2><p>c</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("***a***", "<em><strong>a</strong></em>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("*a**b*", "<em>a**b</em>"),
        ("*a _b* c_", "<em>a _b</em> c_"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**a:**b", "**a:**b"),
        ("这是**“重点”**内容", "这是<strong>“重点”</strong>内容"),
        ("*`a`*", "<em><code>a</code></em>"),
        (r"*(**[*\*", "*(**[**"),
        ("*`**a*[](http://b)", "<em>`**a</em>"),
    ],
)
def test_signs_pair_off_as_in_commonmark_and_no_word_is_lost(typed: str, shown: str) -> None:
    assert html_of(typed).startswith(f"<p>{shown}")


@pytest.mark.parametrize(
    "again", ["*a*\n\n*a*", "x *a*\n\n*a*", "*a* **b**\n\n**b**", "- *a*\n- *a*"]
)
def test_the_same_words_in_the_next_paragraph_are_emphasised_again(again: str) -> None:
    assert "*" not in html_of(again)


# Lists


def test_a_list_needs_no_empty_line_before_it() -> None:
    assert html_of("We need:\n- time\n- money") == (
        "<p>We need:</p><ul><li>time</li><li>money</li></ul>"
    )


def test_a_number_at_the_start_of_a_line_of_prose_begins_no_list() -> None:
    assert html_of("It was founded in\n1986. Nobody knew.") == (
        "<p>It was founded in\n1986. Nobody knew.</p>"
    )


@pytest.mark.parametrize("step", ["  ", "    ", "\t"])
def test_lists_nest_by_two_blanks_by_four_and_by_a_tab(step: str) -> None:
    assert html_of(f"- a\n{step}- b\n{step}{step}- c\n- d") == (
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    )


def test_a_numbered_list_keeps_the_number_it_begins_with() -> None:
    assert html_of("3. a\n4. b") == '<ol start="3"><li>a</li><li>b</li></ol>'


def test_bullets_inside_a_numbered_list() -> None:
    assert html_of("1. a\n   - b\n2. c") == "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"


def test_numbers_after_bullets_are_a_list_of_their_own() -> None:
    assert html_of("- a\n1. b") == "<ul><li>a</li></ul><ol><li>b</li></ol>"


def test_an_item_may_have_a_second_paragraph() -> None:
    assert html_of("- a\n\n  b\n\n- c") == "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"


def test_a_paragraph_after_a_list_is_outside_it() -> None:
    assert html_of("- a\n\nb") == "<ul><li>a</li></ul><p>b</p>"


def test_tasks_are_ballot_boxes_and_no_controls() -> None:
    assert html_of("- [ ] a\n- [x] b") == "<ul><li>☐&nbsp;a</li><li>☑&nbsp;b</li></ul>"


# Quotes


@pytest.mark.parametrize("between", ["\n", "\n>\n", "\n\n"])
def test_an_answer_right_under_a_quote_is_not_part_of_it(between: str) -> None:
    assert html_of(f"> a{between}b").endswith("</p></blockquote><p>b</p>")


def test_quotes_nest() -> None:
    assert html_of("> a\n> > b\n> c") == (
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>"
    )


def test_a_list_in_a_quote() -> None:
    assert html_of("> a\n> - b") == "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"


# Code


def test_code_in_a_line_is_shown_as_typed() -> None:
    assert html_of("`a < b && *c*`") == "<p><code>a &lt; b &amp;&amp; *c*</code></p>"


def test_two_backticks_hold_one() -> None:
    assert html_of("`` a`b ``") == "<p><code>a`b</code></p>"


def test_a_backtick_without_another_stays() -> None:
    assert html_of("a ` b `` c") == "<p>a ` b `` c</p>"


def test_a_fence_keeps_lines_blanks_and_signs_and_names_its_language() -> None:
    assert html_of("```python\nif a < b:\n\n    c = '*d*'\n```") == (
        "<pre><code class=\"language-python\">if a &lt; b:\n\n    c = '*d*'\n</code></pre>"
    )


def test_a_fence_needs_no_empty_line_around_it() -> None:
    assert html_of("a\n```\nb\n```\nc") == "<p>a</p><pre><code>b\n</code></pre><p>c</p>"


def test_a_fence_that_is_never_closed_runs_to_the_end() -> None:
    assert html_of("~~~\na\n\nb") == "<pre><code>a\n\nb\n</code></pre>"


def test_a_longer_fence_holds_a_shorter_one() -> None:
    assert html_of("````\n```\na\n```\n````") == "<pre><code>```\na\n```\n</code></pre>"


def test_a_fence_in_a_list_and_in_a_quote() -> None:
    assert html_of("- a\n  ```\n  b\n\n    c\n  ```\n- d") == (
        "<ul><li><p>a</p><pre><code>b\n\n  c\n</code></pre></li><li><p>d</p></li></ul>"
    )
    assert html_of("> ```\n> a\n> ```\n\nb") == (
        "<blockquote><pre><code>a\n</code></pre></blockquote><p>b</p>"
    )


def test_a_fence_ends_with_the_quote_it_stands_in() -> None:
    assert (
        html_of("> ```\n> a\nb") == "<blockquote><pre><code>a\n</code></pre></blockquote><p>b</p>"
    )


def test_lines_moved_in_by_four_blanks_are_code() -> None:
    assert html_of("a\n\n    # b\n    - c") == "<p>a</p><pre><code># b\n- c\n</code></pre>"


# Tables


def test_a_table_with_its_columns_aligned() -> None:
    assert html_of("| a | b |\n|:--|--:|\n| `c|d` | 1 |") == (
        '<table><thead><tr><th align="left">a</th><th align="right">b</th></tr></thead>'
        '<tbody><tr><td align="left"><code>c|d</code></td><td align="right">1</td></tr></tbody>'
        "</table>"
    )


def test_a_table_needs_no_empty_line_before_it() -> None:
    assert html_of("See:\na | b\n--|--\nc | d").startswith("<p>See:</p><table>")


# Footnotes


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    assert html_of("a[^x] b[^y] c[^x]\n\n[^y]: Why\n[^x]: *Ex*") == (
        "<p>a<sup>1</sup> b<sup>2</sup> c<sup>1</sup></p>"
        "<section><ol><li><p><em>Ex</em></p></li><li><p>Why</p></li></ol></section>"
    )


def test_a_footnote_that_nothing_mentions_is_not_lost() -> None:
    assert "never mentioned" in html_of("a\n\n[^1]: never mentioned")


def test_a_mark_without_its_footnote_stays_text() -> None:
    assert html_of("a[^1]") == "<p>a[^1]</p>"


def test_footnotes_of_one_text_are_forgotten_in_the_next() -> None:
    html_of("a[^1]\n\n[^1]: b")
    assert html_of("a[^1]") == "<p>a[^1]</p>"


# Links


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("[a](https://b.example)", "https://b.example"),
        ("[a](https://b.example/c_(d)_e)", "https://b.example/c_(d)_e"),
        ('[a](https://b.example "title")', "https://b.example"),
        ("[a](<https://b.example/c d>)", "https://b.example/c d"),
        ("[a](https://b.example?c=d&e=f)", "https://b.example?c=d&amp;e=f"),
        ("[a](mailto:c@d.example)", "mailto:c@d.example"),
        ("[a][b]\n\n[b]: https://c.example", "https://c.example"),
        ("[a][]\n\n[a]: https://c.example", "https://c.example"),
        ("[a]\n\n[A]: https://c.example", "https://c.example"),
    ],
)
def test_every_way_to_write_a_link(typed: str, address: str) -> None:
    assert html_of(typed) == f'<p><a href="{address}">a</a></p>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://a.example.", "[https://a.example]."),
        ("(https://a.example)", "([https://a.example])"),
        ("https://a.example/b_(c)", "[https://a.example/b_(c)]"),
        ("(see https://a.example/b_(c))", "(see [https://a.example/b_(c)])"),
        ("https://a.example, https://b.example!", "[https://a.example], [https://b.example]!"),
        ("*https://a.example*", "<em>[https://a.example]</em>"),
        ("**https://a.example/b_c_d**", "<strong>[https://a.example/b_c_d]</strong>"),
        ('"https://a.example"', '"[https://a.example]"'),
        ("见https://a.example/路。谢谢", "见[https://a.example/路]。谢谢"),
        ("（https://a.example）", "（[https://a.example]）"),
        ("انظر https://a.example، شكرا", "انظر [https://a.example]، شكرا"),
        ("xhttps://a.example", "xhttps://a.example"),
        ("https://", "https://"),
        ("HTTPS://A.EXAMPLE", "[HTTPS://A.EXAMPLE]"),
    ],
)
def test_a_bare_address_ends_where_a_reader_would_end_it(typed: str, shown: str) -> None:
    html = html_of(typed)
    assert re.sub(r'<a href="([^"]*)">\1</a>', r"[\1]", html) == f"<p>{shown}</p>"


def test_an_address_in_code_or_in_a_link_is_left_alone() -> None:
    assert "<a" not in html_of("`https://a.example`")
    assert html_of("[https://a.example](https://b.example)").count("<a ") == 1


def test_only_the_first_fifty_bare_addresses_become_links() -> None:
    assert html_of("https://a.example " * 60).count("<a ") == 50


def test_a_mention_stays_text() -> None:
    assert html_of("@ana and a@b.example") == "<p>@ana and a@b.example</p>"


def test_a_picture_in_a_link_is_one_link_with_its_words() -> None:
    assert html_of("[![a](https://b.example/c.png)](https://d.example)") == (
        '<p><a href="https://d.example">a</a></p>'
    )


# Languages and signs


@pytest.mark.parametrize(
    "text",
    ["一家大公司里的人", "مرحبا بالجميع", "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️", "Zürich, Łódź, naïve", "नमस्ते", "שלום"],
)
def test_every_script_and_emoji_come_through(text: str) -> None:
    assert html_of(text) == f"<p>{text}</p>"


def test_emphasis_in_chinese_needs_no_blanks() -> None:
    assert html_of("这是**重点**内容") == "<p>这是<strong>重点</strong>内容</p>"


def test_two_blanks_at_the_end_of_a_line_break_it() -> None:
    assert html_of("a  \nb") == "<p>a<br>\nb</p>"


def test_a_backslash_takes_the_meaning_from_a_sign() -> None:
    assert html_of(r"\*a\* \[b\](c) \# d") == "<p>*a* [b](c) # d</p>"


# Limits


def test_a_text_of_twenty_thousand_characters_is_taken() -> None:
    text = ("word " * 19 + "\n\n") * 206
    assert len(text) <= MAX_BODY_CHARS
    assert html_of(text)


def test_one_character_more_is_too_long_and_the_sentence_says_so() -> None:
    with pytest.raises(TooLong) as refusal:
        render("a" * (MAX_BODY_CHARS + 1), Format.MARKDOWN)
    assert refusal.value.status == 422
    assert refusal.value.max_chars == MAX_BODY_CHARS


def test_line_ends_of_a_browsers_form_count_once() -> None:
    assert html_of("abcd\r\n" * 3_999)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (">" * 11 + " a", "nested"),
        ("- " * 11 + "a", "nested"),
        ("- a\n" * 1_001, "blocks"),
        ("a\n\n" * 1_401, "blocks"),
        ("a  \n" * 4_001, "blocks"),
        ("|a" * 101 + "|\n" + "|-" * 101 + "|", "table"),
        ("|a|b|c|d|\n|-|-|-|-|\n" + "|a|b|c|d|\n" * 300, "table"),
        ("*a " * 301, "emphasis"),
        ("`a " * 1_501, "code"),
        ("[a " * 3_001, "links"),
        ("[a]: https://b.example\n" * 201, "definitions"),
        ("& " * 5_001, "escaped"),
    ],
)
def test_too_much_of_one_thing_is_refused_and_said(text: str, reason: str) -> None:
    with pytest.raises(TooComplex) as refusal:
        render(text, Format.MARKDOWN)
    assert refusal.value.reason == reason
    assert refusal.value.status == 422


def test_code_in_a_fence_may_have_as_many_signs_as_it_likes() -> None:
    assert html_of("```\n" + "a[*_`|] - # " * 1_500 + "\n```")


def test_a_refused_text_leaves_nothing_behind_for_the_next() -> None:
    with pytest.raises(TooComplex):
        render("- a\n" * 1_001, Format.MARKDOWN)
    assert html_of("a") == "<p>a</p>"
