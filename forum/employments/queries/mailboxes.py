"""Whose mailbox an account's address leads to: its member's alone, or perhaps an employer's too."""

from __future__ import annotations

from forum.employments import domains
from forum.employments.queries.mine import employments
from forum.models.accounts import AddressKind
from forum.policy.viewer import Viewer


def address_kind(viewer: Viewer) -> AddressKind:
    """What a member said of their address; before they did, a guess. One statement.

    An address at a domain by which they verified an employer is one for work, whatever they said.
    Which domains the site knows of employers isn't asked: the guess is shown, and would tell.
    """
    if is_at_work(viewer):
        return AddressKind.WORK
    if viewer.address_said:
        return viewer.address_said
    is_open = domains.is_open_to_all(viewer.address)
    return AddressKind.PERSONAL if is_open else AddressKind.UNSURE


def is_at_work(viewer: Viewer) -> bool:
    """Whether the address is at an employer they verified, present or past."""
    return works_at_domain_of(viewer, viewer.address)


def works_at_domain_of(viewer: Viewer, address: str) -> bool:
    """Whether some address is at an employer the viewer verified, present or past."""
    mine = {one.domain for one in employments(viewer)}
    return domains.of(address) in mine
