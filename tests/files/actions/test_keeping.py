"""Files taken in, carried, let go of; and what the night finds."""

import os
import time
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, update

from forum.accounts.actions.closing import close_account
from forum.core import clock, ids
from forum.core.db import db, transaction
from forum.core.errors import TooOften
from forum.discussions import actions as discussions
from forum.files import actions, pictures, storage
from forum.files.actions import keeping
from forum.files.pictures import Damaged
from forum.files.queries import TooManyFiles, kept_bytes
from forum.files.sniffing import NotThisKind, TooLarge
from forum.models.files import FileKind, PostFile, StoredFile
from forum.policy import limits
from forum.policy.visible import Reason, unscoped
from tests.files import hostile
from tests.files.conftest import bytes_in
from tests.support import community
from tests.support.together import at_once


def rows() -> list[StoredFile]:
    return list(db.session.execute(unscoped(select(StoredFile), Reason.SET_UP)).scalars())


def carried() -> int:
    return len(db.session.execute(unscoped(select(PostFile), Reason.SET_UP)).all())


def nonce() -> str:
    return ids.public_id() + "0123456789"


def topic_with(who, place, *files, words: str = "Look:") -> str:
    text = "\n\n".join([words, *(f"![It](/files/{each.public_id})" for each in files)])
    viewer = community.viewer(who)
    return discussions.post_topic(viewer, place.slug, "A title", text, nonce()).public_id


def html_of(post: str) -> str:
    from tests.discussions.rows import post as row

    return row(post).html


def age(**by: int) -> None:
    with transaction() as session:
        session.execute(update(StoredFile).values(created_at=clock.now() - timedelta(**by)))


