"""What a program wrote is told from what a person wrote."""

import pytest

from forum.mailbox.parsing import Letter, parse
from forum.mailbox.verdicts import Verdict

LETTER = Letter(reply_address="r+abc@reply.cahoots.example")
TO_US = {"In-Reply-To": "<p.w9n3h6zs@cahoots.example>"}


def verdict(*, body="I shall be there.", **headers):
    named = {"From": "Bo <bo@home.example>", "Subject": "Re: Shelves"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in named.items())
    return parse(f"{head}\n{body}\n".encode(), LETTER).verdict


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Auto-Submitted", "auto-replied", Verdict.AUTO_REPLY),
        ("Auto-Submitted", "auto-generated; owner-email=x", Verdict.AUTO_REPLY),
        ("Return-Path", "<>", Verdict.BOUNCE),
        ("From", "Mail Delivery <MAILER-DAEMON@home.example>", Verdict.BOUNCE),
        ("Precedence", "bulk", Verdict.BULK),
        ("Precedence", "Junk", Verdict.BULK),
        ("Precedence", "auto_reply", Verdict.AUTO_REPLY),
        ("List-Id", "Shelves <shelves.lists.example>", Verdict.LIST),
        ("X-Autoreply", "yes", Verdict.AUTO_REPLY),
        ("X-Autorespond", "away", Verdict.AUTO_REPLY),
        ("X-MS-Exchange-Inbox-Rules-Loop", "bo@home.example", Verdict.LOOP),
        ("X-Loop", "bo@home.example", Verdict.LOOP),
        ("From", "Cahoots <notify@cahoots.example>", Verdict.LOOP),
        ("From", "r+mz4kq7a2bcdefghij3456klmn@reply.cahoots.example", Verdict.LOOP),
        ("Content-Type", "multipart/report; report-type=delivery-status", Verdict.BOUNCE),
        ("Content-Type", "multipart/report; report-type=disposition-notification", Verdict.RECEIPT),
        ("Content-Type", "text/calendar; method=REPLY", Verdict.CALENDAR),
        ("Content-Type", 'text/calendar; method="REQUEST"; charset=utf-8', Verdict.CALENDAR),
        ("To", ", ".join(f"p{n}@firm.example" for n in range(60)), Verdict.BULK),
        ("Content-Type", "multipart/encrypted; boundary=x", Verdict.ENCRYPTED),
        ("Content-Type", "application/pkcs7-mime; smime-type=enveloped-data", Verdict.ENCRYPTED),
    ],
)
def test_a_programs_mail_is_no_reply(name, value, expected):
    assert verdict(**TO_US, **{name: value}) is expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "no"),
        ("X-Auto-Response-Suppress", "All"),
        ("Precedence", "list"),
        ("Precedence", "normal"),
        ("Return-Path", "<bo@home.example>"),
        ("From", "Bo <bo@cahoots.example>"),
        ("Subject", "Re: Out of office politics"),
        ("Subject", "Out of office politics"),
        ("Subject", "Re: Automatic reply machines"),
    ],
)
def test_a_persons_mail_is_a_reply(name, value):
    assert verdict(**TO_US, **{name: value}) is Verdict.REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "Out of Office: Shelves",
        "Automatic reply: Shelves",
        "Automatische Antwort: Regale",
        "Abwesenheitsnotiz",
        "Réponse automatique : Rayons",
        "Respuesta automática: Estantes",
        "Automatisch antwoord: Schappen",
        "Автоответ: Полки",
        "自動返信: 棚",
        "תשובה אוטומטית: מדפים",
    ],
)
def test_an_absent_persons_subject_counts_where_nothing_is_answered(subject):
    assert verdict(Subject=subject) is Verdict.AUTO_REPLY


def test_out_of_office_politics_passes_even_then():
    assert verdict(Subject="Re: Out of office politics") is Verdict.REPLY


def test_an_invitation_among_the_alternatives_is_a_calendars():
    body = (
        "--b\nContent-Type: text/plain\n\nAccepted\n--b\n"
        "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n--b--"
    )
    kind = 'multipart/alternative; boundary="b"'
    assert verdict(body=body, Content_Type=kind) is Verdict.CALENDAR


def test_an_attached_calendar_leaves_a_reply_one():
    body = (
        "--b\nContent-Type: text/plain\n\nHere is my diary.\n--b\n"
        "Content-Type: text/calendar; method=PUBLISH; name=a.ics\n"
        "Content-Disposition: attachment; filename=a.ics\n\nBEGIN:VCALENDAR\n--b--"
    )
    assert verdict(body=body, Content_Type='multipart/mixed; boundary="b"') is Verdict.REPLY


def test_a_text_in_armour_cannot_be_read():
    body = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"
    assert verdict(body=body) is Verdict.ENCRYPTED


def test_a_signed_text_can():
    body = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes.\n"
        "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----"
    )
    assert verdict(body=body) is Verdict.REPLY
