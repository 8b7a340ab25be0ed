"""Pictures of private spaces are made new and small, kept sealed, and carried by one post."""

from contextlib import nullcontext
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from sqlalchemy import func, select

from forum.core import ids
from forum.core.db import db
from forum.core.errors import TooOften
from forum.core.seal import Unopenable
from forum.discussions import actions
from forum.discussions.queries.posts import post_for
from forum.files import child, pictures, storage
from forum.files.actions import PictureGone, PicturesOnly, sealing
from forum.files.queries import TooManyPictures
from forum.models.files import SealedPicture, StoredFile, WaitingPicture
from forum.policy import limits
from forum.policy.unsealing import PICTURE
from forum.policy.visible import Reason, unscoped
from forum.spaces import shuffling
from tests.files.sealed import SHOWN, text_of
from tests.support.together import at_once

AROUND = 28
"""Bytes that sealing adds."""


def rows(*columns):
    return db.session.execute(unscoped(select(*columns), Reason.SET_UP)).all()


def drawn(picture: Image.Image, kind: str = "PNG") -> bytes:
    picture.save(file := BytesIO(), kind)
    return file.getvalue()


def noise(*size: int) -> bytes:
    """Nothing is harder to make small."""
    return drawn(Image.effect_noise(size, 90).convert("RGB"), "JPEG")


def kept(sealed, content: bytes) -> Image.Image:
    got = sealed.space.client("Ana").get(f"/files/{sealed.add('Ana', content)}").data
    assert len(got) <= child.SMALL.written_bytes
    return Image.open(BytesIO(got))


class TestTakingIn:
    def test_it_is_made_new_and_small(self, sealed):
        made = kept(sealed, noise(2_000, 1_500))
        assert made.format == "WEBP"
        assert max(made.size) <= child.SMALL.side
        assert not made.getexif()

    def test_a_screen_stays_exact(self, sealed):
        screen = Image.new("RGB", (1_280, 720), "white")
        screen.paste("navy", (100, 100, 400, 300))
        made = kept(sealed, drawn(screen)).convert("RGB")
        assert ImageChops.difference(made, screen).getbbox() is None

    def test_a_pdf_is_refused(self, sealed):
        with pytest.raises(PicturesOnly):
            sealed.add("Ana", b"%PDF-1.7\n" + bytes(100))

    def test_nothing_is_put_into_the_storage(self, sealed):
        sealed.told_with_one()
        sealed.add("Ana")
        with sealed.space.app.app_context():
            assert rows(func.count(StoredFile.id)) == [(0,)]
        assert list(storage.storage().walk()) == []

    @pytest.mark.parametrize("name", ["UPLOAD", "PICTURE"])
    def test_how_many_is_counted_in_memory_for_each_member(self, sealed, monkeypatch, name):
        monkeypatch.setattr(limits, name, limits.Limit(name, 2, *[timedelta(hours=1)] * 3))
        for _each in range(2):
            sealed.add("Ana")
        with pytest.raises(TooOften):
            sealed.add("Ana")
        sealed.add("Cem")
        assert sealed.counts() == (3, 0)

    def test_not_one_more_when_they_come_at_the_same_instant(self, sealed, monkeypatch):
        monkeypatch.setattr(limits, "PICTURE", limits.Limit("few", 2, *[timedelta(hours=1)] * 3))
        monkeypatch.setattr(pictures, "only_one_of", lambda _user_id: nullcontext())
        at_once(sealed.space.app, *[lambda: sealed.add("Ana")] * 4)
        assert sealed.counts() == (2, 0)


