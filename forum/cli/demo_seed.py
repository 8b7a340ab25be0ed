"""`flask demo seed`: fills an empty development site with the demo community."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select, update

from forum.accounts import passwords
from forum.accounts.actions import Told, add_user, save_profile
from forum.circles import actions as circles
from forum.cli.circles import new_circle
from forum.cli.demo.community import Community, Person, Topic
from forum.cli.demo.doors import add_doors
from forum.cli.demo.reacting import Reacting
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
from forum.models.profiles import Barrier, Part
from forum.notifications import actions as notifications
from forum.notifications.actions import News
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.quiet import actions as quiet
from forum.spaces.guardians import name_guardian

group = AppGroup("demo", help="The demo community, for development.")
PASSWORD = "demo-password"
JOINED_BEFORE = timedelta(days=400)
TOLD_SINCE = timedelta(days=14)
"""How far back the demo people's notices reach."""
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
        reacting = Reacting(self.community, people)
        with click.progressbar(self.community.topics, label="Demo community") as topics:
            opened = {topic: self._topic(topic, people) for topic in topics}
        for topic, posts in opened.items():
            reacting.at(topic, posts)
        self._keep_for_later({topic: posts[0] for topic, posts in opened.items()}, people)
        for space in self.community.spaces:
            Telling(space, _circle_id(space.circle), people, self.now).run()
        for person in self.community.people:
            if person.is_guardian:
                name_guardian(people[person.handle])
        if self.community.with_doors:
            add_doors(people)

    def _people(self) -> dict[str, int]:
        digest = passwords.digest(PASSWORD)
        people = {}
        for person in self.community.people:
            user = add_user(person.address, person.name, digest, staff=person.handle == "staff")
            user.handle, user.address_kind = person.handle, AddressKind.PERSONAL
            user.created_at = self.now - JOINED_BEFORE
            people[person.handle] = user.id
            self._workplace(user.id, person.employer)
            self._profile(user.id, person)
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

    def _profile(self, user_id: int, person: Person) -> None:
        """What they tell of themselves; who is in no circle yet is shown the first steps."""
        if not person.memberships:
            return
        told = Told(
            trying=person.aim,
            broke_through=person.broke_through,
            part=Part(person.part) if person.part else None,
            languages=person.languages,
            listed=bool(person.broken or person.met),
            met=tuple(map(Barrier, person.met)),
            broken=tuple(map(Barrier, person.broken)),
        )
        save_profile(Viewer(id=user_id), told)

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

    def _topic(self, topic: Topic, people: dict[str, int]) -> dict[int, str]:
        """Public ids of its posts: 0 for the opening one, then as its replies are numbered."""
        opened = self.now - topic.ago
        circle_id, body = _circle_id(topic.circle), _text(topic.body)
        author_id = people[topic.author]
        first = discussions.write_topic(
            author_id, circle_id, topic.title, body, at=opened, facts=topic.facts
        )
        notifications.follow_opened(Viewer(id=author_id), first.parent.topic_id)
        self._announce(author_id, circle_id, first.parent, body, None, opened)
        public_ids = {0: first.public_id}
        posts: dict[int, Parent] = {0: first.parent}
        for number, reply, since in topic.by_time():
            at, text = min(opened + since, self.now), _text(reply.body)
            writer_id, above = people[reply.author], posts[reply.parent]
            written = discussions.write_reply(writer_id, above, text, at=at)
            posts[number], public_ids[number] = written.parent, written.public_id
            self._announce(writer_id, circle_id, written.parent, text, above, at)
        for handle in {reply.author for reply in topic.replies}:
            notifications.follow_answered(
                Viewer(id=people[handle]), first.parent.topic_id, circle_id
            )
        self._remember_reading(topic, first.parent.topic_id, people)
        if topic.pinned:
            db.session.execute(
                update(TopicRow)
                .where(TopicRow.id == first.parent.topic_id)
                .values(pinned_at=opened)
            )
        return public_ids

    def _announce(
        self,
        writer_id: int,
        circle_id: int,
        post: Parent,
        text: Text,
        above: Parent | None,
        at: datetime,
    ) -> None:
        """Tell of what is not too old; whoever writes has read what they were told before."""
        if self.now - at > TOLD_SINCE:
            return
        parent_id = above.id if above else None
        news = News(post.id, post.topic_id, circle_id, writer_id, text.html, parent_id)
        notifications.announce(news, at=at)
        notifications.mark_topic_read(Viewer(id=writer_id), post.topic_id)

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
