"""What programs, lists and lawyers add around a text."""

import pytest

from forum.mailbox.folding.comparing import Heard
from forum.mailbox.folding.own_words import fold

MINE = "We asked the insurer first.\nThey paid for half of it."
FOOTER = (
    "_______________________________________________\nDepots mailing list\n"
    "depots@list.example\nhttps://list.example/listinfo/depots"
)

GOOGLE = (
    'You received this message because you are subscribed to the Google Groups "Depots" group.\n'
    "To unsubscribe, email depots+unsubscribe@list.example"
)
YAHOO = (
    "------------------------------------\n\nYahoo! Groups Links\n\n<*> To visit your group:\n"
    "    https://groups.example/depots\n\n<*> Your use of Yahoo! Groups is subject to terms"
)
EZMLM = (
    "---------------------------------------------------------------------\n"
    "To unsubscribe, e-mail: depots-unsubscribe@list.example\n"
    "For additional commands, e-mail: depots-help@list.example"
)
ADDED = [
    FOOTER,
    f"-- \n{GOOGLE}",
    f"--~--~---------~--~----~------------~-------~--~----~\n{GOOGLE}\n-~----------~----~----~",
    YAHOO,
    EZMLM,
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
    "\t[[alternative HTML version deleted]]",
    "[Non-text portions of this message have been removed]",
    "No virus found in this incoming message.",
]


def folded(text):
    return fold(text, Heard()).text


@pytest.mark.parametrize("ending", ADDED)
def test_what_programs_add_at_the_end_is_cut(ending):
    assert folded(f"{MINE}\n\n{ending}").rstrip("-\n") == MINE


def test_a_disclaimer_at_the_end_is_cut():
    disclaimer = (
        "This e-mail and any attachment is confidential and meant for the intended recipient only. "
        "If you have received it in error, please notify the sender and delete it from your system."
    )
    assert folded(f"{MINE}\n\n{disclaimer}") == MINE
    assert folded(f"{MINE}\n\n-----------\n{disclaimer}\n\nDepots Ltd, 1 Quay\n----------") == MINE


def test_a_text_about_disclaimers_is_not_one():
    text = "Our mails end with 'confidential'. Does yours?\n\nWho wrote it, the lawyers?"
    assert folded(text) == text


def test_notes_about_removed_attachments_are_cut_and_named():
    text = (
        f"{MINE}\n-------------- next part --------------\nA non-text attachment was scrubbed...\n"
        "Name: roof.pdf\nType: application/pdf\nSize: 12 bytes\nDesc: not available\nURL: <x>"
    )
    found = fold(text, Heard())
    assert (found.text, found.left_out) == (MINE, ["roof.pdf"])


def test_a_signed_text_is_taken_out_of_its_frame():
    text = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n" + MINE + "\n- - a list\n"
        "-----BEGIN PGP SIGNATURE-----\nVersion: x\n\nabc=\n-----END PGP SIGNATURE-----"
    )
    assert folded(text) == f"{MINE}\n- a list"


def test_an_armour_that_never_ends_loses_nothing():
    text = f"{MINE}\n-----BEGIN PGP MESSAGE-----\nand so on"
    assert folded(text) == text


def test_a_uuencoded_file_is_taken_out():
    found = fold(f"{MINE}\n\nbegin 644 roof.gif\n#0V%T\n`\nend\n", Heard())
    assert (found.text, found.left_out) == (MINE, ["roof.gif"])


def test_control_characters_are_dropped():
    assert folded("a\x00b\u202ec\x1b[0m\r\nd") == "abc[0m\nd"
