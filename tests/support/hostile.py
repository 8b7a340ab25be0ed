"""Texts made to hold a Markdown renderer up: openers, deep nests, blow-ups, odd Unicode."""

from __future__ import annotations

from collections.abc import Callable, Iterator

SIZES = (4_000, 16_000, 20_000)

_REPEATED = (
    "[ ![ [a [a] [] [[] []] [a]( [a]() [a](b [a](b) [a](<b [a](<b> [a](b'c [a](((( ![a]( ![a][ "
    "![a][a] [a][ [a][b] [^ [^1] [^1]: ]( )( )[ ]] * ** *** _ __ ___ *a _a **a __a a*b *a_b _a*b* "
    "**a*b_ *a**b ***a** a** _a_* ` `` `a ``a` \\` \\ \\* \\[ < > << <a <a> <b <!-- <![CDATA[ "
    "<? <?a <!a </ <a/> <a<b <http:// <a@ <a@b> & &# &amp; &#x; &a; | |a a| |- -| || |`a` |\\| - + "
    "# ## #a 1. : ~ ~~ ! = http:// https://a https://a.b/( https://a) http://[ www. a@b. @a @@ "
    "\" ' ( ) { } {:.a} {: \t *[ [* `[ [` *` <[ [< |[ (([ !!["
).split(" ")
_LINES = (
    "- a|+ |* |1. a|1) a|> a|>|> > a|x\\n=|x\\n-|x\\n---|# a|#|###### a #|---|***|- - a|  |\\\\|"
    "a  |```|```a|~~~|~~~a|````|    a|\\ta|a\\\\|[a]: b|[a]: http://a.b 'c'|[^a]: b|[^a]: [^a]|"
    "<div>|</div>|- [ ] a|- [x] [a](https://b.c)|*a*|**a|`a|[a](b|[a][a]|![a](b)|- > a|> - a|"
    "> # a|> ```|- ```|- # a|1. - a|a\\n- b|a\\n> b|- a\\n> b|> a\\nb|a|b|:-|"
).split("|")


def texts(sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[str, str]]:
    """Every shape at every size (in characters), with a name for the failing test."""
    for name, shape in shapes().items():
        for size in sizes:
            yield f"{name} at {size}", shape(size)[:size]


def shapes() -> dict[str, Callable[[int], str]]:
    """More than 200 shapes: each makes a text of at least the size asked."""
    found: dict[str, Callable[[int], str]] = {}
    for unit in dict.fromkeys(_REPEATED):
        if unit:
            found[f"{unit!r} again and again"] = _again(unit)
            found[f"{unit!r} with blanks"] = _again(unit + " ")
    for unit in dict.fromkeys(_LINES):
        line = unit.replace("\\n", "\n").replace("\\t", "\t")
        found[f"line {line!r} again and again"] = _again(line + "\n")
        found[f"paragraph {line!r} again and again"] = _again(line + "\n\n")
    return found | _NESTED | _BLOWN_UP | _LONG | _UNICODE


def _again(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit) + 1)


def _staircase(item: str, step: int) -> Callable[[int], str]:
    """Each line one level deeper, until the size is reached."""

    def make(size: int) -> str:
        lines, total, depth = [], 0, 0
        while total < size:
            lines.append(" " * (step * depth) + item)
            total += len(lines[-1]) + 1
            depth += 1
        return "\n".join(lines)

    return make


