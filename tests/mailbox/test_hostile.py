"""Mails as no program sends them: each gets a verdict, and none takes long."""

import time

import pytest

from forum.mailbox.parsing import parse
from forum.mailbox.verdicts import Verdict
from tests.mailbox.corpus.mails import all_cases
from tests.mailbox.corpus.mutations import mails, mutated

MAILS = mails()
LETTER = all_cases()[0].letter
BATCHES = 10
IN_A_BATCH = 30
MAX_CPU_SECONDS = 2.0


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_mutated_mail_has_a_verdict(batch):
    for seed in range(batch * IN_A_BATCH, (batch + 1) * IN_A_BATCH):
        raw = mutated(seed, MAILS)
        began = time.process_time()
        assert parse(raw, LETTER).verdict in Verdict
        assert time.process_time() - began < MAX_CPU_SECONDS, seed
