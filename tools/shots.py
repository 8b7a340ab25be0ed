"""Screenshots of a written list of pages: phone and desktop, light and dark, as the demo people.

`python -m tools.shots [WORD …]` takes only the pages whose name holds one of the words. It starts a
site of its own with the demo community, on a data folder that is gone afterwards.
"""

import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tools import programs
from tools.chromium import FLAGS
from tools.environment import ROOT, SetUpError, say
from tools.local_site import LocalSite, any_port
from tools.processes import leave_on_sigterm
from tools.serving import DEMO_PASSWORD

FOLDER = ROOT / "shots"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
MAX_HEIGHT_PX = 4000
TIMEOUT_MS = 10_000

GUEST = ""
ANA, DORA, FAY = "ana@demo.example", "dora@demo.example", "fay@demo.example"
EMRE, BEN = "emre@demo.example", "ben@demo.example"
TOPIC = "main a[href^='/t/']"
POST = "main a[href^='/p/']"
ANSWERED = ".topics li:has(.where use[href$=check]) h3 a"
NOTED = "main h3 a:has-text('shouted')"
DOOR, SPACE = "/c/retail/space", "main a[href^='/s/']"


@dataclass(frozen=True)
class Shot:
    """A page: who looks, from which address, through which links (CSS), and what is added to the
    last one's address; and a form left empty, or a menu held open."""

    name: str
    account: str
    path: str
    follow: tuple[str, ...] = ()
    then: str = ""
    send_form: str = ""
    open_menu: str = ""


