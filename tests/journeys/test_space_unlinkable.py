"""To a member, somebody's words in two topics look like those of two people.

Each page of what one person wrote in two topics is compared with what two people wrote there.
"""

import re
from collections import Counter
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from forum.core import names
from tests.support.community import csrf
from tests.support.space_people import PLENTY, Space

MEMBERS = {"Ana": "Northwind", "Mod": "Adventure"} | dict(
    zip(("Cem", "Dora", "Eva", "Fay", "Gil", "Hana"), PLENTY, strict=True)
)
TOPICS = 24
FACES = re.compile(r"<svg.*?</svg>", re.DOTALL)


@pytest.fixture
def space(app, held_clock) -> Space:
    space = Space.founded(app, MEMBERS)
    space.appoint("Mod")
    return space


def page(client: FlaskClient, topic: str) -> str:
    """As it is once everything was shown, without what is made anew for every page."""
    client.get(f"/t/{topic}")
    got = client.get(f"/t/{topic}")
    assert got.status_code == 200
    text = re.sub(r'(name="(?:csrf_token|nonce)"[^>]*value=")[^"]*', r"\1", got.text)
    headers = sorted(line for line in got.headers if line[0] not in {"Date", "Content-Length"})
    return f"{headers}\n{text}"


def shape(text: str, *own: str) -> str:
    """A page without the names, faces and ids that belong to this topic alone."""
    for word in own:
        text = text.replace(word, "…")
    text = FACES.sub("<face>", text)
    return re.sub(r"\b(?:[2-9a-hjkmnp-z]{12}){1,2}\b", "…", text)


def with_picture(space: Space, who: str) -> str:
    return f"Words.\n\n![A chart](/files/{space.picture(who)})"


@pytest.mark.parametrize("who", ["Cem", "Mod"])
def test_two_topics_of_one_person_share_no_more_than_those_of_two(space, who):
    same = [space.tell("Ana", "Title", with_picture(space, "Ana")) for _ in range(2)]
    other = space.tell("Dora", "Title", with_picture(space, "Dora"))
    writers = dict(zip((*same, other), ("Ana", "Ana", "Dora"), strict=True))
    voices = {topic: space.name_of(name, topic) for topic, name in writers.items()}
    assert len(set(voices.values())) == 3
    client = space.client(who)
    pages = {topic: page(client, topic) for topic in writers}
    readers = {topic: space.name_of(who, topic) for topic in writers}
    shapes = {shape(pages[topic], voices[topic], readers[topic], topic) for topic in writers}
    assert len(shapes) == 1
    assert 'src="/files/…"' in shapes.pop()
    faces = [set(FACES.findall(pages[topic])) for topic in writers]
    assert faces[0] & faces[1] == faces[0] & faces[2]


def test_one_persons_names_meet_no_oftener_than_chance(space):
    """Over many topics neither word of a name, nor its number, ties two of them."""
    topics = [space.tell("Ana", f"Title {number}", "Words.") for number in range(TOPICS)]
    ana = [space.name_of("Ana", topic) for topic in topics]
    dora = [space.name_of("Dora", topic) for topic in topics]
    assert len(set(ana)) == TOPICS
    assert not any(one == other for one, other in zip(ana, dora, strict=True))
    for part in (0, 1):
        words = Counter(name.split()[part] for name in ana)
        assert max(words.values()) <= 4
    steps = {names.number(one) ^ names.number(other) for one, other in zip(ana, dora, strict=True)}
    assert len(steps) == TOPICS, "two members differ by the same in every topic"


def test_no_list_puts_what_one_person_told_together(space):
    """Within a day the order is that of random numbers."""
    told = {
        space.tell(name, f"Title {number}", "Words."): name
        for number in range(TOPICS)
        for name in [("Ana", "Dora")[number >= TOPICS // 2]]
    }
    listed = re.findall(
        r'href="/t/([a-z0-9]{12})"', space.client("Cem").get(f"/s/{space.public_id}").text
    )
    writers = [told[it] for it in dict.fromkeys(listed)]
    assert len(writers) == TOPICS
    changes = sum(one != other for one, other in pairwise(writers))
    assert changes >= 3, "sorted by when or by whom"


def test_what_somebody_does_in_one_topic_changes_no_page_of_another(space):
    one, two = (space.tell("Ana", "Title", "Words.") for _ in range(2))
    cem = space.client("Cem")
    before = page(cem, two)
    space.reply("Ana", one, "More.")
    space.edit("Ana", one, "Other words.")
    space.draft("Ana", f"reply:{one}", "Half")
    assert page(cem, two) == before
    space.remove("Ana", one)
    assert page(cem, two) == before


def test_a_form_sent_again_in_another_topic_tells_nothing(space):
    """A nonce is looked up by the seat, and another topic has another."""
    topics = [space.tell("Dora", "Title", "Words.") for _ in range(2)]
    ana = space.client("Ana")
    sent = {"csrf_token": csrf(ana), "nonce": "n" * 22, "body": "The same words."}
    places = [ana.post(f"/p/{topic}/reply", data=sent).headers["Location"] for topic in topics]
    assert places[0] != places[1]
