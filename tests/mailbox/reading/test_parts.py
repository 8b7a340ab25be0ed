import base64

from forum.cli.importing.reading.messages import read_text
from tests.cli.importing.small_mail import message, raw


def text(body, **headers):
    return read_text(raw(message(body, **headers))).text


def multipart(kind, *parts):
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return read_text(raw(message(body, Content_Type=f'multipart/{kind}; boundary="b"')))


PLAIN = "Content-Type: text/plain\n\nThe plain words."
HTML = "Content-Type: text/html\n\n<p>The <b>marked</b> words.</p>"
FILE = "Content-Type: application/pdf; name=plan.pdf\n\nJVBERi0="


def test_a_plain_message_is_its_body():
    assert text("Hello.\n") == "Hello."


def test_of_alternatives_the_plain_one_is_chosen():
    assert multipart("alternative", HTML, PLAIN).text == "The plain words."


def test_html_alone_becomes_text():
    assert multipart("alternative", HTML).text == "The marked words."


def test_a_plain_part_that_only_points_at_the_html_gives_way():
    stub = "Content-Type: text/plain\n\nThis message needs an HTML reader."
    page = "Content-Type: text/html\n\n<p>" + "real words " * 30 + "</p>"
    assert multipart("alternative", stub, page).text.startswith("real words")


def test_an_empty_plain_part_gives_way():
    assert (
        multipart("alternative", "Content-Type: text/plain\n\n  \n", HTML).text
        == "The marked words."
    )


def test_attachments_are_named_and_left_out():
    found = multipart("mixed", PLAIN, FILE)
    assert (found.text, found.attachments) == ("The plain words.", ["plan.pdf"])


def test_an_attachment_name_in_any_encoding_is_read():
    part = (
        "Content-Type: application/pdf\n"
        "Content-Disposition: attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf\n\nx"
    )
    assert multipart("mixed", part).attachments == ["Größe.pdf"]


def test_text_after_an_attachment_is_kept():
    assert multipart("mixed", PLAIN, FILE, "Content-Type: text/plain\n\nAnd more.").text == (
        "The plain words.\n\nAnd more."
    )


def test_html_that_repeats_a_plain_part_is_dropped():
    page = "Content-Type: text/html\n\n<p>The plain words.</p>"
    assert multipart("mixed", PLAIN, page).text == "The plain words."


def test_base64_is_decoded_and_a_footer_behind_it_kept():
    body = base64.encodebytes("Größe".encode()).decode() + "\n____\na footer line\n"
    found = text(body, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="base64")
    assert found.startswith("Größe")
    assert "a footer line" in found


def test_a_body_that_only_claims_to_be_base64_stays():
    assert text("Plain, after all!", Content_Transfer_Encoding="base64") == "Plain, after all!"


def test_broken_quoted_printable_loses_nothing():
    found = text("50=% more =C3=A9t=\nude =ZZ", Content_Transfer_Encoding="quoted-printable")
    assert found == "50=% more étude =ZZ"


def test_a_multipart_without_its_boundary_is_read_by_its_looks():
    body = "--xyz\nContent-Type: text/plain\n\nStill here.\n--xyz--\n"
    assert text(body, Content_Type="multipart/mixed") == "Still here."


def test_a_multipart_that_is_none_is_plain_text():
    assert text("Just words.", Content_Type="multipart/mixed; boundary=nowhere") == "Just words."


def test_a_last_part_without_its_end_is_read():
    body = "--b\nContent-Type: text/plain\n\nCut off"
    assert text(body, Content_Type="multipart/mixed; boundary=b") == "Cut off"


def test_a_digest_gives_its_messages():
    inner = "\nFrom: Bo <bo@firm.example>\nSubject: Roof\n\nThe roof leaks."
    assert "The roof leaks." in multipart("digest", inner).text


def test_a_forwarded_message_is_left_out_by_name():
    inner = "Content-Type: message/rfc822\n\nSubject: Roof\n\nThe roof leaks."
    assert multipart("mixed", PLAIN, inner).attachments == ["message/rfc822"]


def test_a_message_that_only_forwards_another_gives_its_text():
    inner = "Content-Type: message/rfc822\n\nSubject: Roof\n\nThe roof leaks."
    assert multipart("mixed", inner).text == "The roof leaks."


def test_flowed_text_is_joined():
    body = "A paragraph \nin two lines.\n> a quote \n> likewise\n-- \nsig"
    assert text(body, Content_Type="text/plain; format=flowed") == (
        "A paragraph in two lines.\n> a quote likewise\n-- \nsig"
    )


def test_flowed_text_with_deleted_spaces_is_joined_without():
    assert text("zusam \nmen", Content_Type="text/plain; format=flowed; delsp=yes") == "zusammen"
