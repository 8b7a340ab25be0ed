"""The same of random spaces: who works where, who writes what below whom, is anybody's guess.

What a wall hides from Ben is worked out here a second time, from the employers and the tree alone.
"""

from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.journeys.space_walk import NOBODYS, Reply, ask
from tests.journeys.test_space_worlds import Build, World, build, differences  # noqa: F401
from tests.support import workplaces

NAMES = ("Ben", "Ana", "Cem", "Dora", "Eva", "Fay")
EMPLOYERS = ("Northwind", "Southwind", "Contoso", "Fabrikam")
GROUPED = {"Southwind": "Northwind"}
"""Two of the employers are one group."""
Wall = frozenset[tuple[str, str]]
KINDS = (
    *("write", "write", "write", "mention", "edit", "remove", "react", "report", "draft", "read"),
    *("unfold", "mute", "block"),
)
MOST_BLOCKS = 3
"""So many of each person hold in spaces; nobody blocks more here."""


@dataclass(frozen=True)
class Happening:
    """Somebody does something about the post of an earlier happening, or opens a topic."""

    who: str
    kind: str
    below: int
    """Which of the earlier posts, counted round; a new topic when it hits one past the last."""
    named: int


@dataclass(frozen=True)
class Community:
    employers: dict[str, str]
    happenings: list[Happening]


@st.composite
def communities(draw: st.DrawFn) -> Community:
    employers = {name: draw(st.sampled_from(EMPLOYERS)) for name in NAMES}
    happening = st.builds(
        Happening,
        who=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
        below=st.integers(0, 12),
        named=st.integers(0, 12),
    )
    return Community(employers, draw(st.lists(happening, min_size=4, max_size=14)))


@dataclass
class Written:
    """A post, as this file works out who sees it."""

    label: str
    author: str
    topic: str
    wall: Wall
    """Authors with their employers' groups."""
    removed: bool = False


