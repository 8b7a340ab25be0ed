"""Looking at what is new in a space is noted, of everybody alike; nothing else is."""

import pytest

from forum.models.spaces import Visit
from tests.support import community
from tests.support.watched import rows


@pytest.fixture
def ben(client, inside):
    community.sign_in(client, inside.ben)
    return client


def test_opening_the_list_is_a_visit(ben, inside):
    assert ben.get(f"/s/{inside.here.public_id}").status_code == 200
    assert len(rows(Visit)) == 1


def test_opening_it_again_is_none(ben, inside):
    for _again in range(2):
        ben.get(f"/s/{inside.here.public_id}")
    assert len(rows(Visit)) == 1


def test_a_browser_that_looks_ahead_is_none(ben, inside):
    page = f"/s/{inside.here.public_id}"
    ben.head(page)
    ben.get(page, headers={"Sec-Purpose": "prefetch;prerender"})
    assert rows(Visit) == []


@pytest.mark.parametrize("page", ["/t/{topic}", "/c/retail", "/c/retail/space", "/s/{space}/mine"])
def test_no_other_page_shows_what_is_new(ben, inside, page):
    path = page.format(topic=inside.topic, space=inside.here.public_id)
    assert ben.get(path).status_code == 200
    assert rows(Visit) == []


def test_whoever_is_not_in_it_leaves_nothing(client, inside):
    gil = community.person("Gil")
    community.join(gil, inside.retail)
    community.sign_in(client, gil)
    assert client.get(f"/s/{inside.here.public_id}").status_code == 404
    assert rows(Visit) == []
