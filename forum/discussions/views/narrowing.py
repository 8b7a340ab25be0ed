"""What a circle's list is narrowed down to, and the page where that is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.circles.choices import MARKET_WORDS, SIZES
from forum.circles.queries import place as circle_place
from forum.core import links
from forum.core.errors import ForumError
from forum.core.i18n import _
from forum.discussions import queries
from forum.discussions.about import CompanyKind, from_company, tags_in
from forum.discussions.queries import Narrow
from forum.discussions.views import bp
from forum.models.companies import Market, SizeBand
from forum.policy.allowed import SignInFirst
from forum.policy.viewer import Viewer
from forum.web import arrival
from forum.web.door import public

Kind = TypeVar("Kind", bound=StrEnum)


@bp.get("/c/<slug:slug>/narrow")
@public
def narrow(slug: str) -> ResponseReturnValue:
    """The tags of a circle's topics, and the kinds of company they can come from."""
    viewer, tab = arrival.viewer(), request.args.get("tab", "active")
    if tab not in queries.TABS:
        abort(404)
    here, now = circle_place(viewer, slug), asked_narrow(viewer)
    return render_template(
        "discussions/narrow.html",
        place=here,
        tags=[
            (tag, uses, replace(now, tag=tag).url(slug, tab))
            for tag, uses in queries.tags_of_circle(viewer, here.circle.id)
        ],
        sizes=_choices(now, slug, tab, "size", SIZES.items()),
        markets=_choices(now, slug, tab, "market", MARKET_WORDS.items()),
        regulated=_choices(
            now, slug, tab, "regulated", ((True, _("regulated")), (False, _("not regulated")))
        ),
    )


def asked_narrow(viewer: Viewer) -> Narrow:
    """From the address; 404 for what is no size, market or tag. SignInFirst for a guest's own."""
    asked, tag = request.args, _asked_tag()
    if "like" in asked:
        if asked["like"] != "mine":
            abort(404)
        if not viewer.signed_in:
            raise SignInFirst
        return Narrow(tag, queries.own_company(viewer), like_mine=True)
    regulated = asked.get("regulated")
    if regulated not in (None, "0", "1"):
        abort(404)
    size, market = _asked("size", SizeBand), _asked("market", Market)
    return Narrow(tag, CompanyKind(size, market, None if regulated is None else regulated == "1"))


def narrowing_links(slug: str, tab: str, now: Narrow) -> dict[str, Any]:
    """For the circle's page: what its list is narrowed to in words, and the ways on and back."""
    return {
        "narrow": now,
        "narrowed_to": from_company(now.company),
        "like_mine_url": replace(now, like_mine=True).url(slug, tab),
        "choose_url": f"{links.circle(slug)}/narrow?{now.asked(tab)}",
        "all_url": f"{links.circle(slug)}?tab={tab}",
        "say_url": url_for("accounts.profile"),
    }


def _choices(
    now: Narrow, slug: str, tab: str, facet: str, choices: Iterable[tuple[Any, Any]]
) -> list[tuple[Any, str, bool]]:
    """Words, address, and whether it is chosen now: then the address takes it away."""
    found = []
    for each, words in choices:
        chosen = not now.like_mine and getattr(now.company, facet) == each
        to = now.with_company(**{facet: None if chosen else each})
        found.append((words, to.url(slug, tab), chosen))
    return found


def _asked(name: str, kinds: type[Kind]) -> Kind | None:
    value = request.args.get(name)
    if value is None:
        return None
    if value not in list(kinds):
        abort(404)
    return kinds(value)


def _asked_tag() -> str | None:
    """As it would have been stored; 404 for what can be no tag."""
    value = request.args.get("tag")
    if value is None:
        return None
    try:
        tags = tags_in(value)
    except ForumError:
        tags = ()
    if len(tags) != 1:
        abort(404)
    return tags[0]
