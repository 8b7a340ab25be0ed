"""What may not be seen leaves no trace, and what is taken away is gone with the next request."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from forum.core.db import transaction
from forum.models.accounts import User
from forum.models.circles import Circle, Role, Visibility
from tests.support import community
from tests.support.community import (
    circle,
    csrf,
    hide,
    join,
    leave,
    person,
    remove,
    reply,
    report,
    send_away,
    sign_in,
    suspend,
    topic,
)

NOBODYS = "zzzzzzzzzzzz"
TOKENS = re.compile(r'(name="csrf_token"[^>]*value=")[^"]*')


@pytest.fixture
def ana(app, app_context):
    return person("Ana")


@pytest.fixture
def ben(app, app_context, client):
    """Whoever asks, in the test's browser."""
    ben = person("Ben")
    sign_in(client, ben)
    return ben


def body(client: FlaskClient, where: str) -> str:
    return TOKENS.sub(r"\1", client.get(where).text)


class Thread:
    """A topic of an open circle in which much was hidden or taken away."""

    def __init__(self, ana: User) -> None:
        with transaction():
            self.retail, self.quiet = circle("retail"), circle("quiet", Visibility.SECRET)
            self.question = topic(ana, self.retail)
            first = reply(ana, self.question)
            self.hidden, self.removed = reply(ana, first), reply(ana, first)
            reply(ana, self.hidden)
            self.elsewhere = reply(ana, topic(ana, self.retail, "Another"))
            self.secret = reply(ana, topic(ana, self.quiet))
            self.hidden_topic = topic(ana, self.retail, "Hidden")
            hide(self.hidden)
            hide(self.hidden_topic)
        remove(self.removed)


@pytest.fixture
def thread(ana):
    return Thread(ana)


CURSORS = [
    "/t/{question}?from={it}",
    "/t/{question}?before={it}",
    "/t/{question}?fold={it}",
    "/t/{question}?view=time&from={it}",
    "/t/{question}?view=time&before={it}",
    "/p/{question}?from={it}",
    "/t/{question}/next-unread?after={it}",
    "/c/retail?after={it}",
    "/c/retail?before={it}",
    "/c/retail?tab=new&after={it}",
    "/c/retail?tab=unanswered&before={it}",
]


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_place_in_a_list_that_may_not_be_seen_is_no_place_at_all_in(thread, ben, client, cursor):
    def answer(it: str) -> tuple[object, ...]:
        got = client.get(cursor.format(question=thread.question, it=it))
        text = TOKENS.sub(r"\1", got.text).replace(it, "…")
        return got.status, (got.location or "").replace(it, "…"), text

    client.get(f"/t/{thread.question}")
    nobodys = answer(NOBODYS)
    for name in ("hidden", "removed", "elsewhere", "secret", "hidden_topic"):
        if not (name == "elsewhere" and cursor.startswith("/c/")):
            assert answer(getattr(thread, name)) == nobodys, name


def test_an_answer_that_was_hidden_is_not_counted(thread, ben, client):
    assert "3 replies" not in client.get(f"/t/{thread.question}").text
    assert "2 replies" in client.get(f"/t/{thread.question}").text


OUTSIDE = [
    "/",
    "/circles",
    "/c/retail",
    "/sitemap.xml",
    "/drafts",
    "/settings",
    "/robots.txt",
]


ACTIVITY = {
    "a topic": lambda ana, place, question: topic(ana, place, "News"),
    "a reply": lambda ana, place, question: reply(ana, question),
    "a member": lambda ana, place, question: join(person("Cem"), place),
    "a moderator": lambda ana, place, question: join(person("Cem"), place, Role.MODERATOR),
    "hiding": lambda ana, place, question: hide(question),
    "a report": lambda ana, place, question: report(ana, question),
    "a removal": lambda ana, place, question: remove(reply(ana, question)),
    "a leaving": lambda ana, place, question: leave(ana, place),
}