SHOTS = [
    Shot("front-guest", GUEST, "/"),
    Shot("privacy", GUEST, "/privacy"),
    Shot("contact", GUEST, "/contact"),
    Shot("join", GUEST, "/join"),
    Shot("join-refused", GUEST, "/join", send_form="main form"),
    Shot("join-sent", GUEST, "/join/sent"),
    Shot("sign-in", GUEST, "/sign-in"),
    Shot("reset", GUEST, "/reset"),
    Shot("not-found", GUEST, "/nothing-here"),
    Shot("letters", GUEST, "/dev/letters"),
    Shot("directory-guest", GUEST, "/circles"),
    Shot("circle-guest", GUEST, "/c/retail"),
    Shot("topic-guest", GUEST, "/c/retail", (TOPIC,)),
    Shot("front-member", ANA, "/"),
    Shot("front-new", FAY, "/"),
    Shot("front-invited", BEN, "/"),
    Shot("directory", ANA, "/circles"),
    Shot("circle", ANA, "/c/retail"),
    Shot("circle-unanswered", ANA, "/c/retail?tab=unanswered"),
    Shot("circle-new", ANA, "/c/retail?tab=new"),
    Shot("circle-narrow", ANA, "/c/retail/narrow"),
    Shot("circle-narrowed", ANA, "/c/retail?market=b2c"),
    Shot("circle-like-mine", ANA, "/c/retail?like=mine"),
    Shot("circle-people", ANA, "/c/retail/people"),
    Shot("circle-ask", EMRE, "/c/on-the-council/request"),
    Shot("circle-about-approval", ANA, "/c/on-the-council/about"),
    Shot("circle-requests", DORA, "/c/on-the-council/requests"),
    Shot("circle-refusal", DORA, "/c/on-the-council/requests", ("main a[href$='/refusal']",)),
    Shot("circle-invitations", DORA, "/c/on-the-council/invitations"),
    Shot("circle-members", DORA, "/c/on-the-council/members"),
    Shot("circle-about", ANA, "/c/retail/about"),
    Shot("circle-leave", ANA, "/c/retail/membership/end"),
    Shot("new-topic", ANA, "/c/retail/new"),
    Shot("new-topic-refused", ANA, "/c/retail/new", send_form="main form"),
    Shot("attach", ANA, "/c/retail/new/file"),
    Shot("attach-refused", ANA, "/c/retail/new/file", send_form="main form"),
    Shot("topic", ANA, "/c/retail", (TOPIC,)),
    Shot("topic-by-time", ANA, "/c/retail", (TOPIC, "a[href*='view=time']")),
    Shot("topic-answered", ANA, "/c/retail?tab=new", (ANSWERED,)),
    Shot("topic-answered-guest", GUEST, "/c/retail?tab=new", (ANSWERED,)),
    Shot("history", ANA, "/c/retail?tab=new", (ANSWERED, "main a[href$='/history']")),
    Shot("reactions", ANA, "/c/retail?tab=new", (ANSWERED, "a[href$='/reactions']")),
    Shot("permalink", ANA, "/c/retail", (TOPIC, POST)),
    Shot("reply", ANA, "/c/retail", (TOPIC, "a[href$='/reply']")),
    Shot("report", ANA, "/c/retail", (TOPIC, "a[href$='/report']")),
    Shot("space", ANA, DOOR, (SPACE,)),
    Shot("space-topic", ANA, DOOR, (SPACE, TOPIC)),
    Shot("space-noted", ANA, DOOR, (SPACE, NOTED)),
    Shot("space-noted-by-time", ANA, DOOR, (SPACE, NOTED, "a[href*='view=time']")),
    Shot("space-reply", ANA, DOOR, (SPACE, TOPIC, "a[href$='/reply']")),
    Shot("space-new", ANA, DOOR, (SPACE, "main a[href$='/new']")),
    Shot("space-new-refused", ANA, DOOR, (SPACE, "main a[href$='/new']"), send_form="main form"),
    Shot("space-attach", ANA, DOOR, (SPACE, "main a[href$='/new']"), then="/file"),
    Shot("space-mine", ANA, DOOR, (SPACE, "main a[href$='/mine']")),
    Shot("space-leaving", ANA, DOOR, ("main a[href$='/leave']",)),
    Shot("space-moderator", DORA, DOOR, (SPACE, TOPIC)),
    Shot("space-list-moderator", DORA, DOOR, (SPACE,)),
    Shot("space-door", ANA, DOOR),
    Shot("space-door-none", EMRE, "/c/finance/space"),
    Shot("help-now", GUEST, "/help-now"),
    Shot("help-now-quiet", ANA, "/help-now?quiet=1"),
    Shot("keys", GUEST, "/keys"),
    Shot("promise", GUEST, "/promise"),
    Shot("drafts", ANA, "/drafts"),
    Shot("notices", ANA, "/notices"),
    Shot("notices-none", FAY, "/notices"),
    Shot("notices-doors", DORA, "/notices"),
    Shot("notices-invited", BEN, "/notices"),
    Shot("following-topic", ANA, "/c/retail", (TOPIC,), open_menu=".follow"),
    Shot("following-circle", ANA, "/c/retail", open_menu=".follow"),
    Shot("saved", ANA, "/saved"),
    Shot("saved-note", ANA, "/saved", ("main a[href^='/saved/']",)),
    Shot("catch-up", ANA, "/catch-up"),
    Shot("quiet", ANA, "/settings/quiet"),
    Shot("block", ANA, "/c/retail", (TOPIC, "a[href$='/report']", "main a[href*='/block']")),
    Shot("settings", ANA, "/settings"),
    Shot("welcome", FAY, "/welcome"),
    Shot("welcome-circles", FAY, "/welcome/circles"),
    Shot("person", ANA, "/c/retail", (TOPIC, "h3 a[href^='/people/']")),
    Shot("profile", ANA, "/settings/profile"),
    Shot("profile-seen", ANA, "/settings/profile", ("main a[href^='/people/']",)),
    Shot("settings-name", ANA, "/settings/name"),
    Shot("settings-mail", ANA, "/settings/mail"),
    Shot("settings-sign-ins", ANA, "/settings/sign-ins"),
    Shot("settings-export", ANA, "/settings/export"),
    Shot("settings-closing", ANA, "/settings/closing"),
    Shot("settings-closing-refused", ANA, "/settings/closing", send_form="main form"),
    Shot("address-new", ANA, "/settings/address/new"),
    Shot("settings-notes", ANA, "/settings/notes"),
    Shot("address", ANA, "/settings/address"),
    Shot("after-reset", ANA, "/settings/private-spaces"),
    Shot("employers", ANA, "/settings/employers"),
    Shot("employer-new", ANA, "/settings/employers/new"),
    Shot("password", ANA, "/settings/password"),
    Shot("circle-moderator", DORA, "/c/retail"),
    Shot("circle-edit", DORA, "/c/retail/edit"),
    Shot("reports", DORA, "/c/retail/reports"),
    Shot("topic-moderator", DORA, "/c/retail", (TOPIC,)),
    Shot("hiding", DORA, "/c/retail", (TOPIC, "a[href$='/hiding']")),
]


