"""What is cut from a reply, and above all what is not."""

import pytest

from forum.mailbox.folding.comparing import Heard
from forum.mailbox.folding.own_words import fold

PARENT = (
    "Dear all,\n\nthe roof of the depot leaks and the budget for it was spent on shelves.\n"
    "Who has found money for repairs late in the year, and whom did you ask first?\n\nAna"
)
QUOTE = "\n".join(f"> {line}" for line in PARENT.split("\n"))
MINE = "We asked the insurer first.\nThey paid for half of it."
HEADS = [
    "On Mon, 5 Mar 2001 at 08:00, Ana Lind <ana@firm.example> wrote:",
    "On 3/5/01 8:00 AM, Ana Lind wrote:",
    "On Mon, 5 Mar 2001 at 08:00, Ana Lind <ana@firm.example>\nwrote:",
    "Am 05.03.2001 um 08:00 schrieb Ana Lind:",
    "Ana Lind schrieb am 05.03.2001 08:00:",
    "Le 5 mars 2001 à 08:00, Ana Lind a écrit :",
    "Le lun. 5 mars 2001 à 08:00, Ana Lind <ana@firm.example>\na écrit :",
    "El 5 de marzo de 2001, 08:00, Ana Lind escribió:",
    "Op 5 maart 2001 08:00 schreef Ana Lind:",
    "Den 5 mars 2001 08:00 skrev Ana Lind:",
    "Il giorno 5 marzo 2001 08:00, Ana Lind ha scritto:",
    "Em 5 de março de 2001 08:00, Ana Lind escreveu:",
    "Dnia 5 marca 2001 08:00 Ana Lind napisał:",
    "At 08:00 05.03.2001 +0100, Ana Lind wrote:",
    "Ana Lind wrote:",
    "Ana Lind/North wrote on 03/05/2001 08:00:00 AM:",
    "2001/3/5 Ana Lind <ana@firm.example>",
    "--- In depots@list.example, Ana Lind <ana@...> wrote:",
    "pon., 5 mar 2001 o 08:00 Ana Lind <ana@firm.example> napisał(a):",
    "Em seg., 5 de mar. de 2001 às 08:00, Ana Lind <ana@firm.example> escreveu:",
    "Den mån 5 mars 2001 kl 08:00 skrev Ana Lind <ana@firm.example>:",
    "5 марта 2001 г., 08:00 пользователь Ana Lind <ana@firm.example> написал:",
    "Quoting Ana Lind <ana@firm.example>:",
    "In article <1@list.example>, Ana Lind writes:",
]
COPIES = [
    "-----Original Message-----\nFrom: Ana Lind\nSent: Monday\nTo: list\nSubject: Roof\n",
    "-----Ursprüngliche Nachricht-----\nVon: Ana Lind\nGesendet: Montag\nAn: list\nBetreff: Roof\n",
    "----- Message d'origine -----\nDe : Ana Lind\nÀ : list\nEnvoyé : lundi\nObjet : Roof\n",
    "----- Mensaje original -----\nDe: Ana Lind\nFecha: lunes\nAsunto: Roof\nA: list\n",
    "________________________________\nFrom: Ana Lind\nSent: Monday\nTo: list\nSubject: Roof\n",
    "From: Ana Lind [mailto:ana@firm.example]\n\nSent: Monday\n\nTo: list\n\nSubject: Roof\n",
    "Von: Ana Lind\nGesendet: Montag, 5. März 2001\nAn: list\nBetreff: Roof\n",
    "*From:* Ana Lind\n*Sent:* Monday\n*To:* list\n*Subject:* Roof\n",
    "On Mon, 5 Mar 2001 at 08:00, Ana Lind <ana@firm.example> wrote:\n",
    ">>> Ana Lind <ana@firm.example> 03/05/01 8:00 AM >>>",
]


def heard(*texts):
    memory = Heard()
    for text in texts:
        memory.add(text)
    return memory


def folded(text, *earlier):
    return fold(text, heard(*(earlier or (PARENT,)))).text


@pytest.mark.parametrize("head", HEADS)
def test_a_quote_of_the_parent_at_the_end_is_cut_with_its_heading(head):
    assert folded(f"{MINE}\n\n{head}\n\n{QUOTE}") == MINE


@pytest.mark.parametrize("head", COPIES)
def test_an_unmarked_copy_of_the_parent_at_the_end_is_cut(head):
    assert folded(f"{MINE}\n\n{head}\n{PARENT}") == MINE


