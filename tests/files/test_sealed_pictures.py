"""Pictures of private spaces: sealed, seen with their post and nowhere else, erased with it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from forum.core import clock, ids
from forum.core.db import Base, db, transaction
from forum.core.errors import NotThere, TooOften
from forum.core.seal import Unopenable
from forum.discussions import actions
from forum.discussions.queries.posts import post_for
from forum.files import child, finding, pictures, sealing
from forum.files.finding import PictureGone, TooManyPictures, picture_for
from forum.files.sealing import PicturesOnly, TooManyWaiting
from forum.models.discussions import Post
from forum.models.files import SealedPicture, StoredFile, WaitingPicture
from forum.models.spaces import TopicKey
from forum.policy import limits
from forum.policy.visible import Reason, unscoped
from forum.spaces import departing, life, shuffling
from forum.spaces.queries import space_for
from tests.files import hostile
from tests.support import workplaces
from tests.support.space_people import Space

EMPLOYERS = {"Ana": "Northwind", "Ben": "Northwind", "Cem": "Contoso", "Dora": "Fabrikam"}
SHOWN = re.compile(r'src="/files/([2-9a-z]{24})"')


@dataclass
class Scene:
    space: Space

    def add(self, who: str, content: bytes = b"") -> str:
        """The public id of a picture of theirs that waits."""
        with self.space.app.app_context():
            viewer = self.space.viewer(who)
            here = space_for(viewer, self.space.public_id)
            kept = sealing.keep(viewer, here.id, here.voice, BytesIO(content or hostile.picture()))
            return kept.public_id

    def tell(self, who: str, *waiting: str) -> str:
        return self.space.tell(who, "It failed", text_of(*waiting))

    def shown(self, who: str, post: str) -> list[str]:
        """Which pictures a post's page shows them."""
        return SHOWN.findall(self.space.client(who).get(f"/p/{post}").text)

    def status(self, who: str, picture: str) -> int:
        return self.space.client(who).get(f"/files/{picture}").status_code


@pytest.fixture
def scene(app, held_clock) -> Scene:
    limits._in_memory.clear()
    return Scene(Space.founded(app, EMPLOYERS))


def text_of(*pictures_: str) -> str:
    return "It failed.\n\n" + "\n\n".join(f"![A chart](/files/{each})" for each in pictures_)


def count(table: type[Base]) -> int:
    found = db.session.execute(
        unscoped(select(func.count()).select_from(table), Reason.TIDY)
    ).scalar_one()
    db.session.rollback()
    return found


def counts() -> tuple[int, int]:
    """How many wait, and how many are in posts."""
    return count(WaitingPicture), count(SealedPicture)


