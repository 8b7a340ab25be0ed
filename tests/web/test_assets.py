"""What is sent of scripts and styles: all that a browser reads, and nothing that only people do."""

from forum.web.assets import load

SCRIPT = """// What this is for.

/**
 * More of it.
 */
/** Short. */ const kept = "a // b";
  const address = `https://a.example/`; // at the end of a line it stays
/** The last. */
"""


def test_a_script_keeps_its_code_and_loses_comments_on_lines_of_their_own(tmp_path):
    (tmp_path / "a.js").write_text(SCRIPT)
    assert load(tmp_path).files["a.js"].decode().split("\n") == [
        '/** Short. */ const kept = "a // b";',
        "const address = `https://a.example/`; // at the end of a line it stays",
    ]


def test_a_sheet_loses_comments_and_the_space_around_signs(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "order.txt").write_text("a.css")
    (tmp_path / "css" / "a.css").write_text("a {\n  color: red;\n}\n\n/* why */\nb { top: 0 }\n")
    assert load(tmp_path).files["site.css"] == b"a{color: red;}b{top: 0}"
