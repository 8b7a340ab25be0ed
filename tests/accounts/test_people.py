"""People as other members see them, and the first steps of a newcomer."""

import re
from zoneinfo import ZoneInfo

import pytest

from forum.accounts import actions, queries
from forum.accounts.actions import Told
from forum.circles import actions as circles
from forum.circles.actions import CircleWords, NewCircle
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import NotThere
from forum.models.accounts import User
from forum.models.circles import Circle, CircleKind, Visibility
from forum.models.profiles import Barrier, Part
from forum.policy.viewer import GUEST
from tests.support import community, spaces
from tests.support.community import PASSWORD
from tests.support.members_browser import Browser, browser
from tests.support.statements import counted_statements

TOKEN = re.compile(r'"[\w.-]{60,}"')
NOBODYS = "/people/zzzzzzzzzzzz"
PRIVATE = ("Wholesale and retail", "Southern Europe", "Lisbon", "250 to 4,999")


@pytest.fixture
def ana(held_clock, app_context) -> User:
    ana = community.person("Ana Duarte")
    told = Told(
        trying="Lids that come back.\nAll of them.",
        broke_through="We asked the canteen first.",
        part=Part.ALLY,
        industry="G",
        region="039",
        languages=("pt",),
        time_zone="Europe/Lisbon",
        met=(Barrier.LEGAL,),
        broken=(Barrier.BUDGET,),
    )
    actions.save_profile(community.viewer(ana), told)
    return ana


@pytest.fixture
def ben(ana) -> User:
    return community.person("Ben Okri")


@pytest.fixture
def bens(app, ben) -> Browser:
    return browser(app, ben)


def page_of(person: User) -> str:
    return f"/people/{person.public_id}"


def without_tokens(page: str) -> str:
    """Those of forms, which hold the time."""
    return TOKEN.sub("", page)


class TestThePage:
    def test_it_tells_what_they_told(self, bens, ana):
        page = bens.get(page_of(ana)).text
        for words in (
            *("Ana Duarte", "Lids that come back.", "All of them.", "We asked the canteen first."),
            *("Ally or manager", "Portuguese", "No budget for it", "Legal, compliance"),
        ):
            assert words in page

    def test_and_nothing_that_is_theirs_alone(self, bens, ana):
        page = bens.get(page_of(ana)).text
        for words in (*PRIVATE, ana.address):
            assert words not in page

    def test_of_their_circles_only_those_both_are_in(self, bens, ana, ben):
        shared, hers, his = (community.circle(name) for name in ("shared", "hersalone", "hisalone"))
        secret = community.circle("hersecret", Visibility.SECRET)
        for circle in (shared, hers, secret):
            community.join(ana, circle)
        for circle in (shared, his):
            community.join(ben, circle)
        page = bens.get(page_of(ana)).text.split("<main")[1]
        assert "Shared" in page
        for name in ("Hersalone", "Hersecret", "Hisalone"):
            assert name not in page

    def test_a_secret_circle_both_are_in_is_shown(self, bens, ana, ben):
        secret = community.circle("quiet", Visibility.SECRET)
        for person in (ana, ben):
            community.join(person, secret)
        assert "Quiet" in bens.get(page_of(ana)).text.split("<main")[1]

    def test_who_was_sent_away_shares_the_circle_no_longer(self, bens, ana, ben):
        shared = community.circle("shared")
        for person in (ana, ben):
            community.join(person, shared)
        community.send_away(ana, shared)
        assert "Shared" not in bens.get(page_of(ana)).text.split("<main")[1]

    def test_a_private_space_both_are_in_leaves_no_trace(self, bens, ana, ben):
        shared = community.circle("shared")
        for person in (ana, ben):
            community.join(person, shared)
        before = without_tokens(bens.get(page_of(ana)).text)
        here = spaces.space(shared)
        spaces.enter(here, ana, employer="Northwind")
        spaces.enter(here, ben, employer="Contoso")
        assert without_tokens(bens.get(page_of(ana)).text) == before

    def test_ones_own_says_that_others_see_it_so(self, app, ana, bens):
        assert "how other members see you" in browser(app, ana).get(page_of(ana)).text
        assert "how other members see you" not in bens.get(page_of(ana)).text

    def test_the_handle_stands_under_the_name_also_on_ones_own(self, app, bens, ana):
        for who in (bens, browser(app, ana)):
            assert "@ana-duarte" in who.get(page_of(ana)).text

    def test_they_are_muted_and_blocked_from_there_as_the_settings_say(self, bens, ana, ben):
        community.join(ana, community.circle("open"))
        page, block = bens.get(page_of(ana)).text, f"{page_of(ana)}/block"
        assert f'action="{page_of(ana)}/mute"' in page
        assert f'href="{block}?next={page_of(ana)}"' in page
        assert bens.post(f"{page_of(ana)}/mute", next=page_of(ana)).location == page_of(ana)
        assert f'action="{page_of(ana)}/mute/end"' in bens.get(page_of(ana)).text
        asked = bens.get(f"{block}?next={page_of(ana)}").text
        assert "@ana-duarte" in asked
        assert f'href="{page_of(ana)}">Back without blocking' in asked
        assert "Mute instead" not in asked, "they are muted already"

    def test_not_oneself(self, app, ana):
        community.join(ana, community.circle("open"))
        assert "/mute" not in browser(app, ana).get(page_of(ana)).text

    def test_a_suspended_member_has_one_like_before(self, bens, ana):
        before = without_tokens(bens.get(page_of(ana)).text)
        community.suspend(ana)
        assert without_tokens(bens.get(page_of(ana)).text) == before

    def test_a_guest_is_asked_to_sign_in_whoever_it_is(self, client, ana):
        for path in (page_of(ana), NOBODYS):
            answer = client.get(path)
            assert answer.location == f"/sign-in?next={path}"

    def test_a_former_member_has_none(self, bens, ana):
        assert bens.get(page_of(ana)).status_code == 200
        actions.close_account(ana.id)
        gone, nobodys = bens.get(page_of(ana)), bens.get(NOBODYS)
        assert gone.status_code == nobodys.status_code == 404
        assert without_tokens(gone.text) == without_tokens(nobodys.text)

    def test_nor_has_an_author_who_never_came(self, bens, imported):
        assert bens.get(page_of(imported.author)).status_code == 404

    def test_no_scope_shows_anybody_to_a_guest(self, ana):
        with pytest.raises(NotThere):
            queries.person(GUEST, ana.public_id)

    def test_it_asks_the_same_however_much_there_is(self, app, bens, ana, ben):
        def asked() -> int:
            bens.get(page_of(ana))
            with counted_statements(app) as said:
                bens.get(page_of(ana))
            return len(said)

        first = community.circle("first")
        for person in (ana, ben):
            community.join(person, first)
        before = asked()
        with transaction():
            for number in range(5):
                shared = community.circle(f"circle-{number}")
                community.join(ana, shared)
                community.join(ben, shared)
        assert asked() == before


