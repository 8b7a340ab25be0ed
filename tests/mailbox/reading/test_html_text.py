import pytest

from forum.mailbox.reading.html_text import html_to_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", "- One\n- Two"),
        ("a &lt; b &amp; c&nbsp;d &eacute;", "a < b & c\xa0d é"),
        ("<style>p{}</style><script>x()</script><title>t</title>Words", "Words"),
        ("<!-- hidden -->Words<!-- never closed", "Words<!-- never closed"),
        ("<blockquote>Theirs<br>more</blockquote>Mine", "> Theirs\n> more\n\nMine"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        (
            '<a href="https://x.example/a?b=1&amp;c=2">here</a>',
            "here <https://x.example/a?b=1&c=2>",
        ),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ('<a href="mailto:a@b.example">write</a>', "write"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p>one\ntwo   three</p>", "one two three"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<o:p>Office</o:p>", "Office"),
        ("", ""),
    ],
)
def test_a_page_becomes_the_text_a_reader_would_see(page, text):
    assert html_to_text(page) == text
