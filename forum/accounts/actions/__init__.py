"""What happens to accounts. Whether an address is known changes no answer, only the letter."""

from forum.accounts.actions.addressing import (
    AfterReset,
    AtWork,
    OnlyPersonal,
    say_whose_address,
    stop_updates,
    wish_for_updates,
)
from forum.accounts.actions.claiming import ask_to_claim, claim, claim_by_link
from forum.accounts.actions.closing import close_account
from forum.accounts.actions.folding import fold_behind
from forum.accounts.actions.joining import AddressTaken, add_user, ask_to_join, open_account
from forum.accounts.actions.new_password import ask_for_reset, change_password, set_new_password
from forum.accounts.actions.proofs import JOIN_LIFE, RESET_LIFE, StaleLink, proof_token
from forum.accounts.actions.signing_in import (
    WrongPassword,
    end_sign_in,
    prove_password,
    sign_in,
    sign_out,
)

__all__ = [
    "JOIN_LIFE",
    "RESET_LIFE",
    "AddressTaken",
    "AfterReset",
    "AtWork",
    "OnlyPersonal",
    "StaleLink",
    "WrongPassword",
    "add_user",
    "ask_for_reset",
    "ask_to_claim",
    "ask_to_join",
    "change_password",
    "claim",
    "claim_by_link",
    "close_account",
    "end_sign_in",
    "fold_behind",
    "open_account",
    "proof_token",
    "prove_password",
    "say_whose_address",
    "set_new_password",
    "sign_in",
    "sign_out",
    "stop_updates",
    "wish_for_updates",
]
