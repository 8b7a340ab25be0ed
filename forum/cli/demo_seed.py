"""`flask demo seed`: fills an empty development site with the demo community."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select, update

from forum.accounts import passwords
from forum.accounts.actions import add_user
from forum.circles import actions as circles
from forum.cli.circles import new_circle
from forum.cli.demo.community import Community, Topic
from forum.cli.demo.telling import Telling
from forum.cli.standard_circles import standard_circles
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.markup import Format, render
from forum.discussions import actions as discussions
from forum.discussions.actions.writing import Parent, Text
from forum.employments import actions as employments
from forum.employments.actions import Workplace
from forum.models.accounts import AddressKind, User
from forum.models.circles import Circle, Membership, Role
from forum.models.discussions import Topic as TopicRow
from forum.models.employers import Tie
from forum.models.outbox import UpdateWish
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.quiet import actions as quiet
from forum.spaces.guardians import name_guardian

group = AppGroup("demo", help="The demo community, for development.")
PASSWORD = "demo-password"
JOINED_BEFORE = timedelta(days=400)
KEPT_FOR, MUTED = "For our next steering meeting.", "synergy"
NOT_TOLD_FOR = timedelta(days=10)
"""Since when those who want letters had none: so that there is one to be seen."""


@group.command("seed")
@click.option("--if-empty", is_flag=True, help="Do nothing when there are accounts already.")
def seed(if_empty: bool) -> None:
    """Add people, circles and conversations; only in development, only to an empty site."""
    if not current_app.config["DEVELOPMENT"]:
        raise click.ClickException("The demo community is for development only.")
    if db.session.execute(select(User.id).limit(1)).first():
        if if_empty:
            return
        raise click.ClickException("This site has accounts already; the demo needs an empty one.")
    from forum.cli.demo.content import load

    community = load()
    with transaction():
        _Seeding(community, clock.now()).run()
    click.echo(f"{len(community.people)} people and {len(community.topics)} conversations added.")


@dataclass(slots=True)
class _Seeding:
    community: Community
    now: datetime

    def run(self) -> None:
        for circle in standard_circles():
            circles.found(new_circle(circle))
        people = self._people()
        with click.progressbar(self.community.topics, label="Demo community") as topics:
            opened = {topic: self._topic(topic, people) for topic in topics}
        self._keep_for_later(opened, people)
        for space in self.community.spaces:
            Telling(space, _circle_id(space.circle), people, self.now).run()
        for person in self.community.people:
            if person.is_guardian:
                name_guardian(people[person.handle])

    def _people(self) -> dict[str, int]:
        digest = passwords.digest(PASSWORD)
        people = {}
        for person in self.community.people:
            user = add_user(person.address, person.name, digest, staff=person.handle == "staff")
            user.handle, user.address_kind = person.handle, AddressKind.PERSONAL
            user.created_at = self.now - JOINED_BEFORE
            people[person.handle] = user.id
            self._workplace(user.id, person.employer)
            if person.letters:
                told_to = (self.now - NOT_TOLD_FOR).date()
                db.session.add(UpdateWish(user_id=user.id, told_to=told_to))
            for membership in person.memberships:
                role = Role.MODERATOR if membership.is_moderator else Role.MEMBER
                circles.appoint(user.id, membership.circle, role)
        db.session.execute(update(Membership).values(joined_at=self.now - JOINED_BEFORE))
        return people

    def _workplace(self, user_id: int, employer: str) -> None:
        """Everybody is verified, by an address at their employer's domain."""
        told = Workplace(employer, Tie.WORKS_FOR)
        told_on, domain = (self.now - JOINED_BEFORE).date(), f"{employer.lower()}.example"
        employments.enter(user_id, told, told_on=told_on, verified_domain=domain)

    def _keep_for_later(self, opened: dict[Topic, str], people: dict[str, int]) -> None:
        """Each circle's first two conversations, by the first of its people who opened neither."""
        for circle in {topic.circle for topic in opened}:
            first = [topic for topic in opened if topic.circle == circle][:2]
            authors = {topic.author for topic in first}
            members = self.community.members_of(circle)
            keeper = next((each for each in members if each not in authors), None)
            viewer = viewers.for_user(people[keeper]) if keeper else None
            if viewer is None:
                continue
            for topic in first:
                discussions.save(viewer, opened[topic], KEPT_FOR)
            if MUTED not in viewer.muted_words:
                quiet.mute_word(viewer, MUTED)

    def _topic(self, topic: Topic, people: dict[str, int]) -> str:
        """Its public id."""
        opened = self.now - topic.ago
        circle_id, body = _circle_id(topic.circle), _text(topic.body)
        author_id = people[topic.author]
        first = discussions.write_topic(author_id, circle_id, topic.title, body, at=opened)
        posts: dict[int, Parent] = {0: first.parent}
        for number, reply, since in topic.by_time():
            at = min(opened + since, self.now)
            written = discussions.write_reply(
                people[reply.author], posts[reply.parent], _text(reply.body), at=at
            )
            posts[number] = written.parent
        self._remember_reading(topic, first.parent.topic_id, people)
        if topic.pinned:
            db.session.execute(
                update(TopicRow)
                .where(TopicRow.id == first.parent.topic_id)
                .values(pinned_at=opened)
            )
        return first.public_id

    def _remember_reading(self, topic: Topic, topic_id: int, people: dict[str, int]) -> None:
        """Who wrote in a topic has read it as far as their last word there."""
        last = {topic.author: 0}
        for seq, (_number, reply, _since) in enumerate(topic.by_time(), start=1):
            last[reply.author] = seq
        for handle, seq in last.items():
            read = Viewer(id=people[handle])
            discussions.mark_read(read, topic_id, range(seq + 1))


def _circle_id(slug: str) -> int:
    found: int = db.session.execute(
        unscoped(select(Circle.id).where(Circle.slug == slug), Reason.SET_UP)
    ).scalar_one()
    return found


def _text(source: str) -> Text:
    return Text(source, render(source, Format.MARKDOWN).html)
