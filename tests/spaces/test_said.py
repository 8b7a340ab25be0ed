"""What moderators have said to somebody's names: where they find it, and how they appeal."""

import pytest

from forum.core.db import transaction
from forum.models.guarding import Ability, Appeal, NoticeKind
from forum.spaces.aiming import aim, tell
from forum.spaces.sanctions import bar, notify, sanctions_to_judge, warn
from tests.support import community, spaces
from tests.support.community import csrf
from tests.support.statements import counted_statements
from tests.support.watched import rows


@pytest.fixture
def answer(watched) -> str:
    return spaces.sealed_reply(watched.ben, watched.topic, "It serves you right.")


@pytest.fixture
def browser(app, watched):
    """One in which the named member is signed in."""

    def of(name: str):
        client = app.test_client()
        community.sign_in(client, watched.people[name])
        return client

    return of


@pytest.fixture
def mine(watched) -> str:
    return f"/s/{watched.here.public_id}/mine"


def barred(watched, answer, ability: Ability = Ability.WRITE) -> str:
    return bar(watched.reads("dora"), answer, ability, 7, "Please be kind.")


def told(watched, answer, kind: NoticeKind, words: str, in_days: int = 0) -> None:
    with transaction():
        tell(aim(watched.reads("dora"), answer), kind, words, in_days)


def appealing(client, mine: str, sanction: str, words: str = "I was angry."):
    url = f"{mine.removesuffix('mine')}appeals/{sanction}"
    return client.post(url, data={"words": words, "csrf_token": csrf(client)})


class TestOnesOwnPage:
    def test_says_what_was_said_to_each_name(self, watched, browser, mine, answer):
        other = spaces.sealed_topic(watched.ben, watched.here)
        warn(watched.reads("dora"), answer, "Last time.")
        notify(watched.reads("dora"), other, "Thank you.")
        text = browser("ben").get(mine).text
        for post, words in ((answer, "Last time."), (other, "Thank you.")):
            name = spaces.name_in(watched.ben, post)
            after = text.split(f"To <bdi>{name}</bdi>")[1].split("</article>")[0]
            assert words in after

    @pytest.mark.parametrize("name", ["ana", "cara", "dora", "eli"])
    def test_says_nothing_to_anybody_else(self, watched, browser, mine, answer, name):
        warn(watched.reads("dora"), answer, "Last time.")
        barred(watched, answer)
        text = browser(name).get(mine).text
        assert "Last time." not in text
        assert "What the moderators have said" not in text

    @pytest.mark.parametrize("ability", Ability)
    def test_says_what_one_is_barred_from_until_when_and_why(
        self, watched, browser, mine, answer, ability
    ):
        barred(watched, answer, ability)
        text = browser("ben").get(mine).text
        assert "until the end of" in text
        assert "Please be kind." in text

    def test_says_that_a_name_was_found_out_and_on_what_grounds(
        self, watched, browser, mine, answer
    ):
        told(watched, answer, NoticeKind.DISCLOSED, "risk_to_life")
        assert "for a risk to life" in browser("ben").get(mine).text

    @pytest.mark.parametrize("kind", NoticeKind)
    def test_has_words_for_every_kind(self, watched, browser, mine, answer, kind):
        told(watched, answer, kind, "threat")
        found = browser("ben").get(mine)
        assert found.status_code == 200
        assert "<b></b>" not in found.text

    def test_costs_the_same_however_much_was_said(self, watched, browser, mine, answer):
        client, counts = browser("ben"), []
        for more in (1, 8):
            for number in range(more):
                warn(watched.reads("dora"), answer, f"Number {number}.")
                barred(watched, answer)
            with counted_statements(client.application) as said:
                client.get(mine)
            counts.append(len(said))
        assert counts[0] == counts[1]


class TestAnAppeal:
    def test_is_sent_once_and_stands_there(self, watched, browser, mine, answer):
        sanction, client = barred(watched, answer), browser("ben")
        assert appealing(client, mine, sanction).headers["Location"].endswith("/mine#told")
        assert "I was angry." in client.get(mine).text
        assert appealing(client, mine, sanction, "Still.").status_code == 403
        (seen,) = sanctions_to_judge(watched.reads("dora"), watched.here.public_id)
        assert seen.appeal == "I was angry."

    @pytest.mark.parametrize("words", ["", "x" * 501])
    def test_without_words_or_with_too_many_is_given_back(
        self, watched, browser, mine, answer, words
    ):
        found = appealing(browser("ben"), mine, barred(watched, answer), words)
        assert found.status_code == 422
        assert words in found.text
        assert rows(Appeal) == []

    @pytest.mark.parametrize("name", ["ana", "cara", "dora", "eli", "gus"])
    def test_of_somebody_elses_bar_answers_as_of_none(self, watched, browser, mine, answer, name):
        sanction = barred(watched, answer)
        client = browser(name)
        found = [appealing(client, mine, it) for it in (sanction, "z" * 12)]
        assert [each.status_code for each in found] == [404, 404]
        assert rows(Appeal) == []


class TestAWayThere:
    def test_is_shown_to_whoever_is_kept_from_opening_a_page(self, watched, browser, mine, answer):
        barred(watched, answer)
        client = browser("ben")
        new = mine.replace("/mine", "/new")
        for page in (new, f"/p/{watched.topic}/reply", f"/p/{answer}/edit"):
            found = client.get(page)
            assert found.status_code == 403
            assert f'href="{mine}#told"' in found.text, page

    def test_is_shown_beside_a_text_that_was_refused(self, watched, browser, mine, answer):
        barred(watched, answer)
        client = browser("ben")
        words = {"body": "And again.", "title": "Again", "nonce": "n" * 22}
        for page in (mine.replace("/mine", "/new"), f"/p/{watched.topic}/reply"):
            found = client.post(page, data=words | {"csrf_token": csrf(client)})
            assert found.status_code == 403
            assert f'href="{mine}#told"' in found.text, page
            assert "And again." in found.text

    def test_is_shown_to_nobody_who_is_not_barred(self, watched, browser, mine, answer):
        barred(watched, answer)
        assert "#told" not in browser("cara").get(f"/p/{watched.topic}/reply").text


class TestHiding:
    def test_tells_the_name_why_in_the_same_act(self, watched, browser, mine, answer):
        client = browser("dora")
        sent = {"reason": "It names a firm.", "csrf_token": csrf(client)}
        assert client.post(f"/p/{answer}/hiding", data=sent).status_code == 302
        text = browser("ben").get(mine).text
        assert "A post of yours was hidden" in text
        assert "It names a firm." in text
        assert "It names a firm." not in browser("cara").get(mine).text

    def test_of_a_whole_topic_tells_too(self, watched, browser, mine):
        client = browser("dora")
        sent = {"reason": "It names a firm.", "csrf_token": csrf(client)}
        client.post(f"/p/{watched.topic}/hiding", data=sent)
        assert "It names a firm." in browser("ana").get(mine).text

    def test_that_fails_tells_nothing(self, browser, mine, answer):
        client = browser("eli")
        sent = {"reason": "It names a firm.", "csrf_token": csrf(client)}
        assert client.post(f"/p/{answer}/hiding", data=sent).status_code == 404
        assert "It names a firm." not in browser("ben").get(mine).text


def test_a_notice_of_tomorrow_is_not_there_today(watched, browser, mine, answer, held_clock):
    told(watched, answer, NoticeKind.NOTICE, "Later.", in_days=1)
    client = browser("ben")
    assert "Later." not in client.get(mine).text
    held_clock.forward(days=1)
    assert "Later." in client.get(mine).text
