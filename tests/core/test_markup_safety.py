"""Nothing a member types becomes more than words, links and the few elements of the allow-list."""

from __future__ import annotations

import pytest
from bleach._vendor import html5lib
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from forum.core.markup import (
    NO_FILES,
    Files,
    Format,
    TooComplex,
    files_named,
    render,
    without_hidden,
)
from forum.core.markup.sanitise import sanitise, with_bleach, with_nh3
from tests.support.xss import dangers, payloads

_FILE, _DOCUMENT = "a" * 24, "b" * 24
_FILES = {_FILE: (800, 600), _DOCUMENT: None}
_PIECES = st.sampled_from(
    [
        *(f"![a](/files/{_FILE})", f"[b](/files/{_DOCUMENT})", f"/files/{_FILE}", "![ ](/files/"),
        *"<>/\"'=&;[]()!*_`|#\\-+:\n \t",
        *"script img svg math style a p td table onerror href src javascript: data: https://".split(),
        *"<a href=' <p <!-- --> <![CDATA[ ]]> </ &lt; &#60; ``` > [a](  ]: [^1]".split(),
        "\x00",
        "\u202e",
        "\x02klzzwxh:0000\x03",
        "\u4e2d",
        "\U0001f600",
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=6), max_size=60).map("".join)
_TAGS = st.sampled_from(
    "a p b script style svg math table td tr ul li ol pre code section sup h2 div img br".split()
)
_ATTRIBUTES = st.sampled_from(
    [
        "",
        ' href="https://a.example/"',
        ' href="javascript:a"',
        ' href="/a"',
        ' href="//a.example"',
        ' class="language-python"',
        ' class="language-a b"',
        ' class="x"',
        ' start="3"',
        ' start="-3"',
        ' align="left"',
        ' align="justify"',
        ' style="a"',
        ' id="a"',
        ' onclick="a"',
        ' data-a="b"',
        ' rel="opener"',
        f' src="/files/{_FILE}"',
        f' href="/files/{_FILE}"',
        f' src="/files/{_FILE}/.."',
        f' src="//files/{_FILE}"',
        ' src="https://a.example/b.png"',
        ' src="javascript:a"',
        ' srcset="/a 1x"',
        ' alt="&quot; onerror=a"',
        ' width="100%"',
        ' height="99999"',
        ' loading="eager"',
    ]
)
_WORDS = st.sampled_from(["a", " ", "&lt;", "&amp;", "&", "\u00e9", "<!-- a -->", "\n"])


@st.composite
def _markup(draw: st.DrawFn, depth: int = 0) -> str:
    """HTML as a careless program might make it: nested well, with anything in it."""
    pieces = []
    for _ in range(draw(st.integers(0, 3))):
        if depth < 3 and draw(st.booleans()):
            tag = draw(_TAGS)
            inner = draw(_markup(depth + 1))
            pieces.append(f"<{tag}{draw(_ATTRIBUTES)}>{inner}</{tag}>")
        else:
            pieces.append(draw(_WORDS))
    return "".join(pieces)


def html_of(text: str, written_as: Format = Format.MARKDOWN, files: Files = NO_FILES) -> str:
    return render(text, written_as, files).html


@pytest.mark.parametrize("hidden", ["#1", "#x1b", "#8238", "#x2066", "#xfeff", "#127", "#xfffe"])
@pytest.mark.parametrize(
    "text",
    ["a&{};b", "**a&{};b**", "> a&{};b", "[a&{};b](https://a.example/)", "a | b\n-|-\n&{}; | c"],
)
def test_no_reference_brings_in_what_cannot_be_typed(text: str, hidden: str) -> None:
    html = html_of(text.format(hidden))
    assert html == without_hidden(html) == html_of(text.replace("&{};", ""))


def test_nor_marks_without_end() -> None:
    assert html_of("a" + "&#769;" * 500).count("\u0301") == 8


def test_a_mark_behind_a_tag_stays_behind_it() -> None:
    """Composed with the `>` before it, it would be another character and no tag any more."""
    assert html_of("*a*&#824;b&#1;") == "<p><em>a</em>\u0338b</p>"


def test_there_are_at_least_three_hundred_payloads() -> None:
    assert len(payloads()) >= 300


@pytest.mark.parametrize("written_as", Format)
def test_no_payload_becomes_anything_that_is_not_on_the_list(written_as: Format) -> None:
    found = {text: dangers(html_of(text, written_as)) for text in payloads()}
    assert {text: what for text, what in found.items() if what} == {}


def test_the_search_for_dangers_finds_what_a_browser_would_run() -> None:
    assert dangers("<script>a</script>") == ["element script"]
    assert dangers("<p onclick=a>b</p>") == ["attribute onclick of p"]
    assert dangers("<a href='javascript:a'>b</a>") == ["href='javascript:a'"]


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert html_of("<b>bold</b>") == "<p>&lt;b&gt;bold&lt;/b&gt;</p>"


def test_a_remote_picture_becomes_a_link() -> None:
    html = html_of("![A chart](https://pictures.example/chart.png)")
    assert "<img" not in html
    assert '<a href="https://pictures.example/chart.png"' in html
    assert ">A chart</a>" in html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,a", "//a.example", "/a", "a", "ftp://a.b", ""],
)
def test_a_link_to_anything_but_http_https_and_mailto_stays_text(address: str) -> None:
    assert "<a" not in html_of(f"[words]({address})")


