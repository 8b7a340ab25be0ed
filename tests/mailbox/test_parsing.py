"""A mail as a whole: its limits, its verdict, and what is never shown."""

from forum.mailbox.parsing import MAX_MAIL_BYTES, Letter, parse
from forum.mailbox.verdicts import Verdict
from tests.mailbox.corpus.letters import LONG, REPLY_ADDRESS, UNSUBSCRIBE

LETTER = Letter(LONG.text, LONG.html, LONG.shown_name, REPLY_ADDRESS, LONG.subject)
HEAD = "From: Bo <bo@home.example>\nSubject: Re: it\n"


def parsed(body, head=HEAD):
    return parse(f"{head}\n{body}\n".encode(), LETTER)


def test_a_mail_over_12_mb_is_too_large():
    assert parse(b"x" * (MAX_MAIL_BYTES + 1), LETTER).verdict is Verdict.TOO_LARGE


def test_headers_over_64_kb_are_too_large():
    assert parsed("Yes.", HEAD + "X: " + "x" * 70_000 + "\n").verdict is Verdict.TOO_LARGE


def test_over_50_parts_are_too_many():
    head = HEAD + "Content-Type: multipart/mixed; boundary=b\n"
    part = "--b\nContent-Type: text/plain\n\nx\n"
    assert parsed(part * 51 + "--b--", head).verdict is Verdict.TOO_MANY_PARTS
    assert parsed(part * 20 + "--b--", head).verdict is Verdict.REPLY


def test_a_mail_of_nothing_but_the_quote_is_empty():
    quote = "\n".join(f"> {line}" for line in LONG.quoted)
    assert parsed(quote).verdict is Verdict.EMPTY
    assert parsed("Yes.\n\n" + quote).verdict is Verdict.REPLY


def test_nothing_is_no_mail():
    assert parse(b"\r\n \n", LETTER).verdict is Verdict.ERROR


def test_the_reply_address_is_taken_out_wherever_it_stands():
    found = parsed(f"Write to {REPLY_ADDRESS} or <mailto:{REPLY_ADDRESS}>.\n\n> {REPLY_ADDRESS}")
    assert REPLY_ADDRESS not in found.reply + found.cut
    assert "Write to […]" in found.reply


def test_a_link_that_unsubscribes_is_taken_out():
    found = parsed(f"What is {UNSUBSCRIBE} for? See https://cahoots.example/t/abc instead.")
    assert UNSUBSCRIBE not in found.reply
    assert "https://cahoots.example/t/abc" in found.reply


def test_characters_that_turn_the_reading_direction_are_taken_out():
    assert parsed("A\u202eB\u2066C\x00D").reply == "ABCD"


def test_a_charset_nobody_knows_is_found_by_its_bytes():
    words = "Мы пробовали то же самое в нашем отделе, и полка целый месяц стояла пустой."
    head = b"From: a@b.example\nContent-Type: text/plain; charset=x-unknown\n\n"
    assert parse(head + words.encode("koi8-r"), LETTER).reply == words


def test_a_program_s_text_is_all_cut():
    found = parsed("I am away.", HEAD + "Auto-Submitted: auto-replied\n")
    assert (found.verdict, found.reply, found.cut) == (Verdict.AUTO_REPLY, "", "I am away.")
