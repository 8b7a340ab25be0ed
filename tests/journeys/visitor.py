"""A newcomer at a browser, who does everything through what the pages show."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

ADDRESS = "newcomer@site.example"
NAME = "Noor Haddad"
PASSWORD = "seven quiet harbours"


@dataclass
class Visitor:
    """With or without script: the pages lead to the same ends on different ways."""

    page: Page
    script: bool

    def sign_up(self) -> None:
        self.page.goto("/")
        self.page.get_by_role("link", name="Join the conversation").click()
        self.page.get_by_label("E-mail address").fill(ADDRESS)
        self.button("Send me the letter").click()
        expect(self.heading("Look at your mail")).to_be_visible()

    def follow_the_letter(self) -> None:
        self.page.get_by_role("link", name="Read it here").click()
        self.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
        self.page.locator("a[href*='/confirm/']").click()
        expect(self.page.get_by_text(ADDRESS)).to_be_visible()

    def open_account(self) -> None:
        self.page.get_by_label("Your name").fill(NAME)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.button("Open my account").click()
        expect(self.heading(f"Welcome, {NAME}")).to_be_visible()

    def skip_first_steps(self) -> None:
        self.button("Skip all of this").first.click()
        expect(self.told("All right.")).to_be_visible()

    def join(self, circle: str) -> None:
        self.button(f"Join {circle}").click()
        expect(self.told("You are in.")).to_be_visible()

    def open_topic(self, title: str) -> None:
        self.page.get_by_role("link", name=title).click()
        expect(self.heading(title)).to_be_visible()

    def reply_to(self, post: Locator, text: str) -> None:
        """At the post with script, on a page of its own without."""
        here = self.page.url
        post.get_by_role("link", name="Reply", exact=True).click()
        composer = self.page.locator(".in-place" if self.script else "[data-lift]")
        composer.get_by_label("Your reply").fill(text)
        assert (self.page.url == here) is self.script
        composer.get_by_role("button", name="Post your reply").click()
        expect(self.told("Your reply is posted.")).to_be_visible()

    def edit(self, post: Locator, text: str) -> None:
        post.get_by_role("link", name="Edit", exact=True).click()
        self.page.get_by_label("Your text").fill(text)
        self.button("Save the change").click()
        expect(self.told("Your change is saved.")).to_be_visible()

    def to_next_unread(self) -> None:
        if self.script:
            self.page.locator("main").press("n")
        else:
            self.page.get_by_role("link", name="next").click()

    def sign_out(self) -> None:
        self.page.locator("summary", has_text="Your account").click()
        self.button("Sign out").click()
        expect(self.told("You are signed out.")).to_be_visible()

    def saying(self, text: str) -> Locator:
        """The post that says this."""
        return self.page.locator("article.post", has_text=text)

    def heading(self, text: str) -> Locator:
        return self.page.get_by_role("heading", name=text)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def told(self, words: str) -> Locator:
        """A line that says what was done."""
        return self.page.locator(".notice", has_text=words)
