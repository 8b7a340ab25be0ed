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
from forum.accounts.actions.closing import (
    CLEAR,
    ask_for_export,
    clear_what_the_closed_left,
    close_account,
    close_own_account,
)
from forum.accounts.actions.folding import fold_behind
from forum.accounts.actions.joining import AddressTaken, add_user, ask_to_join, open_account
from forum.accounts.actions.moving import (
    MOVED,
    SameAddress,
    agree_to_move,
    ask_to_move,
    stop_moving,
)
from forum.accounts.actions.new_password import ask_for_reset, change_password, set_new_password
from forum.accounts.actions.profiling import (
    Told,
    choose_rhythm,
    save_profile,
    skip_first_steps,
)
from forum.accounts.actions.proofs import JOIN_LIFE, RESET_LIFE, StaleLink, proof_token
from forum.accounts.actions.renaming import change_name
from forum.accounts.actions.signing_in import (
    WrongPassword,
    check_own_password,
    end_other_sign_ins,
    end_sign_in,
    prove_password,
    sign_in,
    sign_out,
)
from forum.accounts.actions.telling import may_tell_of_oneself

__all__ = [
    "CLEAR",
    "JOIN_LIFE",
    "MOVED",
    "RESET_LIFE",
    "AddressTaken",
    "AfterReset",
    "AtWork",
    "OnlyPersonal",
    "SameAddress",
    "StaleLink",
    "Told",
    "WrongPassword",
    "add_user",
    "agree_to_move",
    "ask_for_export",
    "ask_for_reset",
    "ask_to_claim",
    "ask_to_join",
    "ask_to_move",
    "change_name",
    "change_password",
    "check_own_password",
    "choose_rhythm",
    "claim",
    "claim_by_link",
    "clear_what_the_closed_left",
    "close_account",
    "close_own_account",
    "end_other_sign_ins",
    "end_sign_in",
    "fold_behind",
    "may_tell_of_oneself",
    "open_account",
    "proof_token",
    "prove_password",
    "save_profile",
    "say_whose_address",
    "set_new_password",
    "sign_in",
    "sign_out",
    "skip_first_steps",
    "stop_moving",
    "stop_updates",
    "wish_for_updates",
]
