"""Attachments are named without paths and told by their bytes."""

import base64

import pytest

from forum.mailbox.attachments import flattened, sniffed
from forum.mailbox.parsing import Letter, parse

PNG = b"\x89PNG\r\n\x1a\n" + bytes(400)


def attached(name, content, kind="application/octet-stream", how="attachment"):
    body = base64.b64encode(content).decode()
    raw = (
        "From: Bo <bo@home.example>\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nHere it is.\n"
        f'--b\nContent-Type: {kind}\nContent-Disposition: {how}; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{body}\n--b--\n"
    )
    found = parse(raw.encode(), Letter()).attachments
    return [(one.name, one.kind, len(one.content)) for one in found]


def test_an_attachment_is_listed_by_what_it_is():
    assert attached("plan.pdf", PNG, "application/pdf") == [("plan.pdf", "image/png", len(PNG))]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\bo\\plan.pdf", "plan.pdf"),
        ("..", ""),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("x" * 500, "x" * 120),
    ],
)
def test_of_a_name_the_last_part_is_kept(given, kept):
    assert flattened(given) == kept


@pytest.mark.parametrize("name", ["winmail.dat", "invite.ics", "smime.p7s", "signature.asc"])
def test_what_programs_attach_is_passed_over(name):
    assert attached(name, PNG) == []


def test_a_picture_of_one_pixel_is_passed_over():
    assert attached("p.gif", b"GIF89a" + bytes(40), "image/gif", "inline") == []


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"  <!DOCTYPE html>", "text/html"),
        (b"<svg xmlns=", "text/html"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"just words", "text/plain"),
        (b"\x00\x01", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_type_is_told_by_the_first_bytes(head, kind):
    assert sniffed(head) == kind
