"""What is told in places they may not see changes nothing on any page of an outsider."""

import re

import pytest

from forum.models.circles import Visibility
from forum.models.notifications import Level
from tests.architecture.test_routes import address
from tests.support import community

TOKENS = re.compile(r'(name="csrf_token"[^>]*value="|name="nonce"[^>]*value=")[^"]*')


def crawl(app, client, slug: str) -> dict[str, tuple[int, str]]:
    """Every address of the site that can be asked for, and all that names the hidden circle."""
    paths = {address(rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    paths |= {f"/c/{slug}", f"/c/{slug}/names?q=b", "/c/retail/names?q=b", "/c/retail?tab=new"}
    found = {}
    for path in sorted(paths - {"/healthz"}):
        answer = client.get(path)
        found[path] = answer.status_code, TOKENS.sub(r"\1", answer.text)
    return found


@pytest.fixture
def quiet(scene):
    quiet = community.circle("quiet", Visibility.SECRET)
    for one in (scene.ana, scene.ben, scene.cem):
        community.join(one, quiet)
    for name in ("ana", "cem"):
        scene.follows_circle(name, Level.WATCHING, "quiet")
    community.leave(scene.cem, quiet)
    return quiet


@pytest.mark.parametrize("who", ["dora", "cem", None])
def test_an_outsiders_pages_stay_as_they_were(app, client, held_clock, scene, quiet, who):
    """Cem was in the circle, watched it, and left."""
    if who:
        community.sign_in(client, getattr(scene, who))
    crawl(app, client, "quiet")
    before = crawl(app, client, "quiet")
    topic = scene.opens("ana", "Ask @ben, @cem or @dora.", slug="quiet")
    scene.answers("ben", topic, "@dora, @cem!")
    assert len(scene.told("ana")) == 1
    after = crawl(app, client, "quiet")
    assert [path for path in before if before[path] != after[path]] == []
    assert sum(status == 200 for status, _text in before.values()) > 10


def test_a_members_pages_do_not(app, client, held_clock, scene, quiet):
    """The same crawl, so that the others' silence means something."""
    community.sign_in(client, scene.ana)
    before = crawl(app, client, "quiet")
    scene.opens("ben", "Ask @ana.", slug="quiet")
    after = crawl(app, client, "quiet")
    changed = {path for path in before if before[path] != after[path]}
    assert {"/notices", "/circles", "/c/quiet", "/"} <= changed
