"""What a topic page hears when it asks for news."""

from dataclasses import replace

import pytest

from forum.policy import limits
from tests.support import community
from tests.support.statements import counted_statements


def asked(client, topic: str, query: str = "?after=0"):
    return client.get(f"/t/{topic}/news{query}")


def test_news_are_words_and_a_link(client, scene):
    replies = [community.reply(scene.ana, scene.topic, text) for text in ("One.", "Two.")]
    assert asked(client, scene.topic).json == {
        "words": "2 new replies",
        "url": f"/t/{scene.topic}#p-{replies[0]}",
    }


def test_no_news_are_no_words(client, scene):
    answer = asked(client, scene.topic, "")
    assert (answer.status_code, answer.data) == (204, b"")
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_asks_from_where_it_ends(client, scene):
    address = news_address(client, f"/t/{scene.topic}")
    assert client.get(address).status_code == 204
    community.reply(scene.ana, scene.topic, "One.")
    assert client.get(address).json["words"] == "1 new reply"


def test_the_page_by_time_is_led_back_to_its_order(client, scene):
    address = news_address(client, f"/t/{scene.topic}?view=time")
    reply = community.reply(scene.ana, scene.topic, "One.")
    assert client.get(address).json["url"] == f"/t/{scene.topic}?view=time#p-{reply}"


def test_a_closed_conversation_has_nothing_to_ask_for(client, scene):
    community.close(scene.topic)
    assert "/news?" not in client.get(f"/t/{scene.topic}").text


def test_a_page_of_a_private_space_never_asks(client, inside):
    community.sign_in(client, inside.dora)
    page = client.get(f"/t/{inside.topic}").text
    assert "/news" not in page
    assert "news.js" not in page
    assert asked(client, inside.topic).status_code == 404


def test_what_is_not_theirs_is_answered_as_what_is_not_there(client, inside):
    community.sign_in(client, inside.dora)
    there, nowhere = asked(client, inside.topic), asked(client, "abcdefghjkmn")
    assert there.status_code == nowhere.status_code == 404
    assert there.text.replace(inside.topic, "abcdefghjkmn") == nowhere.text


@pytest.mark.parametrize("who", ["guest", "member"])
def test_whoever_asks_without_end_is_told_to_wait_and_nothing_is_written_down(
    client, scene, monkeypatch, who
):
    if who == "member":
        community.sign_in(client, scene.ben)
    monkeypatch.setattr(limits, "_in_memory", {})
    monkeypatch.setattr(limits, "NEWS", replace(limits.NEWS, hits=3))
    with counted_statements(client.application) as said:
        answers = [asked(client, scene.topic, "").status_code for _ in range(5)]
    assert answers == [204, 204, 204, 429, 429]
    assert not [each for each in said if "throttle" in each.lower()]


def news_address(client, page: str) -> str:
    text = client.get(page).text
    return text.split('data-news="')[1].split('"')[0].replace("&amp;", "&")
