"""What a member does in a space of twenty, one act a method. Who did it is kept here alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from forum.core.errors import ForumError, NotThere
from forum.discussions import actions
from forum.discussions.forms import new_nonce
from forum.models.discussions import ReactionKind, ReportReason
from forum.models.guarding import Ability
from forum.policy.viewer import Viewer
from forum.spaces import reports, sanctions
from tests.support import community
from tests.support.community import csrf
from tests.support.space_people import Space

CANARY = "quaggavell"
"""Begins every word that is said in the space, and none that is said elsewhere."""
FOLLOWED = 75
"""So many of the newest topics are answered."""
BY_FORM = 0.1
"""So many texts are sent by the page's form, the others by the action behind it."""
WITH_PICTURE = 0.1
_PLACE = re.compile(r"[tp][/-]([a-z0-9]{12})$")
Act = Callable[[Viewer], Any]


@dataclass
class Doings:
    """The space, and what only the simulation knows."""

    space: Space
    dice: Random
    wrote: dict[str, str] = field(default_factory=dict)
    """Who wrote each post, by its public id."""
    topics: list[list[str]] = field(default_factory=list)
    """The posts of each topic, the newest topic last."""
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    running: str = ""
    """A topic of the open circle, which everybody follows."""

    @property
    def app(self) -> Flask:
        return self.space.app

    def look_around(self, name: str) -> None:
        """What every visit begins with, whoever comes."""
        client = self._browser(name)
        client.get("/")
        client.get(f"/t/{self.running}?at=last")
        client.get(f"/s/{self.space.public_id}")
        for posts in self.dice.sample(self._lively(), min(1, len(self.topics))):
            client.get(f"/t/{posts[0]}")

    def tell(self, name: str) -> None:
        title, text = self._words(3), self._words() + self._picture(name)
        if self.dice.random() < BY_FORM:
            told = self._sent(name, f"/s/{self.space.public_id}/new", title=title, body=text)
        else:
            told = self._acted(name, self._new_topic(title, text))
        self.topics.append([told])
        self.wrote[told] = name

    def answer(self, name: str) -> None:
        """To a post they can see; now and then it calls its writer by name."""
        for _try in range(30 if self.topics else 0):
            posts = self.dice.choice(self._lively())
            to = self.dice.choice(posts)
            try:
                answer = self._answered(name, to)
            except NotThere:  # a colleague's, or below one
                continue
            posts.append(answer)
            self.wrote[answer] = name
            return
        self.tell(name)

    def react(self, name: str) -> None:
        kind = self.dice.choice(list(ReactionKind))
        self._at_some_post(name, lambda viewer, it: actions.react(viewer, it, kind))

    def report(self, name: str) -> None:
        words = self._words()
        self._at_some_post(
            name, lambda viewer, it: actions.report(viewer, it, ReportReason.OTHER, words)
        )

    def begin_an_answer(self, name: str) -> None:
        """A draft that is left lying."""
        words = self._words()
        self._at_some_post(
            name, lambda viewer, it: actions.save_draft(viewer, f"reply:{it}", "", words, "")
        )

    def begin_a_topic(self, name: str) -> None:
        place, title, words = f"space:{self.space.public_id}", self._words(3), self._words()
        self._tried(lambda viewer: actions.save_draft(viewer, place, title, words, ""), name)

    def begin_in_the_open(self, name: str) -> None:
        """A draft for the circle, beside its writer's id."""
        self._tried(
            lambda viewer: actions.save_draft(viewer, "topic:retail", "", "Said in the open.", ""),
            name,
        )

    def edit(self, name: str) -> None:
        words = self._words()
        self._at_an_own_post(name, lambda viewer, it: actions.edit_post(viewer, it, words))

    def begin_an_edit(self, name: str) -> None:
        words = self._words()
        self._at_an_own_post(
            name, lambda viewer, it: actions.save_draft(viewer, f"edit:{it}", "", words, "")
        )

    def add_a_picture(self, name: str) -> None:
        """One that they never post."""
        self.space.picture(name)

    def speak_openly(self, name: str) -> None:
        """In the circle, beside one's name and with the time."""
        with self.app.app_context():
            community.reply(self.space.people[name], self.running, "Said in the open.")

    def ask_for_a_link(self, name: str) -> None:
        """A letter to set a new password, which stays unopened."""
        client = self.app.test_client()
        address = self.space.people[name].address
        client.post("/reset", data={"address": address, "csrf_token": csrf(client)})

    def sign_in_again(self, name: str) -> None:
        client = self.clients.pop(name)
        client.post("/sign-out", data={"csrf_token": csrf(client)})
        self._browser(name)

    def keep_order(self, name: str) -> None:
        """A moderator looks at a report; once in a while somebody is barred from reporting."""

        def looked(viewer: Viewer) -> None:
            report = reports.take(viewer, self.space.public_id)
            if report:
                if self.dice.random() < 0.2:
                    it = report.post_public_id
                    sanctions.bar(viewer, it, Ability.REPORT, 5, self._words(20))
                reports.settle(viewer, report.post_public_id, hide=False)

        self._tried(looked, name)

    def _answered(self, name: str, to: str) -> str:
        called = self.dice.random() < 0.05 and self.wrote[to] != name
        text = self._words() + self._picture(name)
        if called:
            text += f" I agree with {self.space.name_of(self.wrote[to], to)}."
        if self.dice.random() < BY_FORM:
            return self._sent(name, f"/p/{to}/reply", body=text)
        return self._acted(
            name, lambda viewer: actions.post_reply(viewer, to, text, new_nonce(), looked=True)
        )

    def _new_topic(self, title: str, text: str) -> Act:
        here, head = self.space.public_id, actions.Head(title, "advice")
        return lambda viewer: actions.post_topic_in_space(
            viewer, here, head, text, new_nonce(), looked=True
        )

    def _acted(self, name: str, act: Act) -> str:
        with self.app.app_context():
            return act(self.space.viewer(name)).public_id

    def _sent(self, name: str, path: str, **words: str) -> str:
        client = self._browser(name)
        sent = {"csrf_token": csrf(client), "nonce": new_nonce(), "looked": "y"}
        answer = client.post(path, data=sent | {"wish": "advice"} | words)
        if answer.status_code == 404:
            raise NotThere
        found = _PLACE.search(answer.headers["Location"])
        assert found, answer.headers
        return found[1]

    def _at_some_post(self, name: str, act: Callable[[Viewer, str], Any]) -> None:
        posts = self.dice.choice(self._lively()) if self.topics else []
        if posts:
            self._tried(lambda viewer: act(viewer, self.dice.choice(posts)), name)

    def _at_an_own_post(self, name: str, act: Callable[[Viewer, str], Any]) -> None:
        mine = [post for post, writer in self.wrote.items() if writer == name]
        if mine:
            self._tried(lambda viewer: act(viewer, self.dice.choice(mine)), name)

    def _tried(self, act: Act, name: str) -> None:
        """Some acts are refused: at one's own post, behind a wall, to who is barred."""
        try:
            with self.app.app_context():
                act(self.space.viewer(name))
        except ForumError:
            pass

    def _browser(self, name: str) -> FlaskClient:
        if name not in self.clients:
            self.clients[name] = self.space.client(name)
        return self.clients[name]

    def _lively(self) -> list[list[str]]:
        return self.topics[-FOLLOWED:]

    def _picture(self, name: str) -> str:
        """Now and then a text shows one."""
        if self.dice.random() >= WITH_PICTURE:
            return ""
        return f"\n\n![{self._words(3)}](/files/{self.space.picture(name)})"

    def _words(self, most: int = 90) -> str:
        return " ".join(f"{CANARY}{n}" for n in range(self.dice.randint(1, most)))