class TestNamesInATopic:
    @pytest.fixture
    def retail(self, ana) -> Circle:
        retail = community.circle("retail")
        community.join(ana, retail)
        return retail

    @pytest.fixture
    def topic(self, ana, retail) -> str:
        topic = community.topic(ana, retail)
        community.reply(ana, topic)
        return f"/t/{topic}"

    def test_lead_members_to_the_page(self, bens, ana, topic):
        assert bens.get(topic).text.count(f'href="{page_of(ana)}"') == 2

    def test_are_plain_for_guests(self, client, topic):
        page = client.get(topic).text
        assert "/people/" not in page
        assert "<bdi>Ana Duarte</bdi>" in page

    def test_lead_nowhere_once_they_are_gone(self, bens, ana, topic):
        actions.close_account(ana.id)
        assert "/people/" not in bens.get(topic).text.split("<main")[1]

    def test_nor_where_they_never_came(self, bens, imported):
        assert "/people/" not in bens.get(f"/t/{imported.topic}").text.split("<main")[1]

    def test_nor_in_a_private_space(self, app, ana, retail, topic):
        here = spaces.space(retail)
        spaces.enter(here, ana, employer="Northwind")
        told = spaces.sealed_topic(ana, here)
        hers = browser(app, ana)
        assert "/people/" in hers.get(topic).text
        page = hers.get(f"/t/{told}")
        assert page.status_code == 200
        assert "/people/" not in page.text


class TestSuggestions:
    @pytest.fixture
    def settled(self, held_clock, app_context) -> None:
        words = CircleWords("About it.", "", 3)
        for slug, isic in (("retail", "G"), ("finance", "K"), ("past-procurement", None)):
            kind = CircleKind.INDUSTRY if isic else CircleKind.TOPIC
            circles.found(NewCircle(slug, slug.title(), words, kind, isic, Visibility.OPEN))
        community.circle("hidden", Visibility.SECRET)
        community.circle("asking", Visibility.APPROVAL)
        busy = community.circle("busy")
        dora = community.person("Dora")
        community.join(dora, busy)
        community.topic(dora, busy)

    @pytest.fixture
    def fay(self, settled) -> User:
        return community.person("Fay")

    def suggested(self, person: User) -> list[tuple[str, str]]:
        viewer = community.viewer(person)
        found = queries.suggestions(viewer, queries.my_profile(viewer))
        return [(each.circle.slug, each.why) for each in found]

    def test_first_come_industry_and_walls_with_the_reason(self, fay):
        told = Told(industry="G", met=(Barrier.LEGAL,))
        actions.save_profile(community.viewer(fay), told)
        assert self.suggested(fay)[:3] == [
            ("retail", "because you work in “Wholesale and retail”"),
            ("past-procurement", "because you met “Legal, compliance or procurement”"),
            ("busy", "one of the busiest"),
        ]

    def test_who_told_nothing_is_shown_the_busiest(self, fay):
        assert self.suggested(fay)[0] == ("busy", "one of the busiest")

    def test_where_nobody_has_written_yet_it_is_not_called_busy(self, fay):
        assert ("finance", "still quiet: yours to begin") in self.suggested(fay)

    def test_only_those_one_can_walk_into(self, fay):
        assert {slug for slug, _ in self.suggested(fay)}.isdisjoint({"hidden", "asking"})

    def test_not_those_one_is_in(self, fay):
        community.join(fay, community.find("busy"))
        assert "busy" not in {slug for slug, _ in self.suggested(fay)}


