"""Handing files out: to whoever may see a post that carries them, as nothing but what they are."""

import re

import pytest

from forum.files import storage
from forum.models.circles import Visibility
from forum.quiet import actions as quiet
from tests.files import hostile
from tests.files.actions.test_keeping import topic_with
from tests.support import community
from tests.support.members_browser import browser
from tests.support.statements import counted_statements

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


@pytest.fixture
def ask(app, scene):
    """ask(person, kept) is the answer to them; None is a guest."""

    def asking(who, kept, **how):
        client = browser(app, who).client if who else app.test_client()
        return client.open(f"/files/{kept.public_id}", **{"method": "GET"} | how)

    return asking


def nothing(app, who):
    client = browser(app, who).client if who else app.test_client()
    return client.get(f"/files/{'z' * 24}")


class TestWhoSeesIt:
    def test_before_it_is_posted_only_its_owner(self, scene, adds, ask):
        kept = adds(scene.ana)
        assert ask(scene.ana, kept).status_code == 200
        assert ask(scene.ben, kept).status_code == 404
        assert ask(None, kept).status_code == 404

    def test_in_a_post_whoever_may_see_the_post(self, scene, adds, ask):
        topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        assert ask(scene.ben, kept).status_code == 200
        assert ask(scene.cleo, kept).status_code == 404
        assert ask(None, kept).status_code == 404

    @pytest.mark.parametrize(("blocked", "status"), [("dora", 200), ("ana", 404)])
    def test_but_nobody_whom_a_block_keeps_from_its_writer(self, scene, adds, ask, blocked, status):
        topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        whom = scene.ana if blocked == "ana" else community.person("Dora")
        community.join(whom, scene.lab)
        quiet.block(community.viewer(scene.ben), whom.public_id)
        assert ask(scene.ben, kept).status_code == status

    def test_in_an_open_circle_everybody(self, scene, adds, ask):
        square = community.circle("square", Visibility.OPEN)
        community.join(scene.ana, square)
        topic_with(scene.ana, square, kept := adds(scene.ana))
        assert ask(None, kept).status_code == 200

    def test_in_two_posts_one_is_enough(self, scene, adds, ask):
        square = community.circle("square", Visibility.OPEN)
        community.join(scene.ana, square)
        kept = adds(scene.ana)
        topic_with(scene.ana, scene.lab, kept)
        topic_with(scene.ana, square, kept)
        assert ask(scene.cleo, kept).status_code == 200

    def test_of_a_hidden_post_only_its_writer_and_moderators(self, scene, adds, ask):
        question = community.topic(scene.ben, scene.lab)
        kept = adds(scene.ana)
        viewer = community.viewer(scene.ana)
        from forum.discussions import actions

        text = f"![It](/files/{kept.public_id})"
        answer = actions.post_reply(viewer, question, text, "n" * 22).public_id
        community.hide(answer)
        assert ask(scene.ana, kept).status_code == 200
        assert ask(scene.ben, kept).status_code == 404

    def test_of_a_removed_post_nobody(self, scene, adds, ask):
        post = topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        community.reply(scene.ben, post)
        community.remove(post)
        assert ask(scene.ana, kept).status_code == 404
        assert ask(scene.ben, kept).status_code == 404

    def test_whoever_left_the_circle_not_even_their_own(self, scene, adds, ask):
        topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        community.leave(scene.ana, scene.lab)
        assert ask(scene.ana, kept).status_code == 404
        assert ask(scene.ben, kept).status_code == 200

    @pytest.mark.parametrize("who", ["cleo", None])
    def test_what_is_not_theirs_looks_like_what_is_not_there(self, app, scene, adds, ask, who):
        topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        person = scene.cleo if who else None
        theirs, absent = ask(person, kept), nothing(app, person)
        assert theirs.status_code == absent.status_code == 404
        assert _telling(theirs) == _telling(absent)
        mine, none = (TOKEN.sub("", each.text) for each in (theirs, absent))
        assert mine.replace(kept.public_id, "") == none.replace("z" * 24, "")


def _telling(answer):
    return {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}


class TestHowItComes:
    def test_a_picture_is_a_picture_and_nothing_else(self, scene, adds, ask):
        answer = ask(scene.ana, adds(scene.ana))
        headers = answer.headers
        assert headers["Content-Type"] == "image/webp"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert headers["Cache-Control"] == "private, max-age=3600"
        assert "Content-Disposition" not in headers
        assert int(headers["Content-Length"]) == len(answer.data)
        assert hostile.opened(answer.data).size == (64, 48)

    def test_a_pdf_is_saved_never_shown(self, scene, adds, ask):
        page = hostile.pdf(b"<html><script>alert(1)</script>")
        kept = adds(scene.ana, page, 'Der "Plan" für Zürich.pdf')
        answer = ask(scene.ana, kept)
        assert answer.data == page
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["Content-Disposition"] == (
            'attachment; filename="Der Plan fur Zurich.pdf";'
            " filename*=UTF-8''Der%20Plan%20f%C3%BCr%20Z%C3%BCrich.pdf"
        )

    def test_of_a_part_nobody_can_ask(self, scene, adds, ask):
        answer = ask(scene.ana, adds(scene.ana), headers={"Range": "bytes=0-3"})
        assert answer.status_code == 200
        assert answer.headers["Accept-Ranges"] == "none"
        assert len(answer.data) > 4

    def test_head_tells_as_much_as_get(self, scene, adds, ask):
        kept = adds(scene.ana)
        answer, whole = ask(scene.ana, kept, method="HEAD"), ask(scene.ana, kept)
        assert answer.data == b""
        assert answer.headers["Content-Length"] == whole.headers["Content-Length"]

    def test_what_the_browser_has_is_not_sent_again(self, scene, adds, ask):
        kept = adds(scene.ana)
        tag = ask(scene.ana, kept).headers["ETag"]
        assert ask(scene.ana, kept, headers={"If-None-Match": tag}).status_code == 304
        assert ask(scene.ben, kept, headers={"If-None-Match": tag}).status_code == 404

    def test_a_file_that_is_lost_is_not_there(self, scene, adds, ask):
        kept = adds(scene.ana)
        storage.storage().delete(kept.public_id)
        assert ask(scene.ana, kept).status_code == 404

    def test_it_takes_two_statements(self, app, scene, adds):
        topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        ben = browser(app, scene.ben)
        ben.get("/circles")
        with counted_statements(app) as said:
            assert ben.get(f"/files/{kept.public_id}").status_code == 200
        assert len(said) == 2  # who asks, and the file