def _both(opening: str, middle: str, closing: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        count = max(1, (size - len(middle)) // (len(opening) + len(closing)))
        return opening * count + middle + closing * count

    return make


def _then(first: Callable[[int], str], second: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: first(size // 2)[: size // 2] + "\n\n" + second(size // 2)


def _ticks(size: int) -> str:
    """Runs of backticks of ever other lengths: none closes another."""
    runs, total, length = [], 0, 1
    while total < size:
        runs.append("`" * length)
        total += length + 1
        length += 1
    return " ".join(runs)


def _definitions(line: str) -> Callable[[int], str]:
    return lambda size: "".join(
        line.replace("#", str(n)) + "\n" for n in range(size // len(line) + 1)
    )


def _table(columns: int, cell: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        row = ("|" + cell) * columns + "|\n"
        return row + "|-" * columns + "|\n" + row * (size // len(row) + 1)

    return make


_NESTED: dict[str, Callable[[int], str]] = {
    "quotes on one line": _again(">"),
    "quotes one deeper each line": lambda size: (
        "\n".join(">" * n + " a" for n in range(1, 200)) * 2
    ),
    "quotes deep and shallow in turn": _again(">>>>>>>> a\n> b\n"),
    "bullets on one line": _again("- "),
    "pluses on one line": _again("+ "),
    "numbers on one line": _again("1. "),
    "numbers and bullets on one line": _again("1. - "),
    "bullets and quotes on one line": _again("- > "),
    "staircase of two": _staircase("- a", 2),
    "staircase of four": _staircase("- a", 4),
    "staircase of numbers": _staircase("1. a", 4),
    "staircase of bullets without words": _staircase("-", 2),
    "staircase of tasks": _staircase("- [ ] a", 2),
    "staircase of quotes": _staircase("> a", 1),
    "staircase of text": _staircase("a", 4),
    "staircase of fences": _staircase("```", 2),
    "staircase with empty lines": _staircase("- a\n", 4),
    "staircase going up and down": _again("- a\n  - b\n    - c\n      - d\n    - e\n  - f\n"),
    "brackets inside each other": _both("[", "a", "]"),
    "brackets with an address inside each other": _both("[", "a", "](b)"),
    "links inside each other": _both("[a", "b", "](https://c.d)"),
    "pictures inside each other": _both("![", "a", "](https://b.c)"),
    "parentheses in an address": lambda size: "[a](" + _both("(", "b", ")")(size),
    "emphasis inside each other": _both("*a ", "b", " c*"),
    "strong inside each other": _both("**a ", "b", " c**"),
    "mixed emphasis inside each other": _both("*a **b _c __", "d", "__ e_ f** g*"),
    "stars of both kinds crossing": _again("*a _b* c_ "),
    "strong crossing": _again("**a *b** c* "),
    "emphasis opened before, closed after": lambda size: "*a " * (size // 6) + "b* " * (size // 6),
    "underscores opened before, closed after": lambda size: (
        "_a " * (size // 6) + "b_ " * (size // 6)
    ),
    "strong opened before, emphasis closed after": lambda size: (
        "**a " * (size // 8) + "b* " * (size // 6)
    ),
    "stars opened before, underscores closed after": lambda size: (
        "*a " * (size // 6) + "b_ " * (size // 6)
    ),
    "growing runs of stars": lambda size: " ".join("*" * n + "a" for n in range(1, 250)),
    "growing runs, opening and closing": lambda size: " ".join(
        "*" * n + "a" + "*" * (n + 1) for n in range(1, 180)
    ),
    "quotes then brackets": _then(_again("> "), _again("[")),
    "lists then brackets": _then(_again("- a\n"), _again("[")),
}
_BLOWN_UP: dict[str, Callable[[int], str]] = {
    "one long definition used often": lambda size: (
        "[a]: https://b.example/" + "c" * (size // 4) + "\n\n" + "[a]" * (size // 4)
    ),
    "one definition used often": lambda size: "[a]: https://b.example/c\n\n" + "[a] " * (size // 4),
    "many definitions": _definitions("[a#]: https://b.example/#"),
    "many definitions and uses": _then(_definitions("[a#]: http://b.c"), _definitions("[a#]")),
    "definitions cut short": _again("[a]:\n"),
    "definitions with an open title": _again('[a]: b "\n'),
    "definitions with a long label": lambda size: "[" + "a" * size + "]: b",
    "many footnotes": _definitions("[^a#]: b"),
    "many footnotes and marks": _then(_definitions("[^a#]: b"), _definitions("[^a#]")),
    "one footnote marked often": lambda size: "[^1]: a\n\n" + "[^1]" * (size // 4),
    "footnotes that mention each other": _definitions("[^#]: [^1] [^2] [^#]"),
    "footnotes inside footnotes": lambda size: "[^1]: " + "\n    [^1]: " * (size // 11),
    "footnotes with empty lines": _again("[^1]: a\n\n    b\n\n"),
    "hundred columns": _table(100, ""),
    "thousand columns": _table(1_000, ""),
    "table of emphasis": _table(20, "*a*"),
    "table of code": _table(20, "`a`"),
    "table of brackets": _table(20, "["),
    "table of links": _table(5, "[a](https://b.c)"),
    "long dashes under short rows": lambda size: (
        "|a|\n" + "|-" * 3_000 + "\n" + "|\n" * (size // 3)
    ),
    "wide head and short rows": lambda size: (
        "|" * 700 + "\n" + "|-" * 699 + "|\n" + "|\n" * (size // 2 - 1_000)
    ),
    "many tables": _again("|a|b|\n|-|-|\n\n"),
    "tables on top of each other": _again("|a|b|\n|-|-|\n"),
    "dashes of a table only": _again("|-|-|\n"),
    "many bare links": _again("https://a.example/b "),
    "one endless bare link": lambda size: "https://" + "a" * size,
    "bare link of parentheses": lambda size: "https://a.b/" + "()" * size,
    "bare link of closing parentheses": lambda size: "https://a.b/" + ")" * size,
    "bare link of dots": lambda size: "https://a.b/" + "." * size,
    "ampersands": _again("&"),
    "angle brackets": _again("<>"),
    "quotes": _again("\"'"),
    "hard breaks": _again("a  \n"),
    "rules": _again("---\n\n"),
    "headings under each other": _again("# a\n"),
    "headings of hashes": lambda size: "# " + "#" * size,
    "headings of hashes and words": lambda size: "# " + "# a" * size,
    "underlined headings": _again("a\n===\n"),
    "underline of equals": lambda size: "a\n" + "=" * size,
    "underline of dashes": lambda size: "a\n" + "-" * size,
    "escapes": _again("\\*\\_\\`"),
    "backslashes": _again("\\"),
    "backslashes and ticks": _again("\\\\`"),
    "ticks of growing lengths": _ticks,
    "one fence": lambda size: "```\n" + "a" * size,
    "fences of growing lengths": lambda size: "\n".join("`" * n for n in range(3, 200)),
    "fences of both kinds": _again("```\n~~~\n"),
    "fences in quotes": _again("> ```\n> a\n"),
    "fences in lists": _again("- ```\n  a\n  ```\n"),
    "empty fences": _again("```\n```\n"),
    "fence that is almost closed": lambda size: "```\n" + "``\n" * size,
    "fence with endless language": lambda size: "```" + "a" * size,
    "attributes": _again("{: .a #b c=d }"),
    "link with an endless title": lambda size: '[a](b "' + "c" * size + '")',
    "links with open titles": _again('[a](b "c '),
    "link with blanks": lambda size: "[a](" + " " * size + ")",
    "label after blanks": lambda size: "[a]" + " " * size + "[b]",
}
_LONG: dict[str, Callable[[int], str]] = {
    "one word": _again("a"),
    "one line of words": _again("word "),
    "one letter a line": _again("a\n"),
    "one letter a paragraph": _again("a\n\n"),
    "empty lines": _again("\n"),
    "blanks": _again(" "),
    "tabs": _again("\t"),
    "blank lines of blanks": _again("   \n"),
    "blanks before a letter": lambda size: " " * size + "a",
    "blanks before a pipe": lambda size: "|a\n" + " " * size + "|",
    "blanks before a star": lambda size: "*" + " " * size + "*",
    "indented code": _again("    a\n"),
    "indented code in paragraphs": _again("    a\n\n"),
    "list of words": _again("- word word word\n"),
    "loose list": _again("- a\n\n"),
    "list with paragraphs": _again("- a\n\n    b\n\n"),
    "list of numbers": _again("1. a\n"),
    "list of mixed marks": _again("- a\n* b\n+ c\n1. d\n"),
    "lines of a quote": _again("> a\n"),
    "paragraphs of a quote": _again("> a\n\n"),
    "quotes and answers": _again("> a\nb\n"),
    "minus signs": _again("-"),
    "underscores with words": _again("snake_case_word "),
}
_UNICODE: dict[str, Callable[[int], str]] = {
    "combining marks in and out of order": lambda size: "a" + "\u0301\u0327" * size,
    "combining marks on every letter": _again("a\u0301\u0327\u0323"),
    "letters that grow in NFC": _again("\ufb2c\U0001d160"),
    "ligature that grows in NFKC": _again("\ufdfa"),
    "hangul in pieces": _again("\u1100\u1161\u11a8"),
    "bidirectional overrides": _again("\u202e\u2066a"),
    "null characters": _again("\x00a"),
    "the library's own marks": _again("\x02klzzwxh:0000\x03"),
    "placeholders of fences": _again("\x02code:0\x03\n\n"),
    "lone surrogates": _again("\ud800a"),
    "zero width joiners": _again("\u200d"),
    "emoji families": _again("\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    "chinese without blanks": _again("\u4e2d\u6587"),
    "arabic": _again("\u0645\u0631\u062d\u0628\u0627 "),
    "line separators": _again("a\u2028b\u2029"),
    "carriage returns": _again("a\r"),
    "letters between stars": _again("*\u4e2d*"),
    "wide digits in lists": _again("\uff11. a\n"),
    "arabic digits in lists": _again("\u0661. a\n"),
}
