from forum.discussions.queries.thread import fetching
from forum.notifications import actions
from tests.support import community


def test_opening_a_topic_reads_what_one_was_told_of_it(client, scene):
    topic, other = scene.opens("ana"), scene.opens("ana")
    for each in (topic, other):
        scene.answers("ben", each)
    community.sign_in(client, scene.ana)
    client.get(f"/t/{topic}")
    assert scene.unread("ana") == 1


def test_so_does_one_post_of_it(client, scene):
    answer = scene.answers("ben", scene.opens("ana"))
    community.sign_in(client, scene.ana)
    client.get(f"/p/{answer}")
    assert scene.unread("ana") == 0


def test_also_when_all_of_it_was_on_the_screen_before(client, scene):
    topic = scene.opens("ana")
    community.sign_in(client, scene.ben)
    client.get(f"/t/{topic}")
    scene.edits("ana", topic, "What now, @ben?")
    assert scene.unread("ben") == 1
    client.get(f"/t/{topic}")
    assert scene.unread("ben") == 0


def test_fetching_ahead_reads_nothing(client, scene):
    topic = scene.opens("ana")
    scene.answers("ben", topic)
    community.sign_in(client, scene.ana)
    client.get(f"/t/{topic}", headers={"Sec-Purpose": "prefetch"})
    client.head(f"/t/{topic}")
    assert scene.unread("ana") == 1


def test_another_who_opens_it_reads_nothing_of_theirs(client, scene):
    topic = scene.opens("ana")
    scene.answers("ben", topic)
    community.sign_in(client, scene.cem)
    client.get(f"/t/{topic}")
    assert scene.unread("ana") == 1


def test_what_stands_on_a_later_page_stays_unread(client, scene, monkeypatch):
    monkeypatch.setattr(fetching, "PAGE", 5)
    topic = scene.opens("ana")
    for _each in range(8):
        community.reply(scene.cem, topic)
    answer = scene.answers("ben", topic, "Far down, @ana.")
    community.sign_in(client, scene.ana)
    assert "Far down" not in client.get(f"/t/{topic}").text
    assert scene.unread("ana") == 1
    assert "Far down" in client.get(f"/p/{answer}").text
    assert scene.unread("ana") == 0


def test_all_at_once(scene):
    for _each in range(2):
        scene.answers("ben", scene.opens("ana"))
    scene.answers("ana", scene.opens("ben"))
    actions.mark_all_read(scene.reads("ana"))
    assert (scene.unread("ana"), scene.unread("ben")) == (0, 1)
