import re
from datetime import date

import pytest
from sqlalchemy import select, union

from forum.accounts import actions, passwords
from forum.core.db import db
from forum.models.accounts import AddressProof, LastSeen, SignIn, User
from tests.accounts.conftest import account_of
from tests.support import community
from tests.support.community import PASSWORD
from tests.support.members_browser import Browser, browser

TOKEN = re.compile(r'"[\w.-]{60,}"')
"""What differs on every page: the form's token."""
GIL, NEW = "gil@site.example", "seven grey herons wading"


@pytest.fixture
def guest(client) -> Browser:
    return Browser(client)


@pytest.fixture
def ana(app_context: None) -> User:
    return community.person("Ana")


@pytest.fixture
def anas(app, ana) -> Browser:
    return browser(app, ana)


def signed_in(who: Browser) -> bool:
    return who.get("/settings").status_code == 200


def rows(column) -> list:
    db.session.rollback()
    return list(db.session.execute(select(column)).scalars())


class TestJoining:
    def test_from_the_address_to_the_account(self, guest, mailbox):
        assert guest.post("/join", address=GIL).location == "/join/sent"
        token = mailbox.newest("join", GIL)
        assert guest.get(f"/confirm/{token}").status_code == 200
        answer = guest.post(f"/confirm/{token}", name="Gil", password=NEW)
        assert answer.location == "/welcome"
        assert signed_in(guest)

    def test_opening_the_link_changes_nothing(self, guest, mailbox):
        """Mail scanners follow links."""
        token = mailbox.asks_to_join(GIL)
        for _ in range(3):
            assert guest.get(f"/confirm/{token}").status_code == 200
        assert rows(User.id) == []

    def test_a_known_and_an_unknown_address_get_the_same_answer(self, app, ana):
        answers = []
        for address in (ana.address, "nobody@site.example"):
            browser = Browser(app.test_client())
            sent = browser.post("/join", address=address)
            page = browser.get(sent.location).text.replace(address, "")
            answers.append((sent.status_code, sent.location, TOKEN.sub("", page)))
        assert answers[0] == answers[1]

    @pytest.mark.parametrize("address", ["", "gil", "gil@", "a@b@c.example", "x" * 300])
    def test_what_is_no_address_is_refused_and_kept(self, guest, app_context, address):
        answer = guest.post("/join", address=address)
        assert answer.status_code == 422
        assert address in answer.text
        assert rows(AddressProof.id) == []

    def test_a_weak_password_is_refused_and_the_name_kept(self, guest, mailbox):
        token = mailbox.asks_to_join(GIL)
        answer = guest.post(f"/confirm/{token}", name="Gil Blas", password="password1234")
        assert answer.status_code == 422
        assert 'value="Gil Blas"' in answer.text
        assert "password1234" not in answer.text

    @pytest.mark.parametrize(
        "name",
        [
            *("", " ", "\u202e", "x" * 41),
            *("\u200d", "\u200b\u200b", "\u3164", "\u1160\uffa0", "\u0301", "\u2800", "--"),
        ],
    )
    def test_a_name_is_needed_and_fits(self, guest, mailbox, name):
        token = mailbox.asks_to_join(GIL)
        assert guest.post(f"/confirm/{token}", name=name, password=NEW).status_code == 422
        assert rows(User.id) == []

    @pytest.mark.parametrize("name", ["李", "٣", "Ж", "ศรี", "O"])
    def test_one_letter_of_any_script_is_enough(self, guest, mailbox, name):
        token = mailbox.asks_to_join(GIL)
        assert guest.post(f"/confirm/{token}", name=name, password=NEW).status_code == 302

    def test_a_name_is_cleaned(self, guest, mailbox):
        token = mailbox.asks_to_join(GIL)
        guest.post(f"/confirm/{token}", name=" Gil \u202e\r\n Blas ", password=NEW)
        assert account_of(GIL).name == "Gil Blas"

    def test_a_stale_link_says_so_with_a_way_on(self, guest, app_context):
        answer = guest.get(f"/confirm/{'x' * 43}")
        assert answer.status_code == 410
        assert "Ask for a new one" in answer.text

    def test_who_is_signed_in_is_not_asked_to_join(self, anas):
        assert anas.get("/join").location == "/"

    def test_too_often_it_says_until_when(self, held_clock, guest, app_context):
        for _ in range(3):
            guest.post("/join", address=GIL)
        answer = guest.post("/join", address=GIL)
        assert answer.status_code == 429
        assert "10:00" in answer.text
        assert answer.headers["Retry-After"] == "Mon, 02 Mar 2026 10:00:00 GMT"


