"""Leaks to be planted: each is a fault that somebody could build in, and an attack must find."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from forum.core import names
from tests.journeys.at_rest.copies import Values
from tests.journeys.at_rest.planted import Leak, Planted


def each_voice(world: Planted) -> Iterator[tuple[Values, int]]:
    """Every voice, with whoever it is."""
    for voice in list(world.tables["pseudonym"]):
        yield voice, world.wrote[voice["id"]]


def openings(world: Planted) -> Iterator[tuple[Values, int]]:
    for voice, who in each_voice(world):
        if any(post["seq"] == 0 for post in world.of(voice, "post")):
            yield voice, who


def ids_rise_with_time(world: Planted) -> None:
    """A row that names them has the id before that of the nonce."""
    numbers = count(1 << 40, 1_000)
    for voice, who in each_voice(world):
        number = next(numbers)
        world.add("read_mark", id=number, user_id=who, topic_id=1, read="0")
        world.of(voice, "submit_nonce")[0]["id"] = number + 1


def rows_lie_as_they_were_written(world: Planted) -> None:
    """What they wrote in a circle lies before what they wrote in the space."""
    lying = world.tables["submit_nonce"]
    for voice, who in each_voice(world):
        (nonce,) = world.of(voice, "submit_nonce")
        lying.remove(nonce)
        world.add("submit_nonce", id=world.number(), user_id=who, nonce=world.address())
        lying.append(nonce)


def versions_tell_when(world: Planted) -> None:
    """Rows were not written anew, so their numbers follow those of what names them."""
    numbers = count(5_000, 20)
    for voice, who in each_voice(world):
        number = next(numbers)
        mark = world.add("read_mark", id=world.number(), user_id=who, topic_id=1, read="0")
        world.versions[id(mark)] = number
        for row in world.of(voice, "post"):
            world.versions[id(row)] = number + 3


def accounts_are_locked_when_it_is_written(world: Planted) -> None:
    numbers = count(5_000, 20)
    for voice, who in each_voice(world):
        number = next(numbers)
        world.locks[id(world.member(who, "user"))] = number
        for row in world.of(voice, "post"):
            world.versions[id(row)] = number


def a_nonce_is_somebodys_address(world: Planted) -> None:
    for voice, who in each_voice(world):
        world.of(voice, "submit_nonce")[0]["nonce"] = world.member(who, "user")["public_id"]


def a_nonce_begins_like_somebodys_address(world: Planted) -> None:
    for voice, who in each_voice(world):
        begins = world.member(who, "user")["public_id"][:4]
        world.of(voice, "submit_nonce")[0]["nonce"] = begins + world.address()


def a_job_leads_to_a_letter(world: Planted) -> None:
    """A letter about the post names its writer, and a job names the letter."""
    for voice, who in each_voice(world):
        letter, post = world.address(), world.of(voice, "post")[0]["public_id"]
        world.add("letter", id=world.number(), public_id=letter, user_id=who)
        world.add("job", id=world.number(), payload=f'{{"letter": "{letter}", "post": "{post}"}}')


def seats_under_one_key(world: Planted) -> None:
    """Keyed by the space and not by the topic: the same in every topic."""
    for voice, who in each_voice(world):
        world.of(voice, "submit_nonce")[0]["seat"] = world.member(who)["secret"].hex() * 2


def seats_begin_alike(world: Planted) -> None:
    for voice, who in each_voice(world):
        begins = world.member(who)["secret"].hex()[:3]
        world.of(voice, "submit_nonce")[0]["seat"] = begins + world.address()


def seats_of_reports_under_one_key(world: Planted) -> None:
    for voice, who in openings(world):
        seat, post = world.member(who)["secret"].hex(), world.of(voice, "post")[0]
        world.add("report", id=world.number(), seat=seat, post_id=post["id"])


def names_are_not_permuted(world: Planted) -> None:
    for voice, who in each_voice(world):
        voice["name"] = names.name(world.member(who)["number"])


def names_share(part: int, world: Planted) -> None:
    """One of their two words is the member's own."""
    for voice, who in each_voice(world):
        words = voice["name"].split()
        words[part] = names.name(world.member(who)["number"]).split()[part]
        voice["name"] = " ".join(words)


