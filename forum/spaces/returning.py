"""Staff open spaces again to somebody who has no other way back after a reset; the last resort."""

from __future__ import annotations

from forum.core import ids
from forum.core.db import transaction
from forum.employments import actions as employments
from forum.models.guarding import Step
from forum.spaces import log


def let_return(user_id: int) -> str:
    """Open private spaces again to somebody, once the days after the reset are over. The receipt.

    The log says that it was done, on which day and under which receipt, not for whom: for whom and
    why is for the operator's own papers.
    """
    receipt = ids.public_id()
    with transaction():
        employments.let_return(user_id)
        log.append(Step.LET_RETURN, receipt)
    return receipt
