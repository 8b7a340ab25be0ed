import pytest
from sqlalchemy import update

from forum.cli import posts as command_room
from forum.core import clock
from forum.core.db import transaction
from forum.core.markup import RENDER_VERSION, Rendered, TooComplex
from forum.models.discussions import Post
from forum.models.files import PostFile, StoredFile
from tests.cli.outbox import command
from tests.discussions import rows
from tests.support import community


@pytest.fixture
def topic(app_context) -> str:
    """A topic with four answers, all rendered by an older renderer."""
    ana = community.person("Ana")
    made = community.topic(ana, community.circle("retail"), text="Some *words*.")
    for number in range(4):
        community.reply(ana, made, f"Answer *{number}*.")
    with transaction() as session:
        session.execute(update(Post).values(html="<p>old</p>", render_version=0))
    return made


def html_of(topic: str) -> list[str]:
    return [post.html for post in rows.posts_of(topic)]


def render_with(monkeypatch, render) -> None:
    monkeypatch.setattr(command_room, "render", render)


def test_every_old_text_is_rendered_anew(app, topic):
    said = command(app, "posts", "render").output
    assert "5 rendered, 0 left" in said
    assert html_of(topic)[:2] == ["<p>Some <em>words</em>.</p>", "<p>Answer <em>0</em>.</p>"]
    assert {post.render_version for post in rows.posts_of(topic)} == {RENDER_VERSION}


def test_in_batches_too(app, topic, monkeypatch):
    monkeypatch.setattr(command_room, "BATCH", 2)
    assert "5 rendered" in command(app, "posts", "render").output
    assert "<p>old</p>" not in html_of(topic)


def test_new_ones_are_left_alone(app, topic, monkeypatch):
    command(app, "posts", "render")
    render_with(monkeypatch, lambda *_: pytest.fail("rendered again"))
    assert "0 rendered" in command(app, "posts", "render").output


def test_source_and_time_of_editing_stay(app, topic):
    before = [(post.source, post.edited_at) for post in rows.posts_of(topic)]
    command(app, "posts", "render")
    assert [(post.source, post.edited_at) for post in rows.posts_of(topic)] == before


def test_a_text_too_complex_for_today_keeps_its_old_html(app, topic, monkeypatch):
    def render(source, form, files) -> Rendered:
        if "2" in source:
            raise TooComplex("nested")
        return Rendered("<p>new</p>", RENDER_VERSION)

    render_with(monkeypatch, render)
    assert "4 rendered, 1 left" in command(app, "posts", "render").output
    assert sorted(html_of(topic)) == ["<p>new</p>"] * 4 + ["<p>old</p>"]


def test_interrupted_it_goes_on_where_it_stopped(app, topic, monkeypatch):
    seen: list[str] = []

    def render(source, form, files) -> Rendered:
        if len(seen) == 3:
            raise KeyboardInterrupt
        seen.append(source)
        return Rendered("<p>new</p>", RENDER_VERSION)

    with monkeypatch.context() as patch:
        render_with(patch, render)
        command(app, "posts", "render")
    assert html_of(topic).count("<p>new</p>") == 3
    assert "2 rendered" in command(app, "posts", "render").output
    assert "<p>old</p>" not in html_of(topic)


def test_what_was_removed_stays_erased(app, topic):
    answer = rows.posts_of(topic)[1].public_id
    community.remove(answer)
    assert "4 rendered" in command(app, "posts", "render").output
    assert rows.post(answer).html == ""


def test_a_text_edited_meanwhile_is_not_overwritten(app, topic, monkeypatch):
    def render(source, form, files) -> Rendered:
        with transaction() as session:
            session.execute(update(Post).values(source="Edited.", html="<p>Edited.</p>"))
        return Rendered("<p>of the old text</p>", RENDER_VERSION)

    render_with(monkeypatch, render)
    command(app, "posts", "render")
    assert set(html_of(topic)) == {"<p>Edited.</p>"}


def test_pictures_that_a_topic_shows_stay_pictures(app, topic):
    shown, opening = "a" * 24, rows.post(topic)
    with transaction() as session:
        made = StoredFile(
            id=1,
            public_id=shown,
            user_id=opening.author_id,
            kind="webp",
            size_bytes=9,
            width=8,
            height=6,
        )
        made.name, made.created_at = "", clock.now()
        session.add(made)
        session.flush()
        session.add(PostFile(post_id=opening.id, file_id=1))
        text = f"![It](/files/{shown}) ![No](/files/{'b' * 24})"
        session.execute(update(Post).values(source=text))
    command(app, "posts", "render")
    for html in html_of(topic):
        assert f'src="/files/{shown}"' in html
        assert f"![No](/files/{'b' * 24})" in html