@pytest.mark.parametrize("head", COPIES)
def test_answers_written_into_an_unmarked_copy_are_kept(head):
    inside = PARENT.replace("\n\nAna", "\nNobody but the insurer, I fear.\n\nAna")
    kept = folded(f"See below.\n\n{head}\n{inside}").split("\n")
    assert kept[0] == "See below."
    assert "Nobody but the insurer, I fear." in kept
    assert "> Who has found money for repairs late in the year, and whom did you ask first?" in kept
    assert kept[-1] == "Nobody but the insurer, I fear."


def test_a_quote_wrapped_anew_is_recognised():
    wrapped = (
        "> the roof of the depot leaks and the budget for it was spent\n> on\n> shelves. Who has"
    )
    assert folded(f"{MINE}\n\n{HEADS[0]}\n{wrapped}\nfound money\n> for repairs late") == MINE


def test_a_quote_without_a_heading_is_cut_when_the_parent_said_it():
    assert folded(f"{MINE}\n\n{QUOTE}") == MINE


def test_a_quote_of_something_unknown_is_kept():
    text = f"{MINE}\n\n{HEADS[0]}\n> A message that is in no archive any more."
    assert folded(text, "Something else entirely was said here.") == text.replace(
        "ana@firm.example", "name@…"
    )


def test_an_unmarked_copy_of_something_unknown_is_kept_as_a_quote():
    kept = folded(f"{MINE}\n\n{COPIES[0]}\nNobody has this any more.", "Something else was said.")
    assert kept.startswith(MINE)
    assert "\n> Nobody has this any more." in kept


def test_answers_between_quotes_keep_the_quotes():
    text = "> the roof of the depot leaks\n\nOurs too.\n\n> whom did you ask first?\n\nThe insurer."
    assert folded(text) == text


def test_an_answer_below_a_quote_keeps_it():
    text = f"{HEADS[1]}\n> whom did you ask first?\n\nThe insurer."
    assert folded(text) == text


def test_a_long_quote_above_an_answer_is_shortened():
    long = "\n".join(f"line {n} of a very long message about depots" for n in range(40))
    quote = "\n".join(f"> {line}" for line in long.split("\n"))
    kept = folded(f"{quote}\n\nI agree.", long).split("\n")
    assert len(kept) < 15
    assert "> […]" in kept
    assert kept[-1] == "I agree."


def test_a_quote_the_writer_leads_up_to_is_kept():
    text = "I can only repeat what she said:\n\n> the roof of the depot leaks and the budget"
    assert folded(text) == text


@pytest.mark.parametrize("lead", ["As she wrote:", "I wrote to them:", "Wie ich schrieb:"])
def test_a_sentence_of_ones_own_is_no_heading(lead):
    text = f"{MINE}\n\n{lead}\n> the roof of the depot leaks and the budget for it"
    assert folded(text) == text


def test_prompts_of_a_program_at_the_end_are_kept():
    text = 'This is what I typed:\n\n> library("depots")\n> roof(leaks = TRUE)'
    assert folded(text, "Nothing of the kind was said.") == text


def test_a_message_that_is_only_a_quote_keeps_it():
    assert "the roof of the depot leaks" in folded(QUOTE)


@pytest.mark.parametrize("delimiter", ["-- ", "--"])
def test_a_signature_is_cut(delimiter):
    assert folded(f"{MINE}\n\n{delimiter}\nBo Ek\nDepots Ltd\n+1 555 010 0199") == MINE


def test_a_signature_above_the_quote_is_cut():
    assert folded(f"{MINE}\n\n-- \nBo Ek\n\n{HEADS[0]}\n{QUOTE}") == MINE


def test_a_signature_below_the_quote_is_cut():
    assert folded(f"{MINE}\n\n{HEADS[0]}\n{QUOTE}\n\n-- \nBo Ek") == MINE


def test_a_postscript_below_the_signature_is_kept():
    assert folded(f"{MINE}\n-- \nBo\n\nPS: they pay in March.") == f"{MINE}\nPS: they pay in March."


def test_dashes_followed_by_paragraphs_are_no_signature():
    prose = "and then came a whole paragraph that goes on for quite a while about money\n" * 4
    assert folded(f"{MINE}\n--\n{prose}") == f"{MINE}\n--\n{prose}".strip()


def test_a_subject_of_travel_is_no_header_block():
    text = "My trip:\n\nFrom: London\nTo: Paris\nDate: in May\n\nAny tips?"
    assert folded(text) == text
