"""A picture of a private space goes with its post, and when nobody posts it."""

from sqlalchemy import update

from forum.core import clock
from forum.core.db import transaction
from forum.models.discussions import Post
from forum.models.spaces import TopicKey
from forum.spaces import departing, life
from tests.files.sealed import text_of


class TestErasing:
    def test_with_its_post(self, sealed):
        post, picture = sealed.told_with_one()
        sealed.space.remove("Ana", post)
        assert sealed.status("Ana", picture) == 404
        assert sealed.counts() == (0, 0)

    def test_when_an_edit_drops_it_and_only_then(self, sealed):
        post = sealed.tell("Ana", sealed.add("Ana"), sealed.add("Ana"))
        one, other = sealed.shown("Ana", post)
        sealed.space.edit("Ana", post, text_of(one), "It failed")
        assert sealed.shown("Cem", post) == [one]
        assert [sealed.status("Cem", each) for each in (one, other)] == [200, 404]
        assert sealed.counts() == (0, 1)

    def test_an_edit_can_add_one(self, sealed):
        post, one = sealed.told_with_one()
        sealed.space.edit("Ana", post, text_of(one, sealed.add("Ana")), "It failed")
        shown = sealed.shown("Cem", post)
        assert shown[0] == one
        assert [sealed.status("Cem", each) for each in shown] == [200, 200]

    def test_with_its_topic(self, sealed):
        sealed.told_with_one()
        with sealed.space.app.app_context():
            with transaction() as session:
                session.execute(update(TopicKey).values(erases_on=clock.today()))
            life.erase_due()
        assert sealed.counts() == (0, 0)

    def test_what_is_never_posted_after_two_days(self, sealed, held_clock):
        sealed.add("Ana")
        for days, left in ((2, 1), (1, 0)):
            held_clock.forward(days=days)
            with sealed.space.app.app_context():
                life.erase_due()
            assert sealed.counts() == (left, 0)

    def test_all_of_whoever_closed_their_account(self, sealed, held_clock):
        sealed.told_with_one()
        sealed.add("Ana")
        with sealed.space.app.app_context():
            departing.depart(sealed.space.people["Ana"].id)
            held_clock.forward(days=departing.NIGHTS)
            assert departing.erase_some() == 1
            life.erase_due()
        assert sealed.counts() == (0, 0)


def test_rendered_anew_a_post_still_shows_it(sealed):
    post, picture = sealed.told_with_one()
    with sealed.space.app.app_context(), transaction() as session:
        session.execute(update(Post).values(render_version=0))
    runner = sealed.space.app.test_cli_runner()
    assert "1 rendered" in runner.invoke(args=["posts", "render"]).output
    assert sealed.shown("Ana", post) == [picture]
