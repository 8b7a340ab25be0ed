"""Private spaces, who is in them and what they write there, in a line each.

    here = space(retail)
    enter(here, ana, employer="Northwind")
    enter(here, ben, employer="Contoso", domain="contoso.example")
    asked = sealed_topic(ana, here, "It failed")
    answer = sealed_reply(ben, asked, "So did ours.")
    name_in(ana, asked)                                    # "Amber Heron"

All need an application context. What is written goes through the actions that pages call, so only
members can; topics and posts are named by their public ids.
"""

import os
import secrets
from datetime import date
from typing import Any

from sqlalchemy import select, update

from forum.core import clock, markup
from forum.core.db import db, transaction
from forum.discussions import actions
from forum.discussions.actions import Text, sealing
from forum.discussions.actions.sealing import Head
from forum.discussions.queries.posts import post_for
from forum.discussions.queries.space_list import topics_of_space
from forum.models.accounts import User
from forum.models.circles import Circle, Role
from forum.models.discussions import Post, ReportReason, Topic
from forum.models.employers import Employment
from forum.models.spaces import LIFE_DAYS, Space, SpaceMember, TopicKey
from forum.policy.identity import Voice
from forum.policy.visible import Reason, unscoped
from forum.spaces.actions import found_space
from forum.spaces.queries import SeenSpace, space_for
from tests.support import community, workplaces


def space(place: Circle, *, life_days: int = LIFE_DAYS) -> Space:
    """The space of a circle, open however many are in it."""
    space_id = found_space(place.id)
    with transaction() as session:
        values = {"opened_on": clock.today(), "life_days": life_days}
        session.execute(update(Space).where(Space.id == space_id).values(**values))
    return _fresh(select(Space).where(Space.id == space_id))


def enter(
    here: Space, person: User, role: Role = Role.MEMBER, *, employer: str = "", domain: str = ""
) -> None:
    """Make somebody a member of a space, and of its circle; they may tell of an employer first."""
    if employer:
        workplaces.works_for(person, employer, domain)
    community.join(person, _fresh(select(Circle).where(Circle.id == here.circle_id)))
    with transaction() as session:
        session.add(
            SpaceMember(
                space_id=here.id,
                user_id=person.id,
                role=role,
                number=_free_number(here),
                secret=os.urandom(16),
                joined_on=clock.today().replace(day=1),
            )
        )


def leave(here: Space, person: User) -> None:
    change_member(here, person, left_on=clock.today().replace(day=1))


def change_member(here: Space, person: User, **values: Any) -> None:
    """Set columns of a membership, e.g. `left_on`."""
    mine = (SpaceMember.space_id == here.id) & (SpaceMember.user_id == person.id)
    with transaction() as session:
        assert session.execute(update(SpaceMember).where(mine).values(**values)).rowcount


def change_employers(person: User, to: str = "Adatum") -> None:
    """Tell of another employer, as somebody who may already have been in a space."""
    told = workplaces.works_for(person, to)
    with transaction() as session:
        mine = update(Employment).where(Employment.public_id == told)
        session.execute(mine.values(changed_on=clock.today()))


def read_only(here: Space, since: date) -> None:
    with transaction() as session:
        session.execute(update(Space).where(Space.id == here.id).values(read_only_from=since))


def sealed_topic(
    author: User, here: Space, title: str = "It failed", text: str = "Badly.", **head: Any
) -> str:
    """Open a topic; `wish` and `notes` may be said too."""
    words = Head(title, **head)
    viewer = community.viewer(author)
    return actions.post_topic_in_space(viewer, here.public_id, words, text, _nonce()).public_id


def sealed_reply(author: User, to: str, text: str = "So did ours.") -> str:
    return actions.post_reply(community.viewer(author), to, text, _nonce()).public_id


def many_topics(authors: list[User], here: Space, count: int) -> list[str]:
    """More topics of one day than one member may write in ten minutes; the authors take turns."""
    turns = [(community.viewer(author), seen(author, here)) for author in authors]
    with transaction():
        return [
            sealing.write_sealed_topic(*turns[n % len(turns)], Head(f"Topic {n}"), _TEXT).public_id
            for n in range(count)
        ]


def many_replies(authors: list[User], topic: str, answers: list[int]) -> list[str]:
    """The public ids of a topic's posts: post n answers number answers[n - 1], authors in turns."""
    made = [topic]
    with transaction():
        for n, parent in enumerate(answers):
            viewer = community.viewer(authors[n % len(authors)])
            above = post_for(viewer, made[parent])
            made.append(sealing.write_sealed_reply(viewer, above, _TEXT).public_id)
    return made


def hide(moderator: User, post: str) -> None:
    actions.hide(community.viewer(moderator), post, "Too loud.")


def remove(author: User, post: str) -> None:
    actions.remove_post(community.viewer(author), post)


def damage_key(topic: str) -> None:
    """The wrap of a topic's key holds something else."""
    here = TopicKey.topic_id == topic_row_id(topic)
    with transaction() as session:
        assert session.execute(update(TopicKey).where(here).values(wrapped=b"damaged")).rowcount


def report(reporter: User, post: str, words: str = "Please look.") -> None:
    actions.report(community.viewer(reporter), post, ReportReason.OTHER, words)


def seen(person: User, here: Space) -> SeenSpace:
    """A space as its member reads it."""
    return space_for(community.viewer(person), here.public_id)


def listed(person: User, here: Space, after: str | None = None) -> list[str]:
    """Public ids of a page of a space's topics."""
    page = topics_of_space(community.viewer(person), seen(person, here), after)
    return [row.url.removeprefix("/t/") for row in page.rows]


def voice(person: User, post: str) -> Voice:
    """Who somebody is in the topic of a post they may see."""
    found = post_for(community.viewer(person), post).voice
    assert found
    return found


def name_in(person: User, post: str) -> str:
    return voice(person, post).name


def wall_of(post: str) -> bytes:
    """A post's wall, still sealed."""
    found = _raw(select(Post.wall).where(Post.public_id == post))
    return bytes(db.session.execute(found).scalar_one())


def row_id(post: str) -> int:
    found = _raw(select(Post.id).where(Post.public_id == post))
    return int(db.session.execute(found).scalar_one())


def topic_row_id(topic: str) -> int:
    found = _raw(select(Topic.id).where(Topic.public_id == topic))
    return int(db.session.execute(found).scalar_one())


_TEXT = Text("Words.", markup.render("Words.", markup.Format.MARKDOWN).html)


def _free_number(here: Space) -> int:
    taken = set(
        db.session.execute(
            _raw(select(SpaceMember.number).where(SpaceMember.space_id == here.id))
        ).scalars()
    )
    return secrets.choice([number for number in range(1 << 16) if number not in taken])


def _nonce() -> str:
    return secrets.token_urlsafe(16)


def _fresh(query: Any) -> Any:
    found = db.session.execute(_raw(query).execution_options(populate_existing=True)).scalar_one()
    db.session.expunge(found)
    return found


def _raw(query: Any) -> Any:
    return unscoped(query, Reason.SET_UP)