class TestAtRest:
    def test_it_is_filled_up_to_few_sizes(self, sealed):
        sealed.add("Ana")
        sealed.add("Ana", noise(600, 600))
        sealed.told_with_one("Cem")
        with sealed.space.app.app_context():
            found = [*rows(WaitingPicture.sealed), *rows(SealedPicture.sealed)]
        sizes = {len(row.sealed) - AROUND for row in found}
        assert sizes <= set(sealing._SIZES)
        assert len(sizes) > 1

    def test_the_small_measure_fits_the_largest_size(self):
        assert child.SMALL.written_bytes + 4 <= max(sealing._SIZES)

    def test_each_that_waits_has_a_seat_of_its_own(self, sealed):
        for _each in range(3):
            sealed.add("Ana")
        with sealed.space.app.app_context():
            assert len(set(rows(WaitingPicture.seat))) == 3

    def test_posted_it_has_another_id_and_address(self, sealed):
        added = sealed.add("Ana")
        with sealed.space.app.app_context():
            ((before,),) = rows(WaitingPicture.id)
        (picture,) = sealed.shown("Ana", sealed.tell("Ana", added))
        assert picture != added
        with sealed.space.app.app_context():
            ((row_id, public_id),) = rows(SealedPicture.id, SealedPicture.public_id)
        assert public_id == picture
        assert row_id != before
        assert sealed.status("Ana", added) == 404

    def test_with_the_key_of_another_topic_it_does_not_open(self, sealed):
        post, _picture = sealed.told_with_one()
        other = sealed.space.tell("Ana", "Again", "And again.")
        with sealed.space.app.app_context():
            ((row_id, held),) = rows(SealedPicture.id, SealedPicture.sealed)
            viewer = sealed.space.viewer("Ana")
            assert post_for(viewer, post).voice.key.open(PICTURE, row_id, held)[:4] == b"RIFF"
            with pytest.raises(Unopenable):
                post_for(viewer, other).voice.key.open(PICTURE, row_id, held)

    def test_the_shuffle_keeps_every_one(self, sealed):
        post, waiting = sealed.tell("Ana", sealed.add("Ana"), sealed.add("Ana")), sealed.add("Cem")
        shown = sealed.shown("Cem", post)
        with sealed.space.app.app_context():
            tables = {rows.table.name for rows in shuffling.parts()}
            assert {"waiting_picture", "sealed_picture"} <= tables
            shuffling.shuffle()
        assert len(shown) == 2
        assert [sealed.status("Dora", each) for each in shown] == [200, 200]
        assert sealed.status("Cem", waiting) == 200


class TestPosting:
    def test_a_reply_carries_it(self, sealed):
        told = sealed.space.tell("Ana", "It failed", "We failed.")
        post = sealed.space.reply("Cem", told, text_of(sealed.add("Cem")))
        (picture,) = sealed.shown("Ana", post)
        assert sealed.status("Ana", picture) == 200
        assert sealed.counts() == (0, 1)

    def test_anothers_is_refused_whether_it_waits_or_is_posted(self, sealed):
        with pytest.raises(PictureGone):
            sealed.tell("Cem", sealed.add("Ana"))
        _post, picture = sealed.told_with_one()
        with pytest.raises(PictureGone):
            sealed.tell("Cem", picture)

    def test_so_is_one_of_another_post_of_ones_own(self, sealed):
        """Else two names would show one picture."""
        _post, picture = sealed.told_with_one()
        with pytest.raises(PictureGone):
            sealed.tell("Ana", picture)

    def test_and_one_that_is_not_there(self, sealed):
        with pytest.raises(PictureGone):
            sealed.tell("Ana", ids.file_id())
        assert sealed.counts() == (0, 0)

    def test_a_sealed_one_is_not_shown_in_a_circle(self, sealed):
        added = sealed.add("Ana")
        with sealed.space.app.app_context():
            viewer = sealed.space.viewer("Ana")
            post = actions.post_topic(viewer, "retail", "A title", text_of(added), "n" * 22)
        assert SHOWN.findall(sealed.space.client("Ana").get(f"/p/{post.public_id}").text) == []

    def test_no_more_than_five(self, sealed):
        with pytest.raises(TooManyPictures):
            sealed.tell("Ana", *(sealed.add("Ana") for _each in range(6)))

    def test_a_form_sent_twice_is_posted_once(self, sealed):
        text = text_of(sealed.add("Ana"))
        with sealed.space.app.app_context():
            viewer, head = sealed.space.viewer("Ana"), actions.Head("It failed")
            posted = [
                actions.post_topic_in_space(
                    viewer, sealed.space.public_id, head, text, "n" * 22, looked=True
                ).public_id
                for _each in range(2)
            ]
        assert posted[0] == posted[1]
        assert sealed.counts() == (0, 1)
        assert len(sealed.shown("Ana", posted[0])) == 1
