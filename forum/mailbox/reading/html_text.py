"""HTML mail as plain text, in one pass over the tags: no page of any shape costs more than its
length.

The standard library's html.parser is not used: on broken markup it can take quadratic time or
raise AssertionError.
"""

from __future__ import annotations

import html
import re

MAX_HTML_CHARS = 1_000_000
TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]{0,4000})>|<[!?][^<>]{0,4000}>|[^<]+|<")
HREF = re.compile(r"""(?i)\bhref\s*=\s*["']?(https?://[^\s"'<>]{1,2000})""")
SILENT = {"script", "style", "head", "title", "noscript", "template", "object", "svg"}
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "pre"}
LINES = {"div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "tbody"}
SIGNATURE = re.compile(
    r"""(?i)\b(?:class|id|data-smartmail)\s*=\s*["']?[^"'<>]{0,80}"""
    r"(?:gmail_signature(?!_prefix)|moz-signature|AppleMailSignature|ms-outlook-mobile-(?:body-)?signature"
    r"|protonmail_signature_block(?!-proton)|ymail_android_signature|\bx?_?Signature\b)"
)
MAX_SIGNATURES = 5
MAX_OPEN_LINKS = 5
MAX_QUOTE_DEPTH = 10


def html_to_text(source: str) -> str:
    """Return the words of an HTML mail, block quotes as ">" lines, links followed by their
    address.
    """
    writer = Writer()
    for match in TOKEN.finditer(without_comments(source[:MAX_HTML_CHARS])):
        if match[2]:
            writer.tag(match[2].lower(), closing=bool(match[1]), attributes=match[3])
        elif not match[0].startswith(("<!", "<?")):
            writer.words(html.unescape(match[0]))
    return writer.text()


def marked_signatures(source: str) -> list[str]:
    """The texts of up to five elements that a mail program marked as its user's signature."""
    source = without_comments(source[:MAX_HTML_CHARS])
    found: list[str] = []
    name, depth, start = "", 0, 0
    for match in TOKEN.finditer(source):
        tag = (match[2] or "").lower()
        if not name and tag and not match[1] and SIGNATURE.search(match[3]):
            name, depth, start = tag, 1, match.end()
        elif name and tag == name:
            depth += -1 if match[1] else 1
            if depth == 0:
                found.append(html_to_text(source[start : match.start()]))
                name = ""
        if len(found) == MAX_SIGNATURES:
            break
    return [text for text in found if text.strip()]


def without_comments(source: str) -> str:
    """Drop closed comments; one that is never closed hides nothing."""
    pieces, done = [], 0
    while (start := source.find("<!--", done)) >= 0:
        end = source.find("-->", start + 4)
        if end < 0:
            break
        pieces.append(source[done:start])
        done = end + 3
    return "".join([*pieces, source[done:]])


class Writer:
    """Gathers words into lines as the tags go by."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quote_depth = 0
        self.silent: str | None = None
        self.preformatted = 0
        self.links: list[tuple[str, int]] = []

    def tag(self, name: str, closing: bool, attributes: str) -> None:
        if self.silent or name in SILENT:
            self.hush(name, closing, attributes)
        elif name == "br":
            self.end_line()
        elif name == "hr":
            self.paragraph()
            self.line = ["-" * 20]
            self.paragraph()
        elif name == "a":
            self.link(closing, attributes)
        elif name in {"td", "th"} and not closing:
            self.line.append(" ")
        else:
            self.block(name, closing)

    def hush(self, name: str, closing: bool, attributes: str) -> None:
        if not closing and self.silent is None and not attributes.endswith("/"):
            self.silent = name
        elif (closing and name == self.silent) or name == "body":
            self.silent = None

    def block(self, name: str, closing: bool) -> None:
        if name == "blockquote":
            self.quote(closing)
        elif name in PARAGRAPHS:
            self.paragraph()
        elif name in LINES:
            self.break_line()
        if name == "pre":
            self.preformatted = max(self.preformatted + (-1 if closing else 1), 0)
        elif name == "li" and not closing:
            self.line.append("- ")

    def quote(self, closing: bool) -> None:
        if closing:
            self.break_line()
            self.quote_depth = max(self.quote_depth - 1, 0)
            self.paragraph()
        else:
            self.paragraph()
            self.quote_depth = min(self.quote_depth + 1, MAX_QUOTE_DEPTH)

    def link(self, closing: bool, attributes: str) -> None:
        if not closing and len(self.links) < MAX_OPEN_LINKS:
            found = HREF.search(attributes)
            self.links.append((html.unescape(found[1]) if found else "", len(self.line)))
        elif closing and self.links:
            address, start = self.links.pop()
            shown = "".join(self.line[start:]).strip()
            if address and shown and address.rstrip("/") not in shown:
                self.line.append(f" <{address}>")

    def words(self, text: str) -> None:
        if self.silent:
            return
        if self.preformatted:
            first, *rest = text.split("\n")
            self.line.append(first)
            for line in rest:
                self.end_line()
                self.line.append(line)
        else:
            self.line.append(re.sub(r"[ \t\r\n\f]+", " ", text))

    def end_line(self) -> None:
        text = "".join(self.line)
        if not self.preformatted:
            text = re.sub(r" {2,}", " ", text).strip()
        self.lines.append(("> " * self.quote_depth + text).rstrip())
        self.line.clear()
        self.links = [(address, 0) for address, _ in self.links]

    def break_line(self) -> bool:
        """End the line if it has words; the dash of a list item waits for its words."""
        text = "".join(self.line).strip()
        if text in {"", "-"}:
            self.line[:] = ["- "] if text else []
            return False
        self.end_line()
        return True

    def paragraph(self) -> None:
        self.break_line()
        if not self.line and self.lines and self.lines[-1].strip("> "):
            self.lines.append(("> " * self.quote_depth).rstrip())

    def text(self) -> str:
        self.end_line()
        return "\n".join(self.lines).strip("\n")
