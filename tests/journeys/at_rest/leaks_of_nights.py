"""Leaks that show only when copies of several mornings are compared; as `leaks`."""

from collections.abc import Callable
from datetime import timedelta

from tests.journeys.at_rest.copies import Copy, Kept
from tests.journeys.at_rest.leaks import each_voice, openings
from tests.journeys.at_rest.planted import Planted, day, moment

MORNINGS = 40


def mornings(world: Planted, change: Callable[[Planted, int], None]) -> list[Copy]:
    """A copy of each morning, with what was written by then. A topic begins every day."""
    topics = [row["id"] for row in world.tables["topic"]]
    for row in world.tables["post"]:
        at = topics.index(row["topic_id"]) + row["seq"] // 2
        row["created_at"] = moment(0) + timedelta(days=at)
    return [_morning(world, number, change) for number in range(MORNINGS)]


def nothing(_world: Planted, _number: int) -> None:
    """No leak."""


def visits_of_writers_are_dated(world: Planted, number: int) -> None:
    """A sign-in's row changes on each day of its use, and most come only when they write."""
    for voice, who in each_voice(world):
        if _written_on(world, voice, number):
            world.member(who, "sign_in")["used_on"] = day(0) + timedelta(days=number)


def drafts_have_one_seat(world: Planted, number: int) -> None:
    """Whoever opens a topic tomorrow has a draft tonight, of the same seat each time."""
    world.tables["draft"].clear()
    for voice, who in openings(world):
        if _written_on(world, voice, number + 1):
            seat = world.member(who)["secret"].hex()
            world.add("draft", id=world.number(), seat=seat, place="space:abcdefghjkmn")


def waiting_pictures_have_one_seat(world: Planted, number: int) -> None:
    """The same with the picture of tomorrow's topic; answers show none."""
    world.tables["waiting_picture"].clear()
    first = {row["id"] for row in world.tables["post"] if row["seq"] == 0}
    shown = world.tables["sealed_picture"]
    shown[:] = [row for row in shown if row["post_id"] in first]
    for voice, who in openings(world):
        if _written_on(world, voice, number + 1):
            seat = world.member(who)["secret"].hex()
            world.add("waiting_picture", id=world.number(), seat=seat)


def _morning(world: Planted, number: int, change: Callable[[Planted, int], None]) -> Copy:
    change(world, number)
    whole, until = dict(world.copy()), moment(0) + timedelta(days=number)
    posts = [row for row in whole["post"] if row["created_at"] <= until]
    spoken = {row["pseudonym_id"] for row in posts}
    whole["post"] = posts
    there = {row["id"] for row in posts}
    whole["sealed_picture"] = [row for row in whole["sealed_picture"] if row["post_id"] in there]
    whole["pseudonym"] = [row for row in whole["pseudonym"] if row["id"] in spoken]
    return Copy(
        {
            name: [Kept(dict(row.values), row.place, row.version) for row in rows]
            for name, rows in whole.items()
        }
    )


def _written_on(world: Planted, voice: dict, number: int) -> bool:
    on = moment(0) + timedelta(days=number)
    return any(post["created_at"] == on for post in world.of(voice, "post"))
