"""A browser that notices what a hostile text achieves: a script that runs, a request, a node."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, Route

from tests.browser.hostile import Hostile
from tests.support.browser import TIMEOUT_MS, Complaints
from tests.support.visitors import add_sign_in
from tests.support.xss import ALLOWED

ON_GUARD = """
    for (const name of ["alert", "prompt", "confirm", "open", "print"])
        window[name] = () => { window.caught(name); return null; };
    Object.defineProperty(window, "ran", { set(value) { window.caught(`ran ${value}`); } });
"""
"""Payloads set `window.ran`; other ways to make oneself known end in the same place."""
DANGERS = """allowed => {
    const found = [];
    const tell = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 200)}`);
    const ours = node => new URL(node.src || node.href || "//none", document.baseURI)
        .pathname.startsWith("/assets/");
    const never = "iframe, frame, object, embed, applet, base, meta[http-equiv], style, template,"
        + " portal, math, video, audio, source, image, marquee, [srcdoc], [style], [srcset]";
    for (const node of document.querySelectorAll(never)) tell("element", node);
    for (const node of document.querySelectorAll("script, link[rel~=stylesheet], link[rel~=icon]"))
        if (!ours(node) || node.textContent) tell("not ours", node);
    for (const node of document.querySelectorAll("*"))
        for (const { name, value } of node.attributes) {
            const address = value.replace(/[\\u0000-\\u0020]+/g, "").toLowerCase();
            if (name.startsWith("on")) tell("handler", node);
            if (/^(javascript|vbscript|data|blob|file):/.test(address)
                && /href|src|action|data|cite|background|poster/.test(name)) tell("address", node);
        }
    const ourOwn = new Set(["tabindex", "class long", "class open", "class long open"]);
    for (const node of document.querySelectorAll(".prose *")) {
        if (node.matches("button.unquote") && node.parentElement.matches(".prose")) continue;
        const may = allowed[node.localName];
        if (!may) { tell("in a post", node); continue; }
        for (const { name, value } of node.attributes)
            if (!may.includes(name) && !ourOwn.has(name) && !ourOwn.has(`${name} ${value}`))
                tell(`${name} in a post`, node);
    }
    return found;
}"""


@dataclass
class Watch:
    """Windows of a moderator (who is a member of every circle) and of a guest, on guard."""

    browser: Browser
    hostile: Hostile
    without_policy: bool
    complaints: Complaints = field(default_factory=Complaints)
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._moderator, self._guest = self._open(), self._open()
        add_sign_in(self._moderator.context, self.hostile.site, self.hostile.moderator)

    def _open(self) -> Page:
        context = self.browser.new_context(
            base_url=self.hostile.site.url, bypass_csp=self.without_policy
        )
        context.set_default_timeout(TIMEOUT_MS)
        context.expose_binding("caught", self._catch)
        context.add_init_script(ON_GUARD)
        page = context.new_page()
        self.complaints.listen(page, self.hostile.site.url)
        page.on("dialog", lambda dialog: (self._catch({}, dialog.type), dialog.dismiss()))
        page.on("popup", lambda popup: self._catch({}, f"window {popup.url}"))
        return page

    def _catch(self, source: Any, what: str) -> None:
        self.found.append(f"{what} ran in {self._moderator.url} or {self._guest.url}")

    def look_at(self, path: str) -> Page:
        """As a moderator, or as a guest where the address says so."""
        page = self._guest if path.endswith("guest") else self._moderator
        page.goto(path)
        self.note_dangers(page)
        return page

    def with_html(self, html: str) -> Page:
        """The guest's window on a page of ours into which this got somehow, its policy included."""

        def slip_in(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("</main>", f"{html}</main>"))

        self._guest.route("**/contact", slip_in)
        self._guest.goto("/contact")
        self._guest.wait_for_load_state("networkidle")
        self._guest.unroute("**/contact")
        return self._guest

    def note_dangers(self, page: Page) -> None:
        allowed = {tag: sorted(names) for tag, names in ALLOWED.items()}
        self.found += [f"{page.url}: {one}" for one in page.evaluate(DANGERS, allowed)]

    def seen(self) -> list[str]:
        """What was noticed since the last time this was asked."""
        noticed = self.found + [one for one in self.complaints.found if "status of 4" not in one]
        self.found = []
        self.complaints.clear()
        return noticed

    def close(self) -> None:
        self._moderator.context.close()
        self._guest.context.close()
