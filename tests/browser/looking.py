"""How a page is looked at: by axe, in both colour schemes, and for anything that sticks out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.scene import Scene
from tests.support.browser import TIMEOUT_MS, Complaints
from tests.support.visitors import add_sign_in

DESKTOP, ZOOMED, PHONE, NARROWEST = 1280, 640, 390, 320
"""Widths in CSS pixels. ZOOMED is a desktop at 200 %; the narrowest is the least we work on."""
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
_RUN_AXE = "options => axe.run(document, options).then(found => found.violations)"


@dataclass
class Windows:
    """One window for each person of a scene. Looking leaves no read marks behind."""

    browser: Browser
    scene: Scene
    locale: str = "en"
    complaints: Complaints = field(default_factory=Complaints)
    _pages: dict[str, Page] = field(default_factory=dict)

    def of(self, who: str) -> Page:
        """This person's window; what was complained of before is forgotten."""
        if who not in self._pages:
            self._pages[who] = self._open(who)
        self.complaints.clear()
        return self._pages[who]

    def _open(self, who: str) -> Page:
        site = self.scene.site
        context = self.browser.new_context(
            base_url=site.url,
            reduced_motion="reduce",
            locale=self.locale,
            extra_http_headers={"Purpose": "prefetch"},
        )
        context.set_default_timeout(TIMEOUT_MS)
        if who in self.scene.people:
            add_sign_in(context, site, self.scene.people[who])
        page = context.new_page()
        self.complaints.listen(page, site.url)
        return page

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def axe_findings(page: Page, scheme: Any, only: Sequence[str] = ()) -> list[str]:
    """What axe finds in this colour scheme: by all its rules, or `only` by some."""
    page.emulate_media(color_scheme=scheme)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    some = {"runOnly": {"type": "rule", "values": list(only)}} if only else {}
    found = page.evaluate(_RUN_AXE, some | {"resultTypes": ["violations"]})
    where = f"{scheme}, {page.viewport_size['width']} px"
    return [
        f"{where}: {rule['id']} at {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def sideways(page: Page, width: int) -> list[str]:
    """What makes the page scroll sideways in a window of this width."""
    resize(page, width)
    return page.evaluate(
        """width => {
            const page = document.scrollingElement;
            if (page.scrollWidth <= page.clientWidth) return [];
            const out = [...document.body.querySelectorAll("*")]
                .filter(node => node.getBoundingClientRect().right > page.clientWidth + 0.5);
            return [`${page.scrollWidth} px in a window of ${width}`,
                ...out.slice(0, 5).map(node => node.outerHTML.slice(0, 160))];
        }""",
        width,
    )


def small_targets(page: Page) -> list[str]:
    """Controls that are hard to hit with a thumb: less than 44 CSS pixels high."""
    return page.evaluate(
        """() => [...document.querySelectorAll("button, summary, input, select, textarea,"
                + " .masthead nav a, .tabs a, .pager a, .buttons a, .post-acts a")]
            .filter(node => node.type !== "hidden" && node.checkVisibility())
            .map(node => [node, (node.closest("label") ?? node).getBoundingClientRect()])
            .filter(([, box]) => box.height < 44 || box.width < 24)
            .map(([node, box]) => `${box.width} × ${box.height}: ${node.outerHTML.slice(0, 160)}`)
        """
    )
