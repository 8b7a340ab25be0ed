from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts.queries import wants_updates
from forum.cli import demo_seed
from forum.cli.demo import content
from forum.cli.demo.community import Community, Membership, Person, Reply, Topic
from forum.cli.demo_seed import PASSWORD
from forum.core import clock
from forum.core.db import db
from forum.discussions import queries
from forum.discussions.queries import Ask, thread
from forum.employments import queries as employments
from forum.models.accounts import AddressKind, User
from forum.policy.viewer import GUEST
from tests.accounts.conftest import account_of
from tests.cli.outbox import command
from tests.support import community

DAY = timedelta(days=1)
SMALL = Community(
    people=(
        Person("ana", "Ana", "aim", "role", "Northwind", (Membership("retail"),)),
        Person(
            "dora", "Dora", "aim", "role", "Fabrikam", (Membership("retail", True),), letters=True
        ),
        Person("staff", "Sam", "aim", "role", "Cahoots", ()),
    ),
    circles=(),
    topics=(
        Topic(
            "retail",
            "ana",
            "Pilots that never end",
            "How do *yours* end?",
            10 * DAY,
            (Reply("dora", "Late.", 0, 5 * DAY), Reply("ana", "Early.", 0, DAY)),
            pinned=True,
        ),
    ),
)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """The real community has tests of its own; this one is made in a moment."""
    monkeypatch.setattr(content, "load", lambda: SMALL)


def people() -> list[str]:
    db.session.rollback()
    return list(db.session.execute(select(User.name).order_by(User.name)).scalars())


class TestRefusals:
    def test_in_production_there_is_no_demo(self, app, app_context):
        app.config["DEVELOPMENT"] = False
        done = command(app, "demo", "seed")
        assert done.exit_code == 1
        assert "development only" in done.output
        assert people() == []

    def test_nor_if_empty(self, app, app_context):
        app.config["DEVELOPMENT"] = False
        assert command(app, "demo", "seed", "--if-empty").exit_code == 1
        assert people() == []

    def test_a_site_with_an_account_gets_none(self, app, app_context):
        community.person("Kim")
        done = command(app, "demo", "seed")
        assert done.exit_code == 1
        assert "accounts already" in done.output
        assert people() == ["Kim"]

    def test_if_empty_says_nothing_of_it(self, app, app_context):
        community.person("Kim")
        done = command(app, "demo", "seed", "--if-empty")
        assert (done.exit_code, done.output) == (0, "")
        assert people() == ["Kim"]

    def test_a_second_time_adds_nothing(self, app, app_context):
        command(app, "demo", "seed")
        assert command(app, "demo", "seed").exit_code == 1
        assert len(people()) == 3

    def test_broken_off_half_way_nothing_is_there(self, app, app_context, monkeypatch):
        def broken(*_args) -> None:
            raise RuntimeError

        monkeypatch.setattr(demo_seed._Seeding, "_topic", broken)
        assert command(app, "demo", "seed").exit_code == 1
        assert people() == []


class TestWhatIsThere:
    @pytest.fixture(autouse=True)
    def _seeded(self, app, held_clock, app_context):
        assert command(app, "demo", "seed").exit_code == 0

    def test_everybody_can_sign_in_with_the_password_of_the_readme(self):
        assert PASSWORD == "demo-password"
        for name in ("ana", "dora", "staff"):
            assert accounts.sign_in(f"{name}@demo.example", PASSWORD, "192.0.2")

    def test_staff_are_staff_and_moderators_moderate(self):
        assert account_of("staff@demo.example").is_staff
        assert not account_of("ana@demo.example").is_staff
        (mine,) = community.viewer(account_of("dora@demo.example")).circles
        assert (mine.slug, mine.moderator) == ("retail", True)

    def test_everybody_is_verified_where_they_work(self):
        (mine,) = employments.employments(community.viewer(account_of("ana@demo.example")))
        assert (mine.name, mine.domain) == ("Northwind", "northwind.example")
        assert employments.next_change_on(community.viewer(account_of("ana@demo.example"))) is None

    def test_everybody_has_a_mailbox_of_their_own_and_who_wants_letters_gets_some(self):
        dora, ana = (
            community.viewer(account_of(f"{name}@demo.example")) for name in ("dora", "ana")
        )
        assert employments.address_kind(dora) is AddressKind.PERSONAL
        assert wants_updates(dora)
        assert not wants_updates(ana)

    def test_the_conversation_stands_where_it_should(self):
        (topic,) = queries.newest_open_topics()
        page = thread(GUEST, topic, Ask())
        assert [post.byline.name for post in page.posts] == ["Ana", "Ana", "Dora"]
        assert page.posts[0].html == "<p>How do <em>yours</em> end?</p>"
        assert page.topic.at == clock.now() - 10 * DAY
        assert page.topic.pinned

    def test_who_wrote_has_read_up_to_there(self):
        (topic,) = queries.newest_open_topics()
        ana = community.viewer(account_of("ana@demo.example"))
        page = thread(ana, topic, Ask())
        assert [post.byline.name for post in page.posts if post.is_new] == ["Dora"]