class TestWhoSeesIt:
    def test_before_it_is_posted_only_who_added_it(self, scene):
        added = scene.add("Ana")
        assert scene.status("Ana", added) == 200
        assert [scene.status(who, added) for who in ("Ben", "Cem")] == [404, 404]
        assert scene.space.app.test_client().get(f"/files/{added}").status_code == 404

    def test_in_a_post_whoever_may_see_the_post(self, scene):
        post = scene.tell("Ana", scene.add("Ana"))
        (picture,) = scene.shown("Cem", post)
        assert [scene.status(who, picture) for who in ("Ana", "Cem", "Dora")] == [200] * 3

    def test_not_a_colleague_nor_a_guest_nor_the_circle(self, scene):
        scene.space.come("Eva", "Litware")
        (picture,) = scene.shown("Ana", scene.tell("Ana", scene.add("Ana")))
        assert [scene.status(who, picture) for who in ("Ben", "Eva")] == [404, 404]
        assert scene.space.app.test_client().get(f"/files/{picture}").status_code == 404

    def test_whoever_left_the_space_sees_none(self, scene):
        (picture,) = scene.shown("Ana", scene.tell("Ana", scene.add("Ana")))
        added = scene.add("Dora")
        scene.space.leave("Dora")
        assert [scene.status("Dora", each) for each in (picture, added)] == [404, 404]

    def test_of_a_hidden_post_its_writer_and_moderators(self, scene):
        scene.space.appoint("Dora")
        told = scene.space.tell("Ana", "It failed", "We failed.")
        post = scene.space.reply("Ana", told, text_of(scene.add("Ana")))
        (picture,) = scene.shown("Ana", post)
        scene.space.hide("Dora", post)
        assert [scene.status(who, picture) for who in ("Ana", "Dora", "Cem")] == [200, 200, 404]

    def test_of_a_hidden_topic_its_opener_and_moderators(self, scene):
        scene.space.appoint("Dora")
        told = scene.space.tell("Ana", "It failed", "We failed.")
        post = scene.space.reply("Cem", told, text_of(scene.add("Cem")))
        (picture,) = scene.shown("Ana", post)
        scene.space.hide("Dora", told)
        for who, status in {"Ana": 200, "Dora": 200, "Cem": 404}.items():
            assert scene.space.client(who).get(f"/p/{post}").status_code == status
            assert scene.status(who, picture) == status

    def test_their_own_also_after_a_change_of_employers(self, scene):
        post = scene.tell("Cem", scene.add("Cem"))
        (picture,) = scene.shown("Cem", post)
        with scene.space.app.app_context():
            workplaces.works_for(scene.space.people["Cem"], "Tailspin", "tailspin.example")
        assert scene.space.client("Cem").get(f"/p/{post}").status_code == 404
        mine = scene.space.client("Cem").get(f"/s/{scene.space.public_id}/mine").text
        assert SHOWN.findall(mine) == [picture]
        assert scene.status("Cem", picture) == 200

    def test_others_not_after_a_change_of_employers(self, scene):
        (picture,) = scene.shown("Ana", scene.tell("Ana", scene.add("Ana")))
        with scene.space.app.app_context():
            workplaces.works_for(scene.space.people["Cem"], "Tailspin", "tailspin.example")
        assert scene.status("Cem", picture) == 404

    def test_refused_is_the_same_as_not_there(self, scene):
        (posted,) = scene.shown("Ana", scene.tell("Ana", scene.add("Ana")))
        ben, token = scene.space.client("Ben"), re.compile(r'csrf_token" value="[^"]*')
        answers = [ben.get(f"/files/{each}") for each in (posted, scene.add("Ana"), "z" * 24)]
        seen = {
            (
                each.status_code,
                str([pair for pair in each.headers if pair[0] != "Set-Cookie"]),
                token.sub("", each.text),
            )
            for each in answers
        }
        assert len(seen) == 1

    def test_it_is_kept_in_no_cache(self, scene):
        (picture,) = scene.shown("Ana", scene.tell("Ana", scene.add("Ana")))
        got = scene.space.client("Cem").get(f"/files/{picture}")
        assert got.headers["Cache-Control"] == "no-store"
        assert got.headers["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in got.headers
        assert got.mimetype == "image/webp"
        assert scene.space.public_id not in f"{got.headers}"


class TestTakingIn:
    def test_it_is_made_new_and_small(self, scene):
        noise = Image.effect_noise((2_000, 1_500), 90).convert("RGB")
        noise.save(file := BytesIO(), "JPEG", quality=95)
        content = scene.space.client("Ana").get(f"/files/{scene.add('Ana', file.getvalue())}").data
        assert len(content) <= child.SMALL.written_bytes
        with Image.open(BytesIO(content)) as made:
            assert made.format == "WEBP"
            assert max(made.size) <= child.SMALL.side
            assert not made.getexif()

    def test_a_screen_stays_exact(self, scene):
        screen = Image.new("RGB", (1_280, 720), "white")
        screen.paste("navy", (100, 100, 400, 300))
        screen.save(file := BytesIO(), "PNG")
        content = scene.space.client("Ana").get(f"/files/{scene.add('Ana', file.getvalue())}").data
        with Image.open(BytesIO(content)) as made:
            assert list(made.convert("RGB").getdata()) == list(screen.getdata())

    def test_a_pdf_is_refused(self, scene):
        with pytest.raises(PicturesOnly):
            scene.add("Ana", b"%PDF-1.7\n" + bytes(100))

    def test_nothing_is_put_into_the_storage_or_named(self, scene):
        scene.tell("Ana", scene.add("Ana"))
        with scene.space.app.app_context():
            assert count(StoredFile) == 0

    def test_how_often_is_counted_in_memory(self, scene, monkeypatch):
        monkeypatch.setattr(limits, "UPLOAD", limits.Limit("up", 1, *[timedelta(hours=1)] * 3))
        scene.add("Ana")
        with pytest.raises(TooOften):
            scene.add("Ana")

    def test_so_many_wait_and_no_more(self, scene, monkeypatch):
        monkeypatch.setattr(sealing, "MOST_WAITING", 2)
        for _each in range(2):
            scene.add("Ana")
        scene.add("Cem")
        with pytest.raises(TooManyWaiting):
            scene.add("Ana")


class TestAtRest:
    def test_it_is_filled_up_to_few_sizes(self, scene):
        scene.add("Ana")
        noise = Image.effect_noise((600, 600), 90).convert("RGB")
        noise.save(file := BytesIO(), "JPEG", quality=95)
        scene.add("Ana", file.getvalue())
        scene.tell("Cem", scene.add("Cem"))
        around = 28
        sizes = set()
        with scene.space.app.app_context():
            for table in (WaitingPicture, SealedPicture):
                rows = db.session.execute(unscoped(select(table.sealed), Reason.TIDY)).scalars()
                sizes |= {len(sealed) - around for sealed in rows}
        assert sizes <= set(sealing._SIZES)
        assert len(sizes) > 1

    def test_each_has_a_seat_of_its_own(self, scene):
        for _each in range(3):
            scene.add("Ana")
        with scene.space.app.app_context():
            seats = unscoped(select(WaitingPicture.seat), Reason.TIDY)
            assert len(set(db.session.execute(seats).scalars())) == 3

    def test_posted_it_has_another_id_and_address(self, scene):
        added = scene.add("Ana")
        with scene.space.app.app_context():
            (before,) = db.session.execute(
                unscoped(select(WaitingPicture.id), Reason.TIDY)
            ).scalars()
        (picture,) = scene.shown("Ana", scene.tell("Ana", added))
        assert picture != added
        with scene.space.app.app_context():
            row = db.session.execute(
                unscoped(select(SealedPicture.id, SealedPicture.public_id), Reason.TIDY)
            ).one()
        assert row.public_id == picture
        assert row.id != before
        assert scene.status("Ana", added) == 404

    def test_with_the_key_of_another_topic_it_does_not_open(self, scene):
        post = scene.tell("Ana", scene.add("Ana"))
        other = scene.space.tell("Ana", "Again", "And again.")
        with scene.space.app.app_context():
            row = db.session.execute(unscoped(select(SealedPicture), Reason.TIDY)).scalar_one()
            viewer = scene.space.viewer("Ana")
            key = post_for(viewer, post).voice.key
            assert key.open(finding.PICTURE, row.id, row.sealed)[:4] == b"RIFF"
            with pytest.raises(Unopenable):
                post_for(viewer, other).voice.key.open(finding.PICTURE, row.id, row.sealed)

    def test_the_shuffle_keeps_every_one(self, scene):
        post, waiting = scene.tell("Ana", scene.add("Ana"), scene.add("Ana")), scene.add("Cem")
        shown = scene.shown("Cem", post)
        with scene.space.app.app_context():
            tables = {rows.table.name for rows in shuffling.parts()}
            assert {"waiting_picture", "sealed_picture"} <= tables
            shuffling.shuffle()
        assert len(shown) == 2
        assert [scene.status("Dora", each) for each in shown] == [200, 200]
        assert scene.status("Cem", waiting) == 200


class TestPosting:
    def test_a_reply_carries_it(self, scene):
        told = scene.space.tell("Ana", "It failed", "We failed.")
        post = scene.space.reply("Cem", told, text_of(scene.add("Cem")))
        (picture,) = scene.shown("Ana", post)
        assert scene.status("Ana", picture) == 200
        with scene.space.app.app_context():
            assert counts() == (0, 1)

    def test_no_address_says_where_it_is(self, scene):
        post = scene.tell("Ana", scene.add("Ana"))
        (picture,) = scene.shown("Cem", post)
        assert post not in picture
        assert scene.space.public_id not in picture

    def test_anothers_is_refused(self, scene):
        with pytest.raises(PictureGone):
            scene.tell("Cem", scene.add("Ana"))
        (picture,) = scene.shown("Ana", scene.tell("Ana", scene.add("Ana")))
        with pytest.raises(PictureGone):
            scene.tell("Cem", picture)

    def test_of_a_circle_too(self, scene):
        with pytest.raises(PictureGone):
            scene.tell("Ana", ids.file_id())

    def test_a_sealed_one_is_not_shown_in_a_circle(self, scene):
        added = scene.add("Ana")
        with scene.space.app.app_context():
            viewer = scene.space.viewer("Ana")
            post = actions.post_topic(viewer, "retail", "A title", text_of(added), "n" * 22)
        assert SHOWN.findall(scene.space.client("Ana").get(f"/p/{post.public_id}").text) == []

    def test_no_more_than_five(self, scene):
        with pytest.raises(TooManyPictures):
            scene.tell("Ana", *(scene.add("Ana") for _each in range(6)))

    def test_sent_twice_it_is_posted_once(self, scene):
        added = scene.add("Ana")
        with scene.space.app.app_context():
            viewer, head = scene.space.viewer("Ana"), actions.Head("It failed")
            for text in (text_of(added), "It failed."):
                posted = actions.post_topic_in_space(
                    viewer, scene.space.public_id, head, text, "n" * 22, looked=True
                )
            assert counts() == (0, 1)
        assert len(scene.shown("Ana", posted.public_id)) == 1


class TestErasing:
    def test_with_its_post(self, scene):
        post = scene.tell("Ana", scene.add("Ana"))
        (picture,) = scene.shown("Ana", post)
        scene.space.remove("Ana", post)
        assert scene.status("Ana", picture) == 404
        with scene.space.app.app_context():
            assert counts() == (0, 0)

    def test_when_an_edit_drops_it_and_only_then(self, scene):
        post = scene.tell("Ana", scene.add("Ana"), scene.add("Ana"))
        one, other = scene.shown("Ana", post)
        scene.space.edit("Ana", post, text_of(one), "It failed")
        assert scene.shown("Cem", post) == [one]
        assert [scene.status("Cem", each) for each in (one, other)] == [200, 404]
        with scene.space.app.app_context():
            assert counts() == (0, 1)

    def test_an_edit_can_add_one(self, scene):
        post = scene.tell("Ana", scene.add("Ana"))
        (one,) = scene.shown("Ana", post)
        scene.space.edit("Ana", post, text_of(one, scene.add("Ana")), "It failed")
        shown = scene.shown("Cem", post)
        assert shown[0] == one
        assert [scene.status("Cem", each) for each in shown] == [200, 200]

    def test_with_its_topic(self, scene):
        scene.tell("Ana", scene.add("Ana"))
        with scene.space.app.app_context():
            with transaction() as session:
                session.execute(update(TopicKey).values(erases_on=clock.today()))
            life.erase_due()
            assert counts() == (0, 0)

    def test_what_is_never_posted_after_two_days(self, scene, held_clock):
        scene.add("Ana")
        with scene.space.app.app_context():
            for days, left in ((2, 1), (1, 0)):
                held_clock.forward(days=days)
                life.erase_due()
                assert count(WaitingPicture) == left

    def test_with_the_posts_of_whoever_closed_their_account(self, scene, held_clock):
        scene.tell("Ana", scene.add("Ana"))
        with scene.space.app.app_context():
            departing.depart(scene.space.people["Ana"].id)
            held_clock.forward(days=departing.NIGHTS)
            assert departing.erase_some() == 1
            assert counts() == (0, 0)

    def test_rendered_anew_a_post_still_shows_it(self, scene):
        post = scene.tell("Ana", scene.add("Ana"))
        shown = scene.shown("Ana", post)
        with scene.space.app.app_context(), transaction() as session:
            session.execute(update(Post).values(render_version=0))
        runner = scene.space.app.test_cli_runner()
        assert "1 rendered" in runner.invoke(args=["posts", "render"]).output
        assert scene.shown("Ana", post) == shown


def test_a_page_of_words_asks_no_more_statements(scene):
    with scene.space.app.app_context():
        assert finding.found_in(scene.space.viewer("Ana"), "Only words.") == []


def test_nobody_signed_in_finds_none(scene):
    from forum.policy.viewer import GUEST

    with scene.space.app.app_context(), pytest.raises(NotThere):
        picture_for(GUEST, "z" * 24)


def test_the_small_measure_fits_the_largest_size():
    assert child.SMALL.written_bytes + 4 <= max(sealing._SIZES)
    assert pictures.checked(hostile.picture("WEBP"), child.SMALL)