@pytest.mark.parametrize("visibility", [Visibility.SECRET, Visibility.APPROVAL], ids=str)
@pytest.mark.parametrize("happening", ACTIVITY.values(), ids=ACTIVITY)
def test_an_outsiders_pages_stay_the_same_to_the_letter_after(
    app, ana, ben, client, held_clock, visibility, happening
):
    with transaction():
        quiet, retail = circle("quiet", visibility), circle("retail")
        join(ana, quiet, Role.MODERATOR)
        join(ben, retail)
        topic(ana, retail)
        question = topic(ana, quiet)
    guest = app.test_client()
    pages = [*OUTSIDE, "/c/quiet/about", "/c/quiet", f"/t/{question}"]
    before = [(body(client, page), body(guest, page)) for page in pages]
    held_clock.forward(minutes=5)
    happening(ana, quiet, question)
    assert [(body(client, page), body(guest, page)) for page in pages] == before


@pytest.fixture
def inside(ben):
    """Ben is in a circle where one has to be asked in; the topic there."""
    quiet = circle("quiet", Visibility.APPROVAL)
    join(ben, quiet)
    return quiet, topic(person("Cem"), quiet)


def test_whoever_leaves_is_out_with_the_next_request(client, inside):
    _quiet, question = inside
    assert client.get(f"/t/{question}").status_code == 200
    client.post("/c/quiet/membership/end", data={"csrf_token": csrf(client)})
    assert client.get(f"/t/{question}").status_code == 404
    assert client.get("/c/quiet").status_code == 404


def test_whoever_is_sent_away_is_out_with_the_next_request(client, ben, inside):
    quiet, question = inside
    assert client.get(f"/t/{question}").status_code == 200
    send_away(ben, quiet)
    assert client.get(f"/t/{question}").status_code == 404


def test_whoever_was_sent_away_cannot_come_back_alone(client, ben):
    retail = circle("retail")
    join(ben, retail)
    send_away(ben, retail)
    answer = client.post("/c/retail/membership", data={"csrf_token": csrf(client)})
    assert answer.status_code == 403
    assert community.viewer(ben).circle(retail.id) is None


def test_what_was_typed_where_one_is_no_longer_is_kept(client, ben, inside):
    """The text is theirs; the place has no name and no link any more."""
    quiet, question = inside
    draft = {"draft_place": f"reply:{question}", "body": "Kept words", "csrf_token": csrf(client)}
    client.post("/drafts", data=draft)
    assert f"/p/{question}/reply" in client.get("/drafts").text
    send_away(ben, quiet)
    listed = client.get("/drafts").text
    assert "Kept words" in listed
    assert question not in listed
    assert "A question" not in listed


def test_a_moderator_who_is_one_no_longer_sees_no_reports(client, ben):
    retail = circle("retail")
    join(ben, retail, Role.MODERATOR)
    assert client.get("/c/retail/reports").status_code == 200
    join(ben, retail, Role.MEMBER)
    assert client.get("/c/retail/reports").status_code == 403


def test_whoever_is_suspended_reads_on_and_writes_no_more(client, ben):
    retail = circle("retail")
    join(ben, retail)
    question = topic(ben, retail)
    words = {"body": "Words", "csrf_token": csrf(client)}
    assert client.post(f"/p/{question}/reply", data=words).status_code == 302
    suspend(ben)
    assert client.get(f"/t/{question}").status_code == 200
    answer = client.post(f"/p/{question}/reply", data={"body": "More words", **words})
    assert answer.status_code == 403
    assert "suspended" in answer.text


def test_a_circle_that_becomes_secret_is_closed_with_the_next_request(app, client, ben, inside):
    _quiet, question = inside
    outsider = app.test_client()
    sign_in(outsider, person("Dora"))
    with transaction() as session:
        session.execute(update(Circle).values(visibility=Visibility.OPEN))
    assert outsider.get(f"/t/{question}").status_code == 200
    with transaction() as session:
        session.execute(update(Circle).values(visibility=Visibility.SECRET))
    assert outsider.get(f"/t/{question}").status_code == 404
    assert client.get(f"/t/{question}").status_code == 200


def test_staff_act_as_staff_only_while_their_password_is_fresh(app_context, client, held_clock):
    retail = circle("retail")
    staff = person("Staff", staff=True)
    sign_in(client, staff)
    question = topic(person("Cem"), retail)
    token = {"csrf_token": csrf(client)}
    assert client.post(f"/t/{question}/closure", data=token).status_code == 302
    held_clock.forward(hours=1)
    assert client.post(f"/t/{question}/closure/end", data=token).status_code == 403
    proof = token | {"current": community.PASSWORD}
    assert client.post("/settings/staff", data=proof).status_code == 302
    assert client.post(f"/t/{question}/closure/end", data=token).status_code == 302
