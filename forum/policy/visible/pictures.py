"""Scopes of pictures of private spaces: sealed, and seen only with the post they are in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from forum.models.discussions import Post
from forum.models.files import SealedPicture, WaitingPicture
from forum.models.spaces import Space
from forum.policy.guard import scoped
from forum.policy.viewer import Viewer
from forum.policy.visible.spaces import all_posts_of_spaces, space_posts, spaces


def pictures_of_posts(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Pictures of posts of the viewer's spaces, as `space_posts`: the walls are yet to be asked."""
    query = space_posts(viewer, *columns)
    return scoped(query.join(SealedPicture, SealedPicture.post_id == Post.id), SealedPicture)


def all_pictures_of_spaces(viewer: Viewer, *columns: Any) -> Select[Any]:
    """All pictures there, to find those of the viewer's own posts, as `all_posts_of_spaces`."""
    query = all_posts_of_spaces(viewer, *columns)
    return scoped(query.join(SealedPicture, SealedPicture.post_id == Post.id), SealedPicture)


def waiting_pictures(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Pictures yet to be posted in the viewer's spaces, with their own membership.

    Whose each is says its seat, which only its owner can work out: the caller must.
    """
    query = spaces(viewer, *columns)
    return scoped(query.join(WaitingPicture, WaitingPicture.space_id == Space.id), WaitingPicture)
