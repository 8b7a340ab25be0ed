"""A private space and what its members do there, in a line each.

    space = Space.founded(app, {"Ana": "Northwind", "Ben": "Contoso", …})
    told = space.tell("Ana", "It failed", "We failed badly.")
    answer = space.reply("Ben", told, "So did we.")

Everybody is named by their first name. Each act has an application context of its own, as each
request has. Topics and posts are named by their public ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from forum.core import clock
from forum.core.db import db, transaction
from forum.discussions import actions
from forum.discussions.queries.posts import post_for
from forum.models import spaces as models
from forum.models.accounts import User
from forum.models.circles import Role
from forum.models.discussions import ReactionKind, Report, ReportReason
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.quiet import actions as quiet
from forum.spaces import actions as doors
from tests.support import community, workplaces

PLENTY = ("Contoso", "Fabrikam", "Litware", "Tailspin", "Wingtip", "Proseware")
_nonces = count(1)


@dataclass
class Space:
    """One circle's space."""

    app: Flask
    slug: str
    public_id: str = ""
    people: dict[str, User] = field(default_factory=dict)

    @classmethod
    def founded(cls, app: Flask, employers: Mapping[str, str], slug: str = "retail") -> "Space":
        """A circle with an open space of these members, each verified at an employer."""
        space = cls(app, slug)
        with app.app_context():
            community.circle(slug)
            for name, employer in employers.items():
                space.come(name, employer)
            circle_id = community.find(slug).id
            doors.found_space(circle_id)
        for name in employers:
            space.enter(name)
        space.open()
        return space

    def come(self, name: str, employer: str = "", **words: bool) -> User:
        """Somebody new in the circle, not in the space yet."""
        with self.app.app_context():
            self.people[name] = community.person(f"{name} {name}son", **words)
            community.join(self.people[name], community.find(self.slug))
            if employer:
                domain = f"{employer.lower().replace(' ', '')}.example"
                workplaces.works_for(self.people[name], employer, domain)
            return self.people[name]

    def enter(self, name: str) -> None:
        with self.app.app_context():
            circle_id = community.find(self.slug).id
            self.public_id = doors.enter(self.viewer(name), circle_id)

    def leave(self, name: str) -> None:
        with self.app.app_context():
            doors.leave(self.viewer(name), self.public_id)

    def open(self) -> None:
        """Open whoever is in it; the rule of admission has its own tests."""
        self._change(
            models.Space, models.Space.public_id == self.public_id, opened_on=clock.today()
        )

    def appoint(self, name: str) -> None:
        """Make a member one of the space's own moderators."""
        here = models.SpaceMember.user_id == self.people[name].id
        self._change(models.SpaceMember, here, role=Role.MODERATOR)

    def viewer(self, name: str) -> Viewer:
        return community.viewer(self.people[name])

    def tell(
        self, name: str, title: str, text: str, wish: str = "advice", notes: tuple[str, ...] = ()
    ) -> str:
        with self.app.app_context():
            head = actions.Head(title, wish, notes)
            posted = actions.post_topic_in_space(
                self.viewer(name), self.public_id, head, text, _nonce(), looked=True
            )
            return posted.public_id

    def reply(self, name: str, to: str, text: str) -> str:
        with self.app.app_context():
            return actions.post_reply(self.viewer(name), to, text, _nonce(), looked=True).public_id

    def edit(self, name: str, post: str, text: str, title: str | None = None) -> None:
        with self.app.app_context():
            actions.edit_post(self.viewer(name), post, text, title, looked=True)

    def remove(self, name: str, post: str) -> None:
        with self.app.app_context():
            actions.remove_post(self.viewer(name), post)

    def unfold(self, name: str, topic: str) -> None:
        with self.app.app_context():
            actions.set_unfolded(self.viewer(name), topic, unfolded=True)

    def mute(self, name: str, post: str) -> None:
        """Fold the voice of a post in its topic."""
        with self.app.app_context():
            actions.mute_voice(self.viewer(name), post)

    def block(self, name: str, whom: str) -> None:
        with self.app.app_context():
            quiet.block(self.viewer(name), self.people[whom].public_id, in_spaces=True)

    def hide(self, name: str, post: str) -> None:
        with self.app.app_context():
            actions.hide(self.viewer(name), post, "Too loud.")

    def report(self, name: str, post: str, words: str = "Please look.") -> str:
        """The report's public id."""
        with self.app.app_context():
            before = self._reports()
            actions.report(self.viewer(name), post, ReportReason.OTHER, words)
            return next(iter(self._reports() - before), "")

    def react(self, name: str, post: str, kind: ReactionKind = ReactionKind.WITH_YOU) -> None:
        with self.app.app_context():
            actions.react(self.viewer(name), post, kind)

    def draft(self, name: str, place: str, text: str, title: str = "") -> None:
        with self.app.app_context():
            actions.save_draft(self.viewer(name), place, title, text, "")

    def name_of(self, name: str, post: str) -> str:
        """Who a member is in the topic of this post, which they must see."""
        with self.app.app_context():
            voice = post_for(self.viewer(name), post).voice
            assert voice is not None
            return voice.name

    def client(self, name: str) -> FlaskClient:
        """A browser in which they are signed in."""
        client = self.app.test_client()
        community.sign_in(client, self.people[name])
        return client

    def _reports(self) -> set[str]:
        return set(db.session.execute(unscoped(select(Report.public_id), Reason.SET_UP)).scalars())

    def _change(self, table: type, where: object, **values: object) -> None:
        with self.app.app_context(), transaction() as session:
            assert session.execute(update(table).where(where).values(**values)).rowcount


def _nonce() -> str:
    return f"{next(_nonces):022d}"