def main(words: list[str]) -> int:
    """Take the pictures; exit code 1 when a page could not be reached."""
    program = programs.chromium()
    if not program:
        raise SetUpError("Chromium is missing: make test-deps")
    wanted = [shot for shot in SHOTS if not words or any(word in shot.name for word in words)]
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="cahoots-shots-") as folder,
        LocalSite(sys.executable, Path(folder), any_port()) as site,
    ):
        site.prepare()
        site.start()
        failures = take_all(program, site.url, wanted)
    say(f"{len(wanted)} pages, {len(SIZES) * len(SCHEMES)} pictures of each, in {FOLDER.name}/")
    for failure in failures:
        say(failure)
    return 1 if failures else 0


def take_all(program: str, url: str, wanted: list[Shot]) -> list[str]:
    """Every wanted page in every size and scheme; what went wrong, in sentences."""
    failures: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        cookies = {who: sign_in(browser, url, who) for who in {shot.account for shot in wanted}}
        for shot, size, scheme in product(wanted, SIZES, SCHEMES):
            context = open_context(browser, url, size, scheme)
            context.add_cookies(cookies[shot.account])  # type: ignore[arg-type]
            wrong = take(context.new_page(), shot, FOLDER / f"{shot.name}-{size}-{scheme}.png")
            failures += [wrong] if wrong else []
            context.close()
        browser.close()
    return failures


def open_context(browser: Browser, url: str, size: str, scheme: str) -> BrowserContext:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(TIMEOUT_MS)
    return context


def sign_in(browser: Browser, url: str, account: str) -> list[dict[str, object]]:
    """The cookies of a demo account, or none for a guest."""
    if account == GUEST:
        return []
    context = browser.new_context(base_url=url)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("[name=address]", account)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    cookies = [dict(cookie) for cookie in context.cookies()]
    context.close()
    return cookies


def take(page: Page, shot: Shot, file: Path) -> str | None:
    """One picture; None, or what went wrong."""
    try:
        go(page, shot)
        width, height = page.evaluate("[innerWidth, document.body.scrollHeight]")
        clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, MAX_HEIGHT_PX)}
        page.screenshot(path=file, full_page=True, clip=clip)
    except PlaywrightError as error:
        return f"{file.stem}: {str(error).splitlines()[0]}"
    return None


def go(page: Page, shot: Shot) -> None:
    """To the page, through its links; a form is sent empty, past the browser's own checks."""
    page.goto(shot.path)
    for selector in shot.follow:
        page.goto(str(page.locator(selector).first.get_attribute("href")))
    if shot.then:
        page.goto(page.url + shot.then)
    if shot.send_form:
        page.locator(shot.send_form).first.evaluate("form => { form.noValidate = true }")
        page.locator(f"{shot.send_form} button:not([formaction])").first.click()
    if shot.open_menu:
        page.locator(f"{shot.open_menu} > summary").first.click()
    page.evaluate("document.querySelectorAll('img').forEach(img => { img.loading = 'eager' })")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    leave_on_sigterm()
    sys.exit(main(sys.argv[1:]))