class TestSigningIn:
    def test_the_right_password_leads_in(self, guest, ana):
        actions.skip_first_steps(community.viewer(ana))
        answer = guest.post("/sign-in", address=ana.address, password=PASSWORD)
        assert answer.location == "/"
        assert signed_in(guest)

    def test_who_never_saw_the_first_steps_is_led_there(self, guest, ana):
        answer = guest.post("/sign-in", address=ana.address, password=PASSWORD)
        assert answer.location == "/welcome"

    def test_but_not_from_where_they_were_going(self, guest, ana):
        fields = {"address": ana.address, "password": PASSWORD, "next": "/circles"}
        assert guest.post("/sign-in", **fields).location == "/circles"

    def test_however_the_address_is_typed(self, guest, ana):
        guest.post("/sign-in", address=f"  {ana.address.upper()} ", password=PASSWORD)
        assert signed_in(guest)

    def test_back_to_where_one_was_going(self, guest, ana):
        led = guest.get("/settings").location
        assert led == "/sign-in?next=/settings"
        fields = {"address": ana.address, "password": PASSWORD, "next": "/settings"}
        assert guest.post("/sign-in", **fields).location == "/settings"

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil", "x"])
    def test_but_never_to_another_site(self, guest, ana, target):
        fields = {"address": ana.address, "password": PASSWORD, "next": target}
        assert guest.post("/sign-in", **fields).location == "/welcome"

    def test_a_wrong_password_and_an_unknown_address_get_the_same_page(self, app, ana):
        pages = []
        for address in (ana.address, "eve@site.example"):
            answer = Browser(app.test_client()).post("/sign-in", address=address, password="x")
            assert answer.status_code == 422
            pages.append(TOKEN.sub("", answer.text.replace(address, "")))
        assert pages[0] == pages[1]

    def test_a_wrong_password_is_not_shown_again(self, guest, ana):
        answer = guest.post("/sign-in", address=ana.address, password="my wrong guess")
        assert ana.address in answer.text
        assert "my wrong guess" not in answer.text

    def test_after_ten_failures_the_page_says_until_when(self, held_clock, guest, ana):
        for _ in range(10):
            guest.post("/sign-in", address=ana.address, password="x")
        answer = guest.post("/sign-in", address=ana.address, password=PASSWORD)
        assert answer.status_code == 429
        assert "09:01" in answer.text

    def test_each_sign_in_begins_a_new_session(self, guest, ana):
        guest.get("/sign-in")
        before = guest.client.get_cookie("cahoots")
        guest.post("/sign-in", address=ana.address, password=PASSWORD)
        assert guest.client.get_cookie("cahoots").value != getattr(before, "value", None)


class TestSigningOut:
    def test_it_ends_here_on_the_server(self, anas):
        cookie = anas.client.get_cookie("cahoots").value
        assert anas.post("/sign-out").location == "/"
        assert not signed_in(anas)
        anas.client.set_cookie("cahoots", cookie)
        assert not signed_in(anas)
        assert rows(SignIn.id) == []

    def test_following_a_link_does_not(self, anas):
        assert anas.get("/sign-out").status_code == 405
        assert signed_in(anas)

    def test_a_guest_may_press_it_too(self, guest):
        assert guest.post("/sign-out").status_code == 302


class TestNewPassword:
    def test_from_the_address_to_the_new_password(self, guest, mailbox, ana):
        assert guest.post("/reset", address=ana.address).location == "/reset/sent"
        token = mailbox.newest("reset", ana.address)
        assert guest.get(f"/reset/{token}").status_code == 200
        assert guest.post(f"/reset/{token}", password=NEW).location == "/"
        assert signed_in(guest)

    def test_other_browsers_are_signed_out(self, guest, anas, mailbox, ana):
        assert signed_in(anas)
        guest.post(f"/reset/{mailbox.asks_for_reset(ana.address)}", password=NEW)
        assert not signed_in(anas)

    def test_a_known_and_an_unknown_address_get_the_same_answer(self, app, ana):
        answers = []
        for address in (ana.address, "nobody@site.example"):
            sent = Browser(app.test_client()).post("/reset", address=address)
            answers.append((sent.status_code, sent.location, sent.data))
        assert answers[0] == answers[1]

    def test_a_weak_one_is_refused_and_the_link_stays_good(self, guest, mailbox, ana):
        token = mailbox.asks_for_reset(ana.address)
        assert guest.post(f"/reset/{token}", password="short").status_code == 422
        assert guest.post(f"/reset/{token}", password=NEW).status_code == 302

    def test_a_link_for_an_unknown_address_ends_like_a_stale_one(self, guest, mailbox):
        token = mailbox.asks_for_reset("nobody@site.example")
        assert guest.post(f"/reset/{token}", password=NEW).status_code == 410

    def test_a_stale_link_says_so(self, guest, app_context):
        assert guest.get(f"/reset/{'x' * 43}").status_code == 410

    def test_by_the_old_one_other_browsers_are_signed_out_and_this_one_is_not(self, app, anas, ana):
        other = browser(app, ana)
        answer = anas.post("/settings/password", current=PASSWORD, password=NEW)
        assert answer.location == "/settings"
        assert signed_in(anas)
        assert not signed_in(other)

    def test_a_wrong_old_one_changes_nothing(self, anas):
        answer = anas.post("/settings/password", current="x", password=NEW)
        assert answer.status_code == 422
        assert signed_in(anas)