def names_are_near(world: Planted) -> None:
    for voice, who in each_voice(world):
        near = world.member(who)["number"] + world.dice.randrange(30)
        voice["name"] = names.name(near % (1 << 16))


def sealed_with_a_counter(world: Planted) -> None:
    """Each member's browser counts its own tickets."""
    for voice, who in each_voice(world):
        begins = world.member(who)["secret"][:8] + world.dice.randrange(1 << 20).to_bytes(4, "big")
        for post in world.of(voice, "post"):
            post["sealed"] = begins + post["sealed"][12:]


def in_order_of_members(change: Callable[[Planted, Values, int], None], world: Planted) -> None:
    """Something about each voice sorts as the members' numbers do."""
    ranked = sorted(each_voice(world), key=lambda each: world.member(each[1])["number"])
    for rank, (voice, _who) in enumerate(ranked):
        change(world, voice, rank)


def set_to(table: str, column: str, kind: str, world: Planted, voice: Values, rank: int) -> None:
    rows = {"topic_key": "topic_id"}
    value = {"text": f"{rank:012d}", "bytes": rank.to_bytes(12, "big") + world.dice.randbytes(90)}
    found = world.of(voice, table) if table not in rows else []
    if table in rows and any(post["seq"] == 0 for post in world.of(voice, "post")):
        found = [row for row in world.tables[table] if row["topic_id"] == voice["topic_id"]]
    for row in found:
        row[column] = value[kind]


def renumbered(table: str, world: Planted, voice: Values, rank: int) -> None:
    """Another id, wherever it stands."""
    old = voice["id"] if table == "pseudonym" else voice["topic_id"]
    if table in ("post", "submit_nonce", "sealed_picture"):
        old = world.of(voice, table)[0]["id"]
    if table == "topic" and not any(post["seq"] == 0 for post in world.of(voice, "post")):
        return
    new = (rank + 1) << 50
    for rows in world.tables.values():
        for row in rows:
            for column, value in row.items():
                if value == old:
                    row[column] = new
    if table == "pseudonym":
        world.wrote[new] = world.wrote.pop(old)


def placed(table: str, world: Planted, voice: Values, rank: int) -> None:
    row = voice if table == "pseudonym" else world.of(voice, table)[0]
    lying = world.tables[table]
    lying.remove(row)
    lying.append(row)


ORDERED: dict[str, Leak] = {
    "number of the name": partial(
        in_order_of_members,
        lambda _world, voice, rank: voice.update(name=names.name(rank * 150)),
    ),
    "id of the name": partial(in_order_of_members, partial(renumbered, "pseudonym")),
    "id of the post": partial(in_order_of_members, partial(renumbered, "post")),
    "id of the nonce": partial(in_order_of_members, partial(renumbered, "submit_nonce")),
    "id of a picture": partial(in_order_of_members, partial(renumbered, "sealed_picture")),
    "id of the topic": partial(in_order_of_members, partial(renumbered, "topic")),
    "place of the name": partial(in_order_of_members, partial(placed, "pseudonym")),
    "place of the post": partial(in_order_of_members, partial(placed, "post")),
    "place of the nonce": partial(in_order_of_members, partial(placed, "submit_nonce")),
    "place of a picture": partial(in_order_of_members, partial(placed, "sealed_picture")),
} | {
    trait: partial(in_order_of_members, partial(set_to, *where))
    for trait, where in {
        "address of the post": ("post", "public_id", "text"),
        "words": ("post", "sealed", "bytes"),
        "wall": ("post", "wall", "bytes"),
        "address of a picture": ("sealed_picture", "public_id", "text"),
        "a picture": ("sealed_picture", "sealed", "bytes"),
        "nonce": ("submit_nonce", "nonce", "text"),
        "seat of the nonce": ("submit_nonce", "seat", "text"),
        "seat of an edit": ("draft", "seat", "text"),
        "key of the topic": ("topic_key", "wrapped", "bytes"),
    }.items()
}
"""For each trait of a voice that is looked at: it sorts as the members do."""
