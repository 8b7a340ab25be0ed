"""Circle and topic pages."""

from __future__ import annotations

from flask import abort, current_app, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.circles.queries import place as circle_place
from forum.circles.queries import waiting_count
from forum.core import links
from forum.core.i18n import _, ngettext
from forum.core.ids import is_public_id
from forum.discussions import queries
from forum.discussions.actions import record_shown, set_unfolded
from forum.discussions.cards import ThreadPage
from forum.discussions.forms import WISHES
from forum.discussions.queries.thread import MAX_FOLDS, TIME, TREE, Ask
from forum.discussions.views import bp, drawing
from forum.discussions.views.asking import (
    asked_public_id,
    is_seen_by_a_person,
)
from forum.discussions.views.narrowing import asked_narrow, narrowing_links
from forum.discussions.views.reacted import spoken_reactions, told
from forum.notifications.queries import of_circle
from forum.notifications.views.drawing import follow_menu
from forum.policy import limits
from forum.web import arrival
from forum.web.door import public
from forum.web.redirects import inside


@bp.get("/c/<slug:slug>")
@public
def circle(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    tab = request.args.get("tab", "active")
    if tab not in queries.TABS:
        abort(404)
    here = circle_place(viewer, slug)
    narrow, after, before = (
        asked_narrow(viewer),
        asked_public_id("after"),
        asked_public_id("before"),
    )
    page = queries.topics_of_circle(viewer, here.circle, tab, after, before, narrow)
    first = tab == "active" and narrow.is_all and not (after or before)
    asks = here.is_moderator and here.circle.visibility == "approval"
    follow = of_circle(slug, here.level) if viewer.signed_in else None
    names = {"active": _("Active"), "unanswered": _("Unanswered"), "new": _("New")}
    return render_template(
        "discussions/circle.html",
        place=here,
        tab=tab,
        tabs=[(names[name], narrow.url(slug, name), name == tab) for name in queries.TABS],
        pinned=queries.pinned_topics(viewer, here.circle.id) if first else [],
        topics=page.rows,
        pager=page.pager,
        follow_html=follow_menu(follow, request.full_path.rstrip("?")),
        waiting=waiting_count(viewer, here.circle.id) if asks else 0,
        **narrowing_links(slug, tab, narrow),
    )


@bp.get("/t/<id:public_id>")
@public
def topic(public_id: str) -> ResponseReturnValue:
    page = queries.thread(arrival.viewer(), public_id, _ask())
    return _topic_page(page)


@bp.get("/p/<id:public_id>")
@public
def permalink(public_id: str) -> ResponseReturnValue:
    page = queries.thread_at(arrival.viewer(), public_id, _ask())
    return _topic_page(page)


@bp.get("/t/<id:public_id>/next-unread")
def next_unread(public_id: str) -> ResponseReturnValue:
    """To the next post not shown yet; from the last one on the page, round to the top."""
    found = queries.next_unread(arrival.viewer(), public_id, asked_public_id("after"))
    if found is None or found == public_id:
        return redirect(links.topic(public_id))
    return redirect(f"{links.post(found)}#p-{found}")


@bp.get("/t/<id:public_id>/news")
@public
def news(public_id: str) -> ResponseReturnValue:
    """For script: replies since a page was made, as {"words": …, "url": …}; 204 for none."""
    viewer = arrival.viewer()
    limits.spend(limits.NEWS, viewer if viewer.signed_in else arrival.network())
    view = TIME if request.args.get("view") == TIME else TREE
    found = queries.news(viewer, public_id, request.args.get("after"), view)
    if found is None:
        return "", 204
    words = ngettext("%(num)s new reply", "%(num)s new replies", found.count)
    return jsonify(words=words, url=found.url)


@bp.post("/t/<id:public_id>/unfolding")
def unfold(public_id: str) -> ResponseReturnValue:
    return _set_unfolded(public_id, unfolded=True)


@bp.post("/t/<id:public_id>/unfolding/end")
def fold_again(public_id: str) -> ResponseReturnValue:
    return _set_unfolded(public_id, unfolded=False)


def _set_unfolded(public_id: str, *, unfolded: bool) -> ResponseReturnValue:
    set_unfolded(arrival.viewer(), public_id, unfolded=unfolded)
    return redirect(inside(request.form.get("next"), links.topic(public_id)))


def _topic_page(page: ThreadPage) -> ResponseReturnValue:
    base, viewer = links.topic(page.topic.public_id), arrival.viewer()
    opening = page.posts[0] if page.posts and page.posts[0].depth_class == "d0" else None
    replies = page.posts[1:] if opening else page.posts
    given, in_space = opening and opening.reactions, page.place.space is not None
    may_answer = page.place.may_write and not page.topic.closed
    if (page.newly_shown or page.has_news) and is_seen_by_a_person():
        # before it is drawn, so that the bell does not ring for what is on the screen
        told_of = [post.public_id for post in page.posts] if page.has_news else ()
        record_shown(viewer, page.topic_id, page.newly_shown, page.voice, with_notices=told_of)
    return render_template(
        "discussions/topic.html",
        place=page.place,
        topic=page.topic,
        opening=opening,
        replies=replies,
        ancestors=page.ancestors,
        view=page.view,
        views=[
            (_("Conversation"), base, page.view == TREE),
            (_("By time"), f"{base}?view={TIME}", page.view == TIME),
        ],
        pager=page.pager,
        unread_count=page.unread_count,
        next_unread_url=page.next_unread_url,
        first_visit=page.first_visit,
        replies_html=drawing.replies(viewer, page, replies),
        reply_form_html=drawing.reply_form(viewer, page) if may_answer else None,
        opening_reactions=spoken_reactions(given, in_space=in_space) if given else [],
        opening_told=told(given, in_space=in_space) if given else "",
        answer=page.answer,
        wishes=WISHES,
        news_url=_news_url(base, page),
        here_url=request.full_path.rstrip("?"),
        canonical_url=current_app.config["SITE_URL"] + base,
        follow_html=follow_menu(page.follow, request.full_path.rstrip("?")),
    )


def _news_url(base: str, page: ThreadPage) -> str | None:
    """Where script asks what came since; nowhere in a space (R3), nor where nothing can come."""
    if page.newest_at is None or page.topic.closed:
        return None
    view = f"&view={TIME}" if page.view == TIME else ""
    return f"{base}/news?after={queries.mark(page.newest_at)}{view}"


def _ask() -> Ask:
    view = request.args.get("view", TREE)
    folded = [part for part in request.args.get("fold", "").split(",") if part]
    if view not in (TREE, TIME) or not all(is_public_id(part) for part in folded):
        abort(404)
    return Ask(
        view=view,
        start=asked_public_id("from"),
        before=asked_public_id("before"),
        last=request.args.get("at") == "last",
        folded=tuple(dict.fromkeys(folded))[:MAX_FOLDS],
    )
