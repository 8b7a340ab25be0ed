"""Reading accounts, always one's own; and people, as others see them."""

from forum.accounts.queries.accounts import (
    Claimable,
    Session,
    asked_change,
    claimable,
    live_proof,
    sessions,
    unclaimed,
    user_by_address,
    wants_updates,
)
from forum.accounts.queries.export import EXPORTED, export
from forum.accounts.queries.people import Person, person
from forum.accounts.queries.profiles import MyProfile, is_welcomed, my_profile
from forum.accounts.queries.suggesting import Suggestion, industry_and_walls, suggestions

__all__ = [
    "EXPORTED",
    "Claimable",
    "MyProfile",
    "Person",
    "Session",
    "Suggestion",
    "asked_change",
    "claimable",
    "export",
    "industry_and_walls",
    "is_welcomed",
    "live_proof",
    "my_profile",
    "person",
    "sessions",
    "suggestions",
    "unclaimed",
    "user_by_address",
    "wants_updates",
]
