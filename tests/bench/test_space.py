"""A circle and its space, as the bench fills them, are there for those who measure."""

import pytest

from bench import community, space
from bench.community import Sizes
from bench.pages import Page, pages
from bench.space import SpaceSizes

FEW = Sizes(users=60, topics=30, posts=2, page=3, replies=4, depth=3, texts=5)
SMALL = SpaceSizes(members=80, topics=40, posts=2, page=8, readers=2, read=6)


@pytest.fixture
def measured(app) -> dict[str, Page]:
    with app.app_context():
        told = community.load(FEW)
    with app.app_context():
        twins = space.load(SMALL)
    with app.app_context():
        return {page.name: page for page in pages(app, told, twins)}


def test_a_space_shows_its_reader_as_many_topics_and_posts_as_its_circle(app, measured):
    client = app.test_client(use_cookies=False)
    shown = {}
    for name in ("open-list", "space-list", "open-topic", "space-topic"):
        (asked,) = measured[name].next(1)
        answer = client.get(
            asked.path, base_url=app.config["SITE_URL"], headers=asked.headers("identity")
        )
        assert answer.status_code == 200, name
        shown[name] = answer.text.count("<article"), answer.text.count('href="/t/')
    assert shown["open-topic"][0] == shown["space-topic"][0] == SMALL.page
    assert shown["open-list"][1] >= 30
    assert shown["space-list"][1] >= 30