class TestFirstSteps:
    @pytest.fixture
    def fays(self, app, held_clock, app_context) -> Browser:
        return browser(app, community.person("Fay"))

    def test_nothing_must_be_filled_in(self, fays):
        assert fays.post("/welcome").location == "/welcome/circles"

    def test_one_button_skips_it_all(self, fays):
        assert fays.post("/welcome/end").location == "/circles"

    def test_the_way_goes_on_to_where_they_came_from(self, fays):
        led = fays.post("/welcome?next=/c/retail").location
        assert led == "/welcome/circles?next=/c/retail"
        assert 'href="/c/retail"' in fays.get(led).text
        assert fays.post("/welcome/end?next=/c/retail").location == "/c/retail"

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil"])
    def test_but_never_to_another_site(self, fays, target):
        assert fays.post("/welcome/end", next=target).location == "/circles"
        assert "evil" not in fays.get(f"/welcome/circles?next={target}").text

    def test_looking_at_it_changes_nothing(self, fays):
        fays.get("/welcome")
        assert not queries.is_welcomed(community.account("fay@site.example").id)

    def test_a_mailbox_an_employer_may_read_is_warned_of(self, fays):
        for page in ("/welcome", "/welcome/circles"):
            assert "mailbox your employer can read" in fays.get(page).text
        community.has_mailbox(community.account("fay@site.example"))
        for page in ("/welcome", "/welcome/circles"):
            assert "mailbox your employer can read" not in fays.get(page).text

    def test_nothing_leads_away_from_what_is_being_typed(self, fays):
        page = fays.get("/welcome").text.split("<main")[1].split("</main")[0]
        assert re.findall(r'<a [^>]*href="/settings', page) == []

    def test_the_way_to_say_whose_mailbox_it_is_leads_back(self, fays):
        (way,) = re.findall(
            r'href="(/settings/address[?][^"]*)"', fays.get("/welcome/circles").text
        )
        assert fays.post(way, kind="personal", current=PASSWORD).location == "/welcome/circles"

    def test_a_city_gives_the_times_that_are_shown(self, fays, held_clock):
        retail = community.circle("retail")
        topic = community.topic(community.person("Ben"), retail)
        shown = [fays.get(f"/t/{topic}").text]
        fays.post("/welcome", time_zone="Tokyo")
        shown.append(fays.get(f"/t/{topic}").text)
        here = clock.now()
        there = here.astimezone(ZoneInfo("Asia/Tokyo"))
        for page, moment in zip(shown, (here, there), strict=True):
            assert f"{moment:%H:%M}" in page
            assert f'datetime="{here:%Y-%m-%dT%H:%M}' in page

    def test_what_was_typed_is_not_lost_over_a_mistake(self, fays):
        answer = fays.post("/welcome", trying="Lids", languages="Quux", time_zone="Lisbon")
        assert answer.status_code == 422
        for words in ("Lids", "Quux", "Lisbon", "no language called"):
            assert words in answer.text

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            *(("trying", "x" * 1_001), ("part", "boss"), ("industry", "Z"), ("region", "999")),
            *(("met", "dragons"), ("company_size", "tiny"), ("rhythm", "hourly")),
        ],
    )
    def test_what_cannot_be_is_refused(self, fays, field, value):
        assert fays.post("/welcome", **{field: value}).status_code == 422

    def test_what_was_told_is_shown_again_in_the_settings(self, fays):
        fays.post("/welcome", trying="Lids", languages="Portuguese", met="legal", rhythm="weekly")
        page = fays.get("/settings/profile").text
        assert "Lids" in page
        assert 'value="Portuguese"' in page
        assert re.search(r'<input checked[^>]* name="met"[^>]* value="legal"', page)
        assert "checked" in fays.get("/settings/mail").text
