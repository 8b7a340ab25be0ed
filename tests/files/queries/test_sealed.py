"""A picture of a private space is seen with its post, and nowhere else."""

import base64
import re
from io import BytesIO

import pytest
from sqlalchemy import select, update

from forum.core.db import db, transaction
from forum.core.errors import NotThere
from forum.files.actions import keep_sealed
from forum.files.queries import picture_for, pictures_in
from forum.models.circles import Role
from forum.models.files import SealedPicture
from forum.models.spaces import TopicKey
from forum.policy.viewer import GUEST
from forum.policy.visible import Reason, unscoped
from forum.spaces.queries import space_for
from forum.spaces.reports import take_as_guardian
from tests.files import hostile
from tests.files.sealed import SHOWN, text_of
from tests.support import spaces, workplaces
from tests.support.statements import counted_statements
from tests.support.watched import GUARDIANS, build


class TestWhoSeesIt:
    def test_before_it_is_posted_only_who_added_it(self, sealed):
        added = sealed.add("Ana")
        assert sealed.status("Ana", added) == 200
        assert [sealed.status(who, added) for who in ("Ben", "Cem")] == [404, 404]
        assert sealed.space.app.test_client().get(f"/files/{added}").status_code == 404

    def test_in_a_post_whoever_may_see_the_post(self, sealed):
        post, picture = sealed.told_with_one()
        assert sealed.shown("Cem", post) == [picture]
        assert [sealed.status(who, picture) for who in ("Ana", "Cem", "Dora")] == [200] * 3

    def test_not_a_colleague_nor_a_guest_nor_the_circle(self, sealed):
        sealed.space.come("Fay", "Wingtip")
        _post, picture = sealed.told_with_one()
        assert [sealed.status(who, picture) for who in ("Ben", "Fay")] == [404, 404]
        assert sealed.space.app.test_client().get(f"/files/{picture}").status_code == 404

    def test_whoever_left_the_space_sees_none(self, sealed):
        _post, picture = sealed.told_with_one()
        added = sealed.add("Dora")
        sealed.space.leave("Dora")
        assert [sealed.status("Dora", each) for each in (picture, added)] == [404, 404]

    def test_of_a_hidden_post_its_writer_and_moderators(self, sealed):
        sealed.space.appoint("Dora")
        told = sealed.space.tell("Ana", "It failed", "We failed.")
        post = sealed.space.reply("Ana", told, text_of(sealed.add("Ana")))
        (picture,) = sealed.shown("Ana", post)
        sealed.space.hide("Dora", post)
        assert [sealed.status(who, picture) for who in ("Ana", "Dora", "Cem")] == [200, 200, 404]

    def test_of_a_hidden_topic_its_opener_and_moderators_as_the_post(self, sealed):
        sealed.space.appoint("Dora")
        told = sealed.space.tell("Ana", "It failed", "We failed.")
        post = sealed.space.reply("Cem", told, text_of(sealed.add("Cem")))
        (picture,) = sealed.shown("Ana", post)
        sealed.space.hide("Dora", told)
        for who, status in {"Ana": 200, "Dora": 200, "Eva": 404}.items():
            assert sealed.space.client(who).get(f"/p/{post}").status_code == status
            assert sealed.status(who, picture) == status

    def test_of_their_own_post_in_a_hidden_topic_its_writer(self, sealed):
        """As they find it among all they have written there."""
        sealed.space.appoint("Dora")
        told = sealed.space.tell("Ana", "It failed", "We failed.")
        post = sealed.space.reply("Cem", told, text_of(sealed.add("Cem")))
        (picture,) = sealed.shown("Cem", post)
        sealed.space.hide("Dora", told)
        mine = sealed.space.client("Cem").get(f"/s/{sealed.space.public_id}/mine").text
        assert SHOWN.findall(mine) == [picture]
        assert sealed.status("Cem", picture) == 200

    def test_their_own_also_after_a_change_of_employers(self, sealed):
        post, picture = sealed.told_with_one("Cem")
        with sealed.space.app.app_context():
            workplaces.works_for(sealed.space.people["Cem"], "Tailspin", "tailspin.example")
        assert sealed.space.client("Cem").get(f"/p/{post}").status_code == 404
        mine = sealed.space.client("Cem").get(f"/s/{sealed.space.public_id}/mine").text
        assert SHOWN.findall(mine) == [picture]
        assert sealed.status("Cem", picture) == 200

    def test_others_not_after_a_change_of_employers(self, sealed):
        _post, picture = sealed.told_with_one()
        with sealed.space.app.app_context():
            workplaces.works_for(sealed.space.people["Cem"], "Tailspin", "tailspin.example")
        assert sealed.status("Cem", picture) == 404

    def test_refused_is_the_same_as_not_there(self, sealed):
        _post, posted = sealed.told_with_one()
        ben, token = sealed.space.client("Ben"), re.compile(r'csrf_token" value="[^"]*')
        answers = [ben.get(f"/files/{each}") for each in (posted, sealed.add("Ana"), "z" * 24)]
        seen = {
            (
                each.status_code,
                str([pair for pair in each.headers if pair[0] != "Set-Cookie"]),
                token.sub("", each.text),
            )
            for each in answers
        }
        assert len(seen) == 1

    def test_it_is_kept_in_no_cache(self, sealed):
        _post, picture = sealed.told_with_one()
        got = sealed.space.client("Cem").get(f"/files/{picture}")
        assert got.headers["Cache-Control"] == "no-store"
        assert got.headers["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in got.headers
        assert got.mimetype == "image/webp"
        assert sealed.space.public_id not in f"{got.headers}"

    def test_nobody_who_is_not_signed_in(self, sealed):
        _post, picture = sealed.told_with_one()
        with sealed.space.app.app_context(), pytest.raises(NotThere):
            picture_for(GUEST, picture)

    def test_where_its_key_does_not_open_it_is_not_there(self, sealed):
        _post, picture = sealed.told_with_one()
        with sealed.space.app.app_context(), transaction() as session:
            session.execute(update(TopicKey).values(wrapped=b"damaged"))
        assert sealed.status("Ana", picture) == 404

    def test_it_takes_few_statements(self, sealed):
        _post, picture = sealed.told_with_one()
        with sealed.space.app.app_context():
            viewer = sealed.space.viewer("Cem")
            with counted_statements(sealed.space.app) as made:
                picture_for(viewer, picture)
            assert len(made) <= 5

    def test_a_text_without_pictures_asks_for_none(self, sealed):
        with sealed.space.app.app_context():
            viewer = sealed.space.viewer("Ana")
            with counted_statements(sealed.space.app) as made:
                assert pictures_in(viewer, "Only words.") == []
            assert not made


class TestWhoKeepsOrder:
    def test_a_guardian_sees_it_in_the_report_and_nowhere_else(self, app_context):
        watched = build()
        viewer = watched.reads("ben")
        here = space_for(viewer, watched.here.public_id)
        kept = keep_sealed(viewer, here.id, here.voice, BytesIO(hostile.picture()))
        answer = spaces.sealed_reply(watched.ben, watched.topic, text_of(kept.public_id))
        spaces.change_member(watched.here, watched.dora, role=Role.MEMBER)
        spaces.report(watched.finn, answer)
        opened = next(filter(None, (take_as_guardian(watched.reads(n)) for n in GUARDIANS)))
        html = opened.opened.posts[-1].html
        (held,) = re.findall(r'src="data:image/webp;base64,([^"]+)"', html)
        query = unscoped(select(SealedPicture.public_id), Reason.SET_UP)
        picture = db.session.execute(query).scalar_one()
        assert base64.b64decode(held) == picture_for(watched.reads("cara"), picture)
        assert "/files/" not in html
        for guardian in GUARDIANS:
            with pytest.raises(NotThere):
                picture_for(watched.reads(guardian), picture)
