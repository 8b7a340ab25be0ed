"""People at a browser: signed in without the form (which has tests of its own), and looking around.

sign_in(page, live_server, ana)
page.goto(f"/t/{question}")
expect(post(page, answer)).to_contain_text("An answer.")
"""

import re

from playwright.sync_api import BrowserContext, Locator, Page

from forum.home import queries
from forum.home.letters import carrier
from forum.models.accounts import User
from tests.support import community
from tests.support.live_server import LiveServer

LINK = re.compile(r"/(?:confirm|reset|claim|settings/address/(?:new|old))/[\w-]{43}")


def sign_in(page: Page, site: LiveServer, user: User) -> Page:
    """Give the page's profile a sign-in of this user; the page itself, to chain."""
    add_sign_in(page.context, site, user)
    return page


def add_sign_in(context: BrowserContext, site: LiveServer, user: User) -> None:
    name = site.app.config["SESSION_COOKIE_NAME"]
    client = site.app.test_client()
    community.sign_in(client, user)
    cookie = client.get_cookie(name)
    assert cookie is not None
    context.add_cookies([{"name": name, "value": cookie.value, "url": site.url, "httpOnly": True}])


def link_in_letter(site: LiveServer, address: str, begins: str = "/") -> str:
    """The path in the newest letter to this address, among those whose path begins so."""
    return links_in_letters(site, begins)[address]


def links_in_letters(site: LiveServer, begins: str = "/") -> dict[str, str]:
    """The path in the newest letter to each address, among the hundred newest letters."""
    with site.app.test_request_context():
        letters = queries.letters(carrier(site.app))
    found = {}
    for letter in reversed(letters):
        link = LINK.search(letter.text)
        if link and link[0].startswith(begins):
            found[letter.to] = link[0]
    return found


def post(page: Page, public_id: str) -> Locator:
    """A post on a topic page."""
    return page.locator(f"#p-{public_id}")


def more(where: Page | Locator) -> Locator:
    """The first post here, with all that can be done with it in sight."""
    row = where.locator(".post-acts").first
    row.get_by_text("More", exact=True).click()
    return row


def focused(page: Page) -> Locator:
    return page.locator(":focus")
