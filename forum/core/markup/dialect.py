"""Our dialect of Markdown, as one extension of Python-Markdown."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any, cast

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import BACKTICK_RE, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, code_escape

from .emphasis import Emphasis
from .guards import check
from .links import AngleLinks, BareLinks, CodeSpans, Links, Match
from .structure import Code, arrange

_PLACEHOLDER = re.compile(r"\s*\x02code:([0-9]+)\x03\s*")
_TASK = re.compile(r"\[([ xX])\][ ]+(?=\S)")


class Dialect(Extension):
    """Takes out raw HTML and whatever is quadratic; puts in fences, tasks, footnotes and links."""

    def extendMarkdown(self, md: Markdown) -> None:
        self.parser: BlockParser = md.parser
        self.codes: list[Code] = []
        self.footnotes: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        self.bare = BareLinks(md)
        self.links = Links(md)
        TableExtension(use_align_attribute=True).extendMarkdown(md)
        SaneListExtension().extendMarkdown(md)
        self._take_out(md)
        self._put_in(md)
        md.registerExtension(self)

    def _take_out(self, md: Markdown) -> None:
        for name in ("html_block", "normalize_whitespace"):
            md.preprocessors.deregister(name)
        for name in (
            "reference link image_link image_reference short_reference short_image_ref "
            "autolink automail html entity"
        ).split():
            md.inlinePatterns.deregister(name)
        for name in ("raw_html", "amp_substitute"):
            md.postprocessors.deregister(name)

    def _put_in(self, md: Markdown) -> None:
        md.preprocessors.register(_Arrange(self, md), "arrange", 30)
        md.parser.blockprocessors.register(_Footnotes(cast("Any", self)), "footnote", 17)
        md.inlinePatterns.register(CodeSpans(BACKTICK_RE), "backtick", 190)
        md.inlinePatterns.register(_FootnoteMarks(self), "footnote", 175)
        md.inlinePatterns.register(self.links, "link", 160)
        md.inlinePatterns.register(AngleLinks(md), "angle_link", 120)
        md.inlinePatterns.register(self.bare, "bare_link", 115)
        md.inlinePatterns.register(Emphasis(), "em_strong", 60)
        md.treeprocessors.register(_FootnoteList(self, md), "footnote", 50)
        md.treeprocessors.register(_Blocks(self, md), "blocks", 40)
        md.treeprocessors.register(_FootnoteOrder(self, md), "footnote_order", 15)

    def reset(self) -> None:
        """Forget the last text (called by the library)."""
        self.codes = []
        self.footnotes.clear()
        self.numbers.clear()
        self.bare.reset()

    def setFootnote(self, name: str, text: str) -> None:
        """Called by the library's reader of footnotes."""
        self.footnotes[name] = text


class _Arrange(Preprocessor):
    def __init__(self, dialect: Dialect, md: Markdown) -> None:
        super().__init__(md)
        self.dialect = dialect

    def run(self, lines: list[str]) -> list[str]:
        arranged = arrange("\n".join(lines))
        check(arranged)
        self.dialect.codes = arranged.codes
        return [*arranged.lines, "", ""]


class _Footnotes(FootnoteBlockProcessor):
    RE = re.compile(r"^[ ]{0,3}\[\^([^\]\[\s]{1,60})\]:[ ]*(.*)$", re.MULTILINE)


class _FootnoteMarks(InlineProcessor):
    """A mark is a raised number and nothing to follow: ids of two posts on one page could clash."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(r"\[\^([^\]\[\s]{1,60})\]")
        self.dialect = dialect

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        name = m.group(1)
        if name not in self.dialect.footnotes:
            return None, m.start(), m.end()
        numbers = self.dialect.numbers
        raised = etree.Element("sup")
        raised.text = AtomicString(str(numbers.setdefault(name, len(numbers) + 1)))
        return raised, m.start(), m.end()


class _OnTree(Treeprocessor):
    def __init__(self, dialect: Dialect, md: Markdown) -> None:
        super().__init__(md)
        self.dialect = dialect


class _FootnoteList(_OnTree):
    """Lays all notes at the end of the text, before the words in them are looked at."""

    def run(self, root: etree.Element) -> None:
        if not self.dialect.footnotes:
            return
        notes = etree.SubElement(etree.SubElement(root, "section"), "ol")
        for name, text in list(self.dialect.footnotes.items()):
            # The library's list readers treat an `li` in their own way: parse beside it.
            beside = etree.Element("div")
            self.dialect.parser.parseChunk(beside, text)
            note = etree.SubElement(notes, "li", {"note": name})
            note.extend(list(beside))


class _FootnoteOrder(_OnTree):
    """Sorts the notes as they are first mentioned; those never mentioned stay, last."""

    def run(self, root: etree.Element) -> None:
        if not self.dialect.footnotes:
            return
        numbers = self.dialect.numbers
        notes = root[-1][0]
        notes[:] = sorted(notes, key=lambda note: numbers.get(note.get("note", ""), 10_000))
        for note in notes:
            del note.attrib["note"]


class _Blocks(_OnTree):
    """Fences, tasks and heading levels: what is settled before inline markup is read."""

    def run(self, root: etree.Element) -> None:
        for element in list(root.iter()):
            if element.tag == "li":
                _mark_task(element)
            elif element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                # The page's own title is its only h1.
                element.tag = "h" + str(min(int(element.tag[1]) + 1, 4))
            if element.text and "\x02" in element.text:
                self._restore(element)

    def _restore(self, element: etree.Element) -> None:
        found = _PLACEHOLDER.fullmatch(element.text or "")
        if not found:
            return
        code = self.dialect.codes[int(found.group(1))]
        if element.tag == "p":
            element.tag, pre = "pre", element
        else:
            pre = etree.Element("pre")
            element.insert(0, pre)
        element.text = None
        inner = etree.SubElement(pre, "code")
        if code.language:
            inner.set("class", "language-" + code.language)
        inner.text = AtomicString(code_escape(code.text))


def _mark_task(item: etree.Element) -> None:
    holder = item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
    task = _TASK.match((holder.text or "").lstrip())
    if task:
        sign = "\u2610" if task.group(1) == " " else "\u2611"
        holder.text = f"{sign}\u00a0{(holder.text or '').lstrip()[task.end() :]}"