class Play:
    """Lets it happen, but, unless the world is whole, for what a wall hides from Ben."""

    def __init__(self, world: World, some: Community) -> None:
        self.world, self.written = world, list[Written]()
        self.blocked: dict[str, frozenset[str]] = dict.fromkeys(NAMES, frozenset())
        self.held: dict[str, dict[str, frozenset[str]]] = {}
        """By topic: against whom whose blocks hold there, as the evening before it was opened."""
        self.families = {name: family(employer) for name, employer in some.employers.items()}
        for number, it in enumerate(some.happenings):
            place = it.below % (len(self.written) + 1)
            if it.kind == "block":
                self.block(number, it)
            elif place == len(self.written):
                self.tell(number, it)
            elif self.sees(it.who, self.written[place].wall) and not self.written[place].removed:
                self.answer_or_change(number, it, self.written[place])

    def block(self, number: int, it: Happening) -> None:
        whom, mine = NAMES[it.named % len(NAMES)], self.blocked[it.who]
        if whom not in (it.who, *mine) and len(mine) < MOST_BLOCKS:
            self.blocked[it.who] = mine | {whom}
            self.world.act(f"block {number}", lambda: self.world.space.block(it.who, whom))
            self.world.clock.forward(days=1)

    def tell(self, number: int, it: Happening) -> None:
        label = f"tell {number}"
        self.held[label] = dict(self.blocked)
        wall = self.own(it.who, label)
        notes = ("illness",) if it.named % 2 else ()
        if self.happens(wall):
            self.world.told(label, it.who, f"Topic {number}", notes)
        self.written.append(Written(label, it.who, label, wall))

    def answer_or_change(self, number: int, it: Happening, target: Written) -> None:
        label = f"{it.kind} {number}"
        if it.kind in {"write", "mention"}:
            self.answer(label, it, target)
            return
        mine = it.who == target.author
        if self.happens(target.wall | self.own(it.who, target.topic)):
            self.change(label, it, target, mine=mine)
        target.removed |= it.kind == "remove" and mine

    def answer(self, label: str, it: Happening, target: Written) -> None:
        wall, text = target.wall | self.own(it.who, target.topic), "An answer."
        named = self.named(it, target) if it.kind == "mention" else None
        if named:
            theirs = [each.wall for each in self.of(named) if self.sees(it.who, each.wall)]
            put_up = (each for wall in theirs for each in wall if each[0] == named.author)
            wall |= frozenset.intersection(*theirs).union(put_up)
        if self.happens(wall):
            if named:
                voice = self.world.space.name_of(named.author, self.world.at[named.label])
                text = f"As {voice} says."
            self.world.answered(label, it.who, target.label, text)
        self.written.append(Written(label, it.who, target.topic, wall))

    def named(self, it: Happening, target: Written) -> Written | None:
        """Somebody whose post the writer can see in this topic."""
        there = [each for each in self.written if each.topic == target.topic and not each.removed]
        named = there[it.named % len(there)]
        return named if named.author != it.who and self.sees(it.who, named.wall) else None

    def of(self, named: Written) -> list[Written]:
        """All that somebody wrote in a topic."""
        here = [each for each in self.written if each.topic == named.topic]
        return [each for each in here if each.author == named.author]

    def change(self, label: str, it: Happening, target: Written, *, mine: bool) -> None:
        space, who = self.world.space, it.who
        post, topic = self.world.at[target.label], self.world.at[target.topic]
        acts = {
            "edit": lambda: space.edit(who, post, "Other words.") if mine else None,
            "remove": lambda: space.remove(who, post) if mine else None,
            "react": lambda: None if mine else space.react(who, post),
            "report": lambda: space.report(who, post),
            "draft": lambda: space.draft(who, f"reply:{post}", "Half a thought"),
            "mute": lambda: None if mine else space.mute(who, post),
            "unfold": lambda: space.unfold(who, topic),
            "read": lambda: self.world.ben.get(f"/p/{post}").status if who == "Ben" else None,
        }
        self.world.act(label, acts[it.kind])

    def own(self, who: str, topic: str) -> Wall:
        return frozenset((who, each) for each in (self.families[who], *self.held[topic][who]))

    def sees(self, who: str, wall: Wall) -> bool:
        return not any(by != who and put_up in (self.families[who], who) for by, put_up in wall)

    def happens(self, wall: Wall) -> bool:
        return self.world.whole or self.sees("Ben", wall)


def family(employer: str) -> str:
    return GROUPED.get(employer, employer)


def look_around(world: World, ids: dict[str, str]) -> dict[str, Reply]:
    """A smaller walk than of the site made by hand."""
    space = world.space.public_id
    paths = ["/", "/drafts", "/c/retail", "/c/retail/space", f"/s/{space}", "/sitemap.xml"]
    for it in [*ids.values(), NOBODYS]:
        paths += [f"/p/{it}", f"/p/{it}/reply", f"/p/{it}/edit", f"/s/{space}?after={it}"]
    for topic in list(ids.values())[:3]:
        paths += [f"/t/{topic}{more}" for more in ("", "?view=time", "?at=last", "/next-unread")]
        for it in ids.values():
            paths += [f"/t/{topic}?{each}={it}" for each in ("from", "before", "fold")]
            paths += [f"/t/{topic}?view=time&before={it}", f"/t/{topic}/next-unread?after={it}"]
    answers = {}
    for path in dict.fromkeys(paths):
        world.streams.name(path)
        answers[path] = ask(world.ben, path)
    return answers


@settings(
    max_examples=3,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # making a failing one smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(some=communities())
def test_random_sites_with_walled_off_writers_equal_those_without_them(build: Build, some):  # noqa: F811
    members = {name: some.employers[name] for name in NAMES}
    walks, known = [], {}
    for whole in (True, False):
        world = build(whole, members)
        with world.space.app.app_context():
            world.streams.name("groups")
            workplaces.group("Winds", "Northwind", "Southwind")
        played = Play(world, some)
        known = known or {each.label: world.at[each.label] for each in played.written}
        walks.append(look_around(world, known))
    wrong = list(differences(*walks))
    assert not wrong, f"{len(wrong)} of {len(walks[0])} differ:\n" + "\n".join(wrong[:5])
