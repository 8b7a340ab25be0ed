"""Leaks by dates and by sizes, to be planted; as `leaks`."""

from datetime import date, timedelta

from tests.journeys.at_rest.leaks import each_voice, openings
from tests.journeys.at_rest.planted import Planted, day, moment, more_topics

APART = 7
"""Days from a topic to the next, so that a week is a topic's alone."""


def spread(world: Planted) -> None:
    """A topic a week, in which the days tell the voices apart: few write on one day."""
    topics = [row["id"] for row in world.tables["topic"]]
    for row in world.tables["post"]:
        at = topics.index(row["topic_id"]) * APART + row["seq"]
        row["created_at"] = moment(0) + timedelta(days=at)


def written_on(world: Planted, voice: dict) -> date:
    return world.of(voice, "post")[0]["created_at"].date()


def every_use_of_a_sign_in_is_dated(world: Planted) -> None:
    spread(world)
    for voice, who in each_voice(world):
        used = {"started_on": written_on(world, voice), "used_on": written_on(world, voice)}
        world.add("sign_in", id=world.number(), user_id=who, **used)


def last_seen_is_dated(world: Planted) -> None:
    """As if nobody came but to write; the day of the last time is known."""
    spread(world)
    last: dict[int, date] = {}
    for voice, who in each_voice(world):
        last[who] = max(written_on(world, voice), last.get(who, date.min))
    for who, on in last.items():
        world.add("last_seen", user_id=who, week=on)


def a_letter_thanks_the_writer(world: Planted) -> None:
    spread(world)
    for voice, who in each_voice(world):
        queued_at = world.of(voice, "post")[0]["created_at"]
        world.add("letter", id=world.number(), user_id=who, queued_at=queued_at)


def a_letter_tells_all_others(world: Planted) -> None:
    """Of a post everybody is told but its writer."""
    spread(world)
    for voice, who in each_voice(world):
        queued_at = world.of(voice, "post")[0]["created_at"]
        for other in {row["user_id"] for row in world.tables["space_member"]} - {who}:
            world.add("letter", id=world.number(), user_id=other, queued_at=queued_at)


def they_read_in_the_circle_when_they_write(world: Planted) -> None:
    """Each day there is a new post in the open; who reads it that day is there."""
    spread(world)
    for topic in range(8):
        for number in range(500):
            at = moment(0) + timedelta(days=number)
            world.add(
                "post",
                id=world.number(),
                topic_id=topic,
                seq=number,
                created_at=at,
                author_id=1,
                source="",
            )
    for voice, who in each_voice(world):
        until = (written_on(world, voice) - day(0)).days
        topic = world.dice.randrange(8)
        world.add("read_mark", id=world.number(), user_id=who, topic_id=topic, read=f"0-{until}")


def walls_as_long_as_they_are(world: Planted) -> None:
    """Not filled up, and some members have many employers."""
    entries = _employers(world)
    for voice, who in openings(world):
        for post in world.of(voice, "post"):
            post["wall"] = bytes(32 + 10 * entries[who])


def walls_grow_with_the_writer(world: Planted) -> None:
    """A wall has the entries of all above; one member has many."""
    entries = _employers(world, wide=1)
    walls: dict[int, bytes] = {}
    for post in sorted(world.tables["post"], key=lambda post: post["seq"]):
        above = walls.get(post["parent_id"], bytes(32))
        more = 10 * (entries[world.wrote[post["pseudonym_id"]]] // 10)
        walls[post["id"]] = post["wall"] = above + bytes(more)


def texts_as_long_as_they_are(world: Planted) -> None:
    """And everybody has a length of their own, in the open as well."""
    for number, row in enumerate(list(world.tables["space_member"])):
        for _time in range(3):
            world.add(
                "post",
                id=world.number(),
                author_id=row["user_id"],
                source="x" * number,
                topic_id=1,
                seq=1,
                created_at=moment(0),
            )
        for voice, who in each_voice(world):
            if who == row["user_id"]:
                for post in world.of(voice, "post"):
                    post["sealed"] = bytes(100 + 10 * number)


def colleagues_stay_away(world: Planted) -> None:
    """All but three work for one firm, so hardly anybody answers them."""
    more_topics(world, 140)
    lonely = [row["user_id"] for row in world.tables["space_member"]][:3]
    firm = world.number()
    for row in world.tables["employment"]:
        if row["user_id"] not in lonely:
            row["employer_id"] = firm
    world.add("employer", id=firm)
    quiet = {voice["topic_id"] for voice, who in openings(world) if who not in lonely}
    gone = {
        post["pseudonym_id"]
        for post in world.tables["post"]
        if post["topic_id"] in quiet and post["seq"] > 1
    }
    world.tables["post"] = [p for p in world.tables["post"] if p["pseudonym_id"] not in gone]
    world.tables["pseudonym"] = [p for p in world.tables["pseudonym"] if p["id"] not in gone]


def own_sizes(world: Planted) -> None:
    """Each member writes texts of a length of their own."""
    sizes = {row["user_id"]: 600 + 10 * n for n, row in enumerate(world.tables["space_member"])}
    for voice, who in each_voice(world):
        for post in world.of(voice, "post"):
            post["sealed"] = bytes(sizes[who])


def own_days(world: Planted) -> None:
    """Each member writes on two days of their own."""
    people = [row["user_id"] for row in world.tables["space_member"]]
    for voice, who in each_voice(world):
        (post,) = world.of(voice, "post")
        post["created_at"] = moment(people.index(who))
        again = {"id": world.number(), "created_at": moment(people.index(who) + 3)}
        world.add("post", **{**post, **again})


def _employers(world: Planted, wide: int = 20) -> dict[int, int]:
    """Many for some members: one more for each in turn, or sixty for one of them."""
    entries = {}
    for number, row in enumerate(list(world.tables["space_member"])[:20]):
        many = number if wide == 20 else 60 * (number == 0)
        for _each in range(many):
            employer = world.add("employer", id=world.number())
            world.add(
                "employment", id=world.number(), user_id=row["user_id"], employer_id=employer["id"]
            )
        entries[row["user_id"]] = many + 1
    return entries
