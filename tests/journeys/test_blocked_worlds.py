"""To somebody who is blocked, the site equals one in which the other took back what they wrote.

Two sites are built with the same randomness and the same clock. In the first Ana blocks Ben; in the
second she removes her answers, takes back her thanks, and her conversations are hidden. Then Ben
asks both everything.
"""

import pytest

from forum.discussions import actions as discussions
from forum.models.accounts import User
from forum.models.discussions import ReactionKind
from forum.quiet import actions as quiet
from tests.journeys.space_walk import Reply, addresses, ask
from tests.journeys.test_space_worlds import Build, World, build, differences  # noqa: F401
from tests.support import community

MEMBERS = {"Ana": "Northwind", "Ben": "Contoso", "Cem": "Fabrikam", "Dora": "Litware"}
THANKED = ("of Ben", "ben below", "below ana", "alone")
"""What Ana has reacted to: words of Ben's, and others'."""


def conversations(world: World) -> None:
    """Ana opens some, answers in others', is answered; hers are the newest words here and there."""
    with world.space.app.app_context():
        place = community.find("retail")
        ana, ben, cem, dora = (world.space.people[name] for name in MEMBERS)

        def opens(name: str, who: User) -> None:
            world.act(name, lambda: community.topic(who, place, name))

        for name, who in (("of Ben", ben), ("of Cem", cem), ("of Ana", ana), ("alone", dora)):
            opens(name, who)
            world.clock.forward(minutes=3)
        answers(world, "ana 1", ana, "of Cem")
        answers(world, "below ana", dora, "ana 1")
        answers(world, "ben below", ben, "below ana")
        answers(world, "ana to Ben", ana, "of Ben")
        answers(world, "ana alone", ana, "alone")
        answers(world, "in hers", dora, "of Ana")
        answers(world, "dora 2", dora, "of Cem")
        answers(world, "ana last", ana, "dora 2")
        opens("of Ana later", ana)
        reacts(world, dora, "of Ben", "ben below")
        reacts(world, ana, *THANKED)


def answers(world: World, name: str, who: User, to: str) -> None:
    world.clock.forward(minutes=7)
    text = f"Answer {name}. @ben-benson, see."
    world.act(name, lambda: community.reply(who, world.at[to], text))


def reacts(world: World, who: User, *to: str) -> None:
    for name in to:
        world.streams.name(f"{who.name} to {name}")
        discussions.react(community.viewer(who), world.at[name], ReactionKind.THANKS)


def takes_back(world: World) -> None:
    with world.space.app.app_context():
        reacts(world, world.space.people["Ana"], *THANKED)
        for name in ("of Ana", "of Ana later"):
            community.hide(world.at[name])
        for name in ("ana 1", "ana to Ben", "ana alone", "ana last"):
            community.remove(world.at[name])


def blocks(world: World, who: str, whom: str) -> None:
    with world.space.app.app_context():
        quiet.block(world.space.viewer(who), world.space.people[whom].public_id)


def everything(world: World, turn: str) -> dict[str, Reply]:
    topics = [world.at[name] for name in ("of Ben", "of Cem", "of Ana", "alone", "of Ana later")]
    ids = [*world.at.values()]
    paths = [*addresses(world.space.app, ["retail"], ids, topics, world.space.public_id)]
    paths += [f"/c/retail?tab={tab}" for tab in ("active", "unanswered", "new")]
    tabs = ("active", "unanswered", "new")
    paths += [
        f"/c/retail?tab={tab}&{way}={it}"
        for tab in tabs
        for way in ("after", "before")
        for it in topics
    ]
    found = {}
    for path in dict.fromkeys(paths):
        world.streams.name(f"{turn} {path}")
        found[f"{turn} {path}"] = ask(world.ben, path)
    return found


@pytest.mark.parametrize("blocker", ["Ana", "Ben"])
def test_a_blocked_persons_site_equals_one_with_nothing_of_the_other_left(build, blocker):  # noqa: F811
    walks = []
    for is_block in (True, False):
        world = build(is_block, MEMBERS)
        conversations(world)
        with world.space.app.app_context():
            ben = community.viewer(world.space.people["Ben"])
            world.streams.name("kept")
            discussions.save(ben, world.at["below ana"])
            discussions.save(ben, world.at["ana last"])
        if is_block:
            blocks(world, *(("Ana", "Ben") if blocker == "Ana" else ("Ben", "Ana")))
        else:
            takes_back(world)
        walks.append(everything(world, "first") | everything(world, "again"))
    wrong = [each for each in differences(*walks) if not is_excepted(each, blocker)]
    assert not wrong, f"{len(wrong)} of {len(walks[0])} differ:\n" + "\n".join(wrong[:10])
    assert sum(answer[0] == 200 for answer in walks[0].values()) > 60


def is_excepted(difference: str, blocker: str) -> bool:
    """What guests read, sitemap and feed say to everybody alike; one's own blocks are listed."""
    path = difference.split(":", maxsplit=1)[0].split()[1]
    return path in {"/sitemap.xml", "/c/retail/feed"} or (
        blocker == "Ben" and path == "/settings/quiet"
    )
