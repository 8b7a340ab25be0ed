import pytest

from forum.cli.importing.reading.messages import Unreadable
from tests.cli.importing.small_mail import entry, message


def test_a_message_without_an_id_gets_the_same_one_each_time():
    nameless = message("Words.", Message_ID=None)
    assert entry(nameless).message_id == entry(nameless).message_id


def test_two_messages_without_ids_get_two():
    one, two = (entry(message(words, Message_ID=None)).message_id for words in ("One.", "Two."))
    assert one != two


def test_references_come_oldest_first_and_the_nearest_last():
    found = entry(message(References="<a@x> <b@x>\n <c@x>", In_Reply_To="<c@x>"))
    assert found.references == ("a@x", "b@x", "c@x")


def test_an_answered_id_that_references_forgot_is_known_too():
    found = entry(message(References="<a@x> <b@x>", In_Reply_To="<z@x>"))
    assert found.references == ("a@x", "z@x", "b@x")


def test_words_around_an_answered_id_do_not_matter():
    found = entry(message(In_Reply_To="Your message of Monday <a@x> (Bo)"))
    assert found.references == ("a@x",)


def test_ids_without_angles_are_read():
    assert entry(message(Message_ID="a@x", In_Reply_To="b@x")).references == ("b@x",)


def test_a_chain_of_a_thousand_references_keeps_its_ends():
    found = entry(message(References=" ".join(f"<{n}@x>" for n in range(1000))))
    assert len(found.references) == 100
    assert (found.references[0], found.references[-1]) == ("0@x", "999@x")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\nno headers at all\n", "no headers"),
        (message(Subject="DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"), "folder data"),
    ],
)
def test_what_is_no_message_says_why(data, reason):
    with pytest.raises(Unreadable, match=reason):
        entry(data)


def test_a_quote_in_the_body_is_noticed():
    assert entry(message("> theirs\nmine")).quotes
    assert not entry(message("mine")).quotes