class TestKeeping:
    def test_a_picture_is_kept_as_webp_without_its_name(self, scene, adds, folder):
        kept = adds(scene.ana, name="Jane at the doctor.png")
        (row,) = rows()
        assert (row.kind, row.width, row.height, row.name) == (FileKind.WEBP, 64, 48, "")
        with storage.storage().open(kept.public_id) as file:
            content = file.read()
        assert content[8:12] == b"WEBP"
        assert len(content) == row.size_bytes

    def test_a_pdf_is_kept_as_it_is(self, scene, adds, folder):
        kept = adds(scene.ana, hostile.pdf(b"<script>"), "../The plan.pdf")
        assert (kept.kind, kept.name) == (FileKind.PDF, "The plan.pdf")
        with storage.storage().open(kept.public_id) as file:
            assert file.read() == hostile.pdf(b"<script>")

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b"GIF89a", NotThisKind),
            (b"\xff\xd8\xff" + bytes(50), Damaged),
            (hostile.pdf(bytes(10_000_000)), TooLarge),
        ],
    )
    def test_of_what_is_refused_nothing_is_left(self, scene, adds, folder, content, error):
        with pytest.raises(error):
            adds(scene.ana, content)
        assert not rows()
        assert not bytes_in(folder)

    def test_no_transaction_stays_open_while_a_picture_is_looked_at(
        self, scene, adds, folder, monkeypatch
    ):
        open_then = []
        real = pictures.cleaned

        def cleaned(*given):
            open_then.append(db.session().in_transaction())
            return real(*given)

        monkeypatch.setattr(pictures, "cleaned", cleaned)
        adds(scene.ana)
        assert open_then == [False]

    def test_only_its_owner_may_look_into_the_folder(self, scene, adds, folder):
        adds(scene.ana)
        modes = {oct(each.stat().st_mode & 0o777) for each in folder.rglob("*") if each.is_dir()}
        assert modes == {"0o700"}
        assert {each.stat().st_mode & 0o777 for each in folder.rglob("*") if each.is_file()} == {
            0o600
        }

    def test_a_full_disk_is_said_and_nothing_is_half_written(
        self, scene, adds, folder, monkeypatch
    ):
        def full(_number: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(actions.NotKept) as refusal:
            adds(scene.ana)
        monkeypatch.undo()
        assert "nothing was added" in str(refusal.value)
        assert not rows()
        assert not bytes_in(folder)

    def test_a_row_that_cannot_be_written_leaves_no_file(self, scene, adds, folder, monkeypatch):
        monkeypatch.setattr(ids, "time_ordered", lambda _at: None)
        with pytest.raises(Exception, match="id"):
            adds(scene.ana)
        assert not bytes_in(folder)

    def test_there_is_an_end_to_how_often(self, scene, adds):
        for _ in range(limits.UPLOAD.hits):
            limits.count(limits.UPLOAD, str(scene.ana.id))
        with pytest.raises(TooOften):
            adds(scene.ana)


class TestRoom:
    def test_over_a_hundred_mb_nothing_more_is_kept(self, scene, adds, folder):
        kept = adds(scene.ana)
        with transaction() as session:
            session.execute(update(StoredFile).values(size_bytes=keeping.MEMBER_BYTES - 10))
        with pytest.raises(actions.NoRoom):
            adds(scene.ana)
        assert [row.public_id for row in rows()] == [kept.public_id]
        assert bytes_in(folder) == 1

    def test_another_member_has_room_of_their_own(self, scene, adds):
        adds(scene.ana)
        with transaction() as session:
            session.execute(update(StoredFile).values(size_bytes=keeping.MEMBER_BYTES))
        adds(scene.ben)
        assert kept_bytes(scene.ben.id) > 0

    def test_many_at_the_same_moment_do_not_get_past_it(self, app, scene, monkeypatch):
        content = hostile.pdf(bytes(1_000))
        monkeypatch.setattr(keeping, "MEMBER_BYTES", 2 * len(content) + 10)
        viewer = community.viewer(scene.ana)

        def add():
            return actions.keep(viewer, BytesIO(content), "a.pdf")

        answers = at_once(app, *[add] * 5)
        assert sum(isinstance(each, actions.NoRoom) for each in answers) == 3
        assert len(rows()) == 2

    def test_while_one_is_opened_no_other_of_theirs_waits(self, scene, adds):
        with pictures.only_one_of(scene.ana.id):
            with pytest.raises(pictures.OneAtATime):
                adds(scene.ana)
            assert adds(scene.ana, hostile.pdf()).kind is FileKind.PDF
            assert adds(scene.ben).width == 64
        assert adds(scene.ana).width == 64

    def test_after_one_that_was_refused_another_is_taken(self, scene, adds):
        with pytest.raises(Damaged):
            adds(scene.ana, b"\xff\xd8\xff" + bytes(50))
        assert adds(scene.ana).width == 64

    def test_pictures_of_two_at_the_same_moment_are_both_kept(self, app, scene, folder):
        def adding(who):
            viewer = community.viewer(who)
            return lambda: actions.keep(viewer, BytesIO(hostile.picture()), "a.png")

        answers = at_once(app, adding(scene.ana), adding(scene.ben))
        assert {each.public_id for each in answers} == {row.public_id for row in rows()}
        assert bytes_in(folder) == 2


class TestCarrying:
    def test_a_post_shows_and_carries_what_its_writer_added(self, scene, adds):
        kept = adds(scene.ana)
        post = topic_with(scene.ana, scene.lab, kept)
        assert f'src="/files/{kept.public_id}"' in html_of(post)
        assert 'width="64"' in html_of(post)
        assert carried() == 1

    def test_what_another_added_stays_words(self, scene, adds):
        theirs = adds(scene.ben)
        post = topic_with(scene.ana, scene.lab, theirs)
        assert "<img" not in html_of(post)
        assert f"![It](/files/{theirs.public_id})" in html_of(post)
        assert carried() == 0

    def test_what_is_shown_in_the_topic_may_be_quoted_there_but_is_not_carried(self, scene, adds):
        post = topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        quote = f"> ![It](/files/{kept.public_id})\n\nI see."
        viewer = community.viewer(scene.ben)
        answer = discussions.post_reply(viewer, post, quote, nonce()).public_id
        assert "<img" in html_of(answer)
        assert carried() == 1

    def test_what_is_shown_elsewhere_may_not_be_passed_on(self, scene, adds):
        topic_with(scene.ana, scene.lab, kept := adds(scene.ana))
        other = community.topic(scene.ben, scene.lab)
        viewer = community.viewer(scene.ben)
        text = f"![It](/files/{kept.public_id})"
        answer = discussions.post_reply(viewer, other, text, nonce()).public_id
        assert "<img" not in html_of(answer)

    def test_an_edit_lets_go_of_what_the_text_no_longer_names(self, scene, adds):
        first, second = adds(scene.ana), adds(scene.ana)
        post = topic_with(scene.ana, scene.lab, first)
        viewer = community.viewer(scene.ana)
        discussions.edit_post(viewer, post, f"![Other](/files/{second.public_id})")
        query = select(StoredFile.public_id).join(PostFile, PostFile.file_id == StoredFile.id)
        found = db.session.execute(unscoped(query, Reason.SET_UP)).scalars().all()
        assert found == [second.public_id]

    def test_the_same_file_may_stand_in_two_posts(self, scene, adds, folder):
        kept = adds(scene.ana)
        posts = [topic_with(scene.ana, scene.lab, kept) for _ in range(2)]
        community.remove(posts[0])
        assert carried() == 1
        assert bytes_in(folder) == 1

    def test_more_than_ten_are_too_many(self, scene):
        text = "\n".join(f"![It](/files/{ids.file_id()})" for _ in range(11))
        viewer = community.viewer(scene.ana)
        with pytest.raises(TooManyFiles):
            discussions.post_topic(viewer, "lab", "A title", text, nonce())

    def test_with_a_removed_post_goes_what_it_alone_carried(self, scene, adds, folder):
        post = topic_with(scene.ana, scene.lab, adds(scene.ana))
        community.reply(scene.ben, post)
        community.remove(post)
        assert not rows()
        assert not bytes_in(folder)

    def test_with_a_whole_topic_too(self, scene, adds, folder):
        community.remove(topic_with(scene.ana, scene.lab, adds(scene.ana)))
        assert not rows()
        assert not bytes_in(folder)


class TestClosing:
    def test_whoever_goes_takes_along_what_no_post_carries(self, scene, adds, folder):
        adds(scene.ana)
        shown = adds(scene.ana)
        topic_with(scene.ana, scene.lab, shown)
        close_account(scene.ana.id)
        assert [row.public_id for row in rows()] == [shown.public_id]
        assert bytes_in(folder) == 1


class TestSweep:
    def test_what_was_never_posted_goes_after_two_days(self, scene, adds, folder):
        adds(scene.ana)
        age(days=2, hours=1)
        _long_ago(folder)
        assert actions.sweep() == 1
        assert not rows()
        assert not bytes_in(folder)

    def test_what_was_added_yesterday_stays(self, scene, adds, folder):
        adds(scene.ana)
        age(days=1)
        _long_ago(folder)
        assert actions.sweep() == 0
        assert len(rows()) == bytes_in(folder) == 1

    def test_what_a_post_carries_stays(self, scene, adds, folder):
        topic_with(scene.ana, scene.lab, adds(scene.ana))
        age(days=400)
        _long_ago(folder)
        assert actions.sweep() == 0

    def test_what_a_draft_names_stays_with_the_draft(self, scene, adds, folder):
        kept = adds(scene.ana)
        words = f"![It](/files/{kept.public_id})"
        discussions.save_draft(community.viewer(scene.ana), "topic:lab", "", words, "")
        age(days=30)
        _long_ago(folder)
        assert actions.sweep() == 0
        age(days=61)
        assert actions.sweep() == 1

    def test_what_has_no_row_goes_once_it_is_settled(self, scene, adds, folder):
        """As when the site stops between file and row."""
        stray = ids.file_id()
        storage.storage().put(stray, BytesIO(b"bytes"))
        (folder / stray[:2] / ".part-0123456789abcdef").write_bytes(b"half")
        assert actions.sweep() == 0
        _long_ago(folder)
        assert actions.sweep() == 2
        assert not bytes_in(folder)

    def test_a_row_without_its_file_is_only_said(self, scene, adds, folder, caplog):
        kept = adds(scene.ana)
        storage.storage().delete(kept.public_id)
        assert actions.sweep() == 0
        assert len(rows()) == 1
        assert "1 files have no bytes" in caplog.text

    def test_files_that_are_not_ours_are_left_alone(self, scene, folder):
        (folder / "ab").mkdir(parents=True)
        (folder / "ab" / "notes.txt").write_text("mine", encoding="utf-8")
        _long_ago(folder)
        assert actions.sweep() == 0
        assert bytes_in(folder) == 1


def _long_ago(folder) -> None:
    then = time.time() - 24 * 3600
    for each in folder.rglob("*"):
        if each.is_file():
            os.utime(each, (then, then))