class TestSettings:
    def test_one_sees_and_ends_ones_other_sign_ins(self, app, anas, ana):
        other = browser(app, ana)
        ends = re.findall(
            r'action="(/settings/sign-ins/[a-z0-9]{12}/end)"', anas.get("/settings/sign-ins").text
        )
        assert ends
        for url in ends:
            anas.post(url)
        assert not signed_in(other)

    def test_all_others_end_at_once_and_this_one_stays(self, app, anas, ana):
        others = [browser(app, ana) for _ in range(2)]
        bens = browser(app, community.person("Ben"))
        assert anas.post("/settings/sign-ins/others/end").location == "/settings/sign-ins"
        assert not any(signed_in(other) for other in others)
        assert signed_in(anas)
        assert signed_in(bens)

    def test_a_guest_has_none(self, guest):
        assert guest.get("/settings").location == "/sign-in?next=/settings"

    def test_who_has_imported_posts_is_told(self, app, imported):
        actions.add_user(imported.address, "Olga Petrova", passwords.digest(PASSWORD))
        olga = browser(app, account_of(imported.address))
        assert "2" in olga.get("/settings").text
        assert olga.post("/settings/claim", address=imported.address).location == "/settings"
        assert "2 posts are yours now." in olga.get("/settings").text


class TestClaiming:
    def test_from_the_address_to_the_posts(self, anas, mailbox, imported):
        answer = anas.post("/settings/claim", address=imported.address)
        assert answer.location == "/settings/claim/sent"
        token = mailbox.newest("claim", imported.address)
        assert "Olga" in anas.get(f"/claim/{token}").text
        assert anas.post(f"/claim/{token}").location == "/settings"
        assert "2 posts are yours now." in anas.get("/settings").text

    def test_somebody_elses_link_is_as_stale_as_any(self, app, anas, mailbox, imported, ana):
        token = mailbox.asks_to_claim(ana, imported.address)
        mallory = browser(app, community.person("Mallory"))
        assert mallory.get(f"/claim/{token}").status_code == 410
        assert mallory.post(f"/claim/{token}").status_code == 410
        assert anas.get(f"/claim/{token}").status_code == 200

    def test_a_known_and_an_unknown_address_get_the_same_answer(self, anas, imported):
        answers = []
        for address in (imported.address, "nobody@archive.example"):
            sent = anas.post("/settings/claim", address=address)
            answers.append((sent.status_code, sent.location))
        assert answers[0] == answers[1]

    def test_a_guest_is_asked_to_sign_in_first(self, guest, mailbox, imported, ana):
        token = mailbox.asks_to_claim(ana, imported.address)
        assert guest.get(f"/claim/{token}").location.startswith("/sign-in?next=/claim/")


class TestStaff:
    @pytest.fixture
    def sams(self, app, app_context) -> Browser:
        return browser(app, community.person("Sam", staff=True))

    def test_the_password_given_again_gives_another_hour(self, held_clock, sams):
        held_clock.forward(hours=2)
        assert sams.get("/settings/staff").status_code == 200
        assert sams.post("/settings/staff", current="x").status_code == 422
        assert sams.post("/settings/staff", current=PASSWORD).location == "/"

    def test_for_members_there_is_no_such_page(self, anas):
        assert anas.get("/settings/staff").status_code == 404
        assert anas.post("/settings/staff", current=PASSWORD).status_code == 404


class TestEverySignIn:
    def test_a_visit_on_a_later_day_lets_it_last_longer(self, held_clock, anas):
        for _ in range(3):
            held_clock.forward(days=10)
            assert signed_in(anas)

    def test_two_weeks_away_do_not_end_it(self, held_clock, anas):
        held_clock.forward(days=6)
        assert signed_in(anas)
        held_clock.forward(days=14)
        assert signed_in(anas)

    def test_three_weeks_away_end_it(self, held_clock, anas):
        held_clock.forward(days=21)
        assert not signed_in(anas)

    @pytest.mark.parametrize("days", [7, 9, 13])
    def test_the_week_of_a_visit_is_kept_and_not_its_day(self, held_clock, anas, days):
        held_clock.forward(days=days)
        anas.get("/")
        assert {str(day) for day in kept_of_visits()} == {"2026-03-09"}

    def test_another_visit_in_that_week_changes_nothing(self, held_clock, anas):
        held_clock.forward(days=7)
        anas.get("/")
        before = rows_of_visits()
        held_clock.forward(days=3)
        anas.get("/")
        assert rows_of_visits() == before


def kept_of_visits() -> set[date]:
    week = select(LastSeen.week)
    used = select(SignIn.used_on)
    return set(db.session.execute(union(week, used)).scalars())


def rows_of_visits() -> list[tuple[object, ...]]:
    tables = (SignIn.__table__, LastSeen.__table__)
    return [tuple(row) for table in tables for row in db.session.execute(select(table))]
