"""What happens where one may not look shows nowhere: a walk before and after is the same.

Hidden topics, a secret circle, an approval circle and a private space, with all that is done at
their doors; whoever is outside asks every page of the site.
"""

import pytest

from forum.circles import actions as circles
from forum.circles import queries
from forum.discussions.about import CompanyKind, TopicFacts
from forum.models.accounts import User
from forum.models.circles import Role, Visibility
from forum.models.companies import SizeBand
from forum.models.profiles import Barrier
from forum.models.spaces import Space
from tests.journeys.space_walk import addresses, ask
from tests.support import community, spaces
from tests.support.statements import counted_statements

SLUGS = ("retail", "locked", "shed")
QUERIES = (
    *("?tag=reuse", "?tag=shed", "?size=large", "?market=b2b&regulated=1", "/narrow", "/feed"),
    *("/people?barrier=legal", "/people?barrier=budget", "?tab=new&tag=reuse"),
)
FACTS = TopicFacts(("reuse", "shed"), CompanyKind(SizeBand.LARGE))


class Scene(dict[str, User]):
    """People by name, and the private space of the open circle."""

    space: Space


@pytest.fixture
def scene(app, held_clock, app_context):
    """An open circle with a topic, an approval and a secret circle; Kim is outside of the two."""
    people = {name: community.person(name) for name in ("Ana", "Ben", "Dora", "Kim")}
    for slug, kind in zip(
        SLUGS, (Visibility.OPEN, Visibility.APPROVAL, Visibility.SECRET), strict=True
    ):
        here = community.circle(slug, kind)
        community.join(people["Dora"], here, Role.MODERATOR)
        if kind is not Visibility.SECRET:
            community.topic(people["Dora"], here, facts=community.tagged("open"))
    for name in ("Ana", "Ben", "Kim"):
        community.join(people[name], community.find("retail"))
    community.has_profile(people["Ben"], Barrier.LEGAL, listed=True)
    found = Scene(people)
    found.space = spaces.space(community.find("retail"))
    return found


def busy(scene) -> None:
    """All that can happen where Kim may not look."""
    ana, dora = (community.viewer(scene[name]) for name in ("Ana", "Dora"))
    retail, locked, shed = (community.find(slug) for slug in SLUGS)
    community.hide(community.topic(scene["Ana"], retail, "Loud", facts=FACTS))
    circles.invite(dora, "shed", "ana")
    circles.make_link(dora, "shed")
    circles.follow(ana, "shed")
    circles.ask(ana, "locked", "Please.")
    circles.accept(dora, "locked", scene["Ana"].public_id)
    circles.ask(community.viewer(scene["Ben"]), "locked", "Please.")
    circles.decline(dora, "locked", scene["Ben"].public_id, "No.")
    for here in (locked, shed):
        community.topic(scene["Ana"], here, "Inside", facts=FACTS)
    community.has_profile(scene["Dora"], Barrier.BUDGET, listed=False)
    circles.send_away(dora, "shed", scene["Ana"].public_id, "Loud.")
    spaces.enter(scene.space, scene["Ben"], employer="Contoso")
    spaces.sealed_topic(scene["Ben"], scene.space, "Told", "It failed.")


@pytest.mark.parametrize("who", ["guest", "Kim"])
def test_whoever_is_outside_finds_every_page_as_it_was(app, scene, who):
    client = app.test_client()
    if who != "guest":
        community.sign_in(client, scene[who])
    nobodys = "zzzzzzzzzzzz"
    paths = list(addresses(app, [*SLUGS, "nowhere"], [nobodys], [nobodys], nobodys))
    paths += [f"/c/{slug}{query}" for slug in SLUGS for query in QUERIES]
    for path in paths:
        client.get(path)  # first visits leave their marks
    before = {path: ask(client, path) for path in paths}
    assert sum(got[0] == 200 for got in before.values()) > 20
    busy(scene)
    assert [path for path, got in before.items() if ask(client, path) != got] == []


def test_the_new_pages_cost_the_same_however_much_there_is(app, client, scene):
    community.sign_in(client, scene["Dora"])
    paths = [
        *("/circles", "/c/locked", "/c/locked/about", "/c/locked/requests", "/c/locked/members"),
        *("/c/locked/invitations", "/c/retail/people", "/c/retail/people?barrier=legal"),
        *("/c/retail?like=mine", "/c/retail?tag=open", "/c/retail/narrow", "/c/retail/feed"),
        "/c/retail/new",
    ]
    counts = []
    for part in ("a", "b"):
        for number in range(6):
            someone = community.person(f"{part}{number}")
            community.join(someone, community.find("retail"))
            community.has_profile(someone, Barrier.LEGAL, listed=True)
            circles.ask(community.viewer(someone), "locked", "Please.")
            community.topic(someone, community.find("retail"), facts=FACTS)
        circles.make_link(community.viewer(scene["Dora"]), "locked")
        counts.append({})
        for path in paths:
            client.get(path)
            with counted_statements(app) as said:
                assert client.get(path).status_code == 200
            counts[-1][path] = len(said)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 8


def test_the_page_of_a_link_tells_name_and_purpose_and_lets_in(app, client, scene):
    dora = community.viewer(scene["Dora"])
    circles.make_link(dora, "shed")
    (link,) = queries.door(dora, community.find("shed").id).links
    path = f"/invitations/{circles.token_of(link.public_id)}"
    assert client.get(path).location.startswith("/sign-in")
    community.sign_in(client, scene["Kim"])
    assert "About shed." in client.get(path).text
    assert client.get("/c/shed").status_code == 404, "a GET let somebody in"
    sent = {"csrf_token": community.csrf(client)}
    assert client.post(path, data=sent).location == "/c/shed"
    assert client.get("/c/shed").status_code == 200
    assert client.post(path, data=sent).status_code == 410
