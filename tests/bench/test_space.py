"""A circle and its space, as the bench fills them, are there for those who measure."""

import pytest

from bench import community, space
from bench.community import Sizes
from bench.space import SpaceSizes, Twins
from forum.web import arrival

FEW = Sizes(users=60, topics=30, posts=2, page=3, replies=4, depth=3, texts=5)
SMALL = SpaceSizes(members=80, topics=40, posts=2, page=8, readers=2, read=6)


@pytest.fixture
def twins(app) -> Twins:
    with app.app_context():
        community.load(FEW)
    with app.app_context():
        return space.load(SMALL)


def test_each_page_that_is_measured_answers_its_reader(app, twins):
    client = app.test_client()
    with app.test_request_context("/", base_url=app.config["SITE_URL"]):
        arrival.begin(twins.tokens[0])
        cookie = app.process_response(app.response_class()).headers["Set-Cookie"].partition(";")[0]
    for path in (twins.circle, twins.circle_topic, twins.space, twins.space_topic):
        answer = client.get(path, base_url=app.config["SITE_URL"], headers={"Cookie": cookie})
        assert answer.status_code == 200, path
    topics = [
        client.get(path, base_url=app.config["SITE_URL"], headers={"Cookie": cookie}).text
        for path in (twins.circle_topic, twins.space_topic)
    ]
    assert [page.count("<article") for page in topics] == [SMALL.page, SMALL.page]