def test_a_picture_of_ours_is_shown_with_its_words_and_sides() -> None:
    html = html_of(f'![A *chart* "q"](/files/{_FILE})', files=_FILES)
    assert html == (
        f'<p><img alt="A *chart* &quot;q&quot;" height="600" loading="lazy" src="/files/{_FILE}"'
        ' width="800"></p>'
    )


def test_a_document_of_ours_is_a_link_however_it_is_written() -> None:
    for sign in ("", "!"):
        html = html_of(f"{sign}[The plan](/files/{_DOCUMENT})", files=_FILES)
        assert html.startswith(f'<p><a href="/files/{_DOCUMENT}" rel="nofollow ugc')
        assert ">The plan</a>" in html


@pytest.mark.parametrize(
    "address",
    [
        f"/files/{'c' * 24}",
        f"/files/{_FILE}c",
        f"/files/{_FILE}/",
        f"/files/{_FILE}/../{_FILE}",
        f"/files/{_FILE}?a=b",
        f"/files/{_FILE}#a",
        f"/Files/{_FILE}",
        f"//files/{_FILE}",
        f"./files/{_FILE}",
        f"files/{_FILE}",
        f"/files/%61{_FILE[1:]}",
        f"/avatars/{_FILE}.svg",
    ],
)
def test_only_the_very_address_of_a_file_that_may_be_named_is_one(address: str) -> None:
    for sign in ("", "!"):
        html = html_of(f"{sign}[words]({address})", files=_FILES)
        assert "<img" not in html
        assert "<a" not in html


def test_what_may_not_be_named_stays_words_also_for_the_child() -> None:
    text = f"![a](/files/{'c' * 24}) ![b](/files/{_FILE})\n\n" + "A long text. " * 400
    html = html_of(text, files=_FILES)
    assert html.count("<img") == 1
    assert "![a](/files/" in html


def test_files_of_one_text_are_none_of_the_next() -> None:
    html_of(f"![a](/files/{_FILE})", files=_FILES)
    assert "<img" not in html_of(f"![a](/files/{_FILE})")


def test_imported_mail_shows_no_files() -> None:
    assert "<img" not in html_of(f"![a](/files/{_FILE})", Format.PLAIN, _FILES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"![a](/files/{_FILE})", [_FILE]),
        (f"[b](/files/{_DOCUMENT}) ![a](/files/{_FILE} 'c') ![](/files/{_FILE})", None),
        (f"[a]\n\n[a]: /files/{_FILE}", [_FILE]),
        (f"![a](</files/{_FILE}>)", [_FILE]),
        (f"/files/{_FILE} and (/files/{_FILE}x)", []),
    ],
)
def test_files_that_a_text_names_are_found_once_each(text: str, names: list[str] | None) -> None:
    assert files_named(text) == ([_DOCUMENT, _FILE] if names is None else names)


def test_every_link_is_marked_as_a_members_own() -> None:
    html = html_of("[a](https://b.example) https://c.example <d@e.example> ![f](http://g.example)")
    assert html.count("<a ") == 4
    assert html.count('rel="nofollow ugc noopener noreferrer"') == 4


def test_no_text_can_set_an_id() -> None:
    assert "id=" not in html_of("# a {: #b }\n\nc[^1]\n\n[^1]: d\n\n``` {#e}\nf\n```")


@settings(max_examples=200, deadline=None)
@given(_TEXTS, st.sampled_from(Format))
@example("[a](https://b.example/\x02klzzwxh:0000\x03)", Format.MARKDOWN)
def test_no_text_at_all_becomes_anything_that_is_not_on_the_list(
    text: str, written_as: Format
) -> None:
    try:
        html = html_of(text, written_as, _FILES)
    except TooComplex:
        return
    assert dangers(html) == []
    assert "\x02" not in html


@settings(max_examples=200, deadline=None)
@given(_TEXTS, st.sampled_from(Format))
def test_sanitising_twice_changes_nothing(text: str, written_as: Format) -> None:
    try:
        html = html_of(text, written_as, _FILES)
    except TooComplex:
        return
    assert with_nh3(html) == html
    assert _as_a_browser_sees(sanitise(html)) == _as_a_browser_sees(html)


@settings(max_examples=300, deadline=None)
@given(_markup())
def test_each_sanitiser_alone_lets_nothing_dangerous_pass(markup: str) -> None:
    assert dangers(with_nh3(markup)) == []
    # bleach leaves `rel` to its caller: only our own value passes, but it may be absent.
    assert dangers(with_bleach(markup)) == []


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_on_what_the_parser_makes_both_sanitisers_agree(text: str) -> None:
    try:
        html = html_of(text, files=_FILES)
    except TooComplex:
        return
    assert _as_a_browser_sees(with_bleach(html)) == _as_a_browser_sees(with_nh3(html))


@settings(max_examples=300, deadline=None)
@given(_markup())
def test_whatever_bleach_takes_for_safe_nh3_leaves_as_it_is(markup: str) -> None:
    clean = with_bleach(markup)
    assume(with_bleach(clean) == clean)  # a list inside a table moves with each reading
    assert _as_a_browser_sees(with_nh3(clean), rel=False) == _as_a_browser_sees(clean, rel=False)


def _as_a_browser_sees(html: str, rel: bool = True) -> list[object]:
    """The tree a browser makes of it, as a list; with or without the `rel` that only nh3 adds."""
    seen: list[object] = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        named = {name: value for name, value in element.items() if rel or name != "rel"}
        # Each reading eats an empty line at the head of <pre>; ours begins with <code>.
        text = (element.text or "").lstrip("\n" if element.tag == "pre" else "")
        seen.append((element.tag, sorted(named.items()), text, element.tail or ""))
    return seen
