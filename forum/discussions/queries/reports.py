"""What members asked a circle's moderators to look at."""

from __future__ import annotations

from forum.circles.queries import CARD
from forum.core.db import db
from forum.core.i18n import _l
from forum.core.titles import called
from forum.discussions.cards import ReportRow
from forum.discussions.queries.ground import POST, TOPIC, ground
from forum.discussions.queries.posts import lone_card
from forum.models.accounts import User
from forum.models.discussions import Post, Report, ReportReason, Topic
from forum.policy import visible
from forum.policy.viewer import Viewer

MAX_LISTED = 100
REASONS = {
    ReportReason.HARASSMENT: _l("It attacks somebody"),
    ReportReason.IDENTIFIES: _l("It gives away who somebody is"),
    ReportReason.SELF_HARM: _l("I worry the writer may come to harm"),
    ReportReason.SPAM: _l("It is spam or selling"),
    ReportReason.RECRUITING: _l("It is recruiting"),
    ReportReason.OFF_TOPIC: _l("It doesn't belong here"),
    ReportReason.IGNORED: _l("It ignores what the author asked for"),
    ReportReason.OTHER: _l("Something else"),
}


def open_reports(viewer: Viewer, circle_id: int) -> list[ReportRow]:
    """Reports of a circle not settled yet, oldest first, at most 100; never who sent them.

    Empty for anybody who does not moderate it. One statement.
    """
    query = visible.reports(
        viewer,
        *POST,
        *TOPIC,
        *CARD,
        Report.public_id.label("report_public_id"),
        Report.reason,
        Report.words,
        Report.created_at.label("reported_at"),
    ).outerjoin(User, User.id == Post.author_id)
    query = query.where(Topic.circle_id == circle_id, Report.settled_at.is_(None))
    rows = db.session.execute(query.order_by(Report.created_at, Report.id).limit(MAX_LISTED))
    return [
        ReportRow(
            reason=str(REASONS[row.reason]),
            words=row.words,
            at=row.reported_at,
            post=lone_card(ground(viewer, row), row),
            topic_title=called(row.title),
            settle_url=f"/reports/{row.report_public_id}/settled",
        )
        for row in rows
    ]
