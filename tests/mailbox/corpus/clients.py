"""How mail programs put an answer and the letter it answers into one text."""

import textwrap
from dataclasses import dataclass
from html import escape

from tests.mailbox.corpus.letters import ADDRESS

MEMBER = "bo.lind@home.example"


@dataclass(frozen=True)
class Draft:
    """An answer to be sent: what its writer typed, to which letter, in which language."""

    sent: object
    language: object
    ending: str = ""

    @property
    def wrote(self):
        return self.language.wrote.format(
            date=self.language.date, name=self.sent.shown_name, address=ADDRESS
        )

    def wrote_in(self, pattern):
        return pattern.format(name=self.sent.shown_name, address=ADDRESS, date=self.language.date)


def marked(lines, mark="> "):
    return [f"{mark}{line}".rstrip() for line in lines]


def wrapped_quote(lines, width=70):
    """Long lines broken, each piece marked."""
    pieces = [piece for line in lines for piece in textwrap.wrap(line, width) or [""]]
    return marked(pieces)


def torn_quote(lines, width=72):
    """Long lines broken after they were marked: the rest of each stands unmarked below it."""
    return [
        piece
        for line in lines
        for piece in textwrap.wrap(f"> {line}", width, subsequent_indent="") or [">"]
    ]


def wrapped(line, width=72):
    return textwrap.wrap(line, width, break_long_words=False) or [""]


# --- plain: the lines that introduce the copy, and the copy ---------------------------------


def gmail(draft):
    return ["", *wrapped(draft.wrote, 76), "", *wrapped_quote(draft.sent.quoted)]


def apple(draft):
    lead = draft.wrote_in("On 3 Nov 2025, at 09:14, {name} <{address}> wrote:")
    return ["", lead, "", *marked(draft.sent.quoted)]


def iphone(draft):
    lead = draft.wrote.replace("\u200f", "")
    return ["", *marked([*wrapped(lead), "", *draft.sent.quoted])]


def thunderbird(draft):
    lead = draft.wrote_in("On 03/11/2025 09:14, {name} wrote:")
    return ["", lead, *wrapped_quote(draft.sent.quoted)]


def thunderbird_german(draft):
    return ["", draft.wrote_in("Am 03.11.25 um 09:14 schrieb {name}:"), *marked(draft.sent.quoted)]


def headers(draft, rule, bold="", to=MEMBER):
    source, sent, whom, subject = draft.language.labels
    return [
        *rule,
        f"{bold}{source}:{bold} {draft.sent.shown_name} <{ADDRESS}>",
        f"{bold}{sent}:{bold} {draft.language.date}",
        f"{bold}{whom}:{bold} {to}",
        f"{bold}{subject}:{bold} {draft.sent.subject}",
    ]


def outlook(draft):
    rule = ["", f"-----{draft.language.original}-----"]
    return [*headers(draft, rule), "", *draft.sent.quoted]


def outlook_app(draft):
    rule = ["", "________________________________"]
    return [*headers(draft, rule), "", *draft.sent.quoted]


def outlook_bold(draft):
    return [*headers(draft, [""], bold="*"), "", *draft.sent.quoted]


def exchange_gateway(draft):
    """Outlook at a firm whose gateway rewrites links and warns of strangers."""
    copy = [
        line.replace("https://", "https://links.guard.example/?u=https%3A%2F%2F").replace(
            ".example/t", ".example%2Ft"
        )
        for line in draft.sent.quoted
    ]
    warning = "CAUTION: This email originated from outside of your organization."
    return [*headers(draft, ["", "________________________________"]), "", warning, "", *copy]


def yahoo(draft):
    lead = draft.wrote_in(
        "On Monday, November 3, 2025 at 09:14:00 AM GMT+1, {name} <{address}> wrote:  "
    )
    return ["", f" {lead}", " ", *[f" {line}" for line in draft.sent.quoted]]


def gmx(draft):
    return [
        "",
        "Gesendet: Montag, 03. November 2025 um 09:14 Uhr",
        f'Von: "{draft.sent.shown_name}" <{ADDRESS}>',
        f"An: {MEMBER}",
        f"Betreff: {draft.sent.subject}",
        *draft.sent.quoted,
    ]


def proton(draft):
    lead = draft.wrote_in("On Monday, November 3rd, 2025 at 9:14 AM, {name} <{address}> wrote:")
    return ["", "------- Original Message -------", lead, "", "", *marked(draft.sent.quoted)]


def samsung(draft):
    return [
        "",
        "-------- Original message --------",
        f"From: {draft.sent.shown_name} <{ADDRESS}> ",
        "Date: 03/11/2025  09:14  (GMT+01:00) ",
        f"To: {MEMBER} ",
        f"Subject: {draft.sent.subject} ",
        "",
        *draft.sent.quoted,
    ]


def mutt(draft):
    lead = draft.wrote_in("On Mon, Nov 03, 2025 at 09:14:00AM +0100, {name} wrote:")
    return ["", lead, *marked(draft.sent.quoted)]


def gnus(draft):
    return ["", draft.wrote_in("{name} <{address}> writes:"), "", *marked(draft.sent.quoted)]


def kmail(draft):
    lead = draft.wrote_in("On Monday, 3 November 2025 09:14:00 CET {name} wrote:")
    return ["", lead, *marked(draft.sent.quoted)]


def evolution(draft):
    lead = draft.wrote_in("On Mon, 2025-11-03 at 09:14 +0100, {name} wrote:")
    return ["", lead, *torn_quote(draft.sent.quoted)]


def roundcube(draft):
    return ["", draft.wrote_in("On 2025-11-03 09:14, {name} wrote:"), *marked(draft.sent.quoted)]


def horde(draft):
    return ["", draft.wrote_in("Zitat von {name} <{address}>:"), "", *marked(draft.sent.quoted)]


def notes(draft):
    return [
        "",
        "",
        f"From:\t{draft.sent.shown_name} <{ADDRESS}>",
        f"To:\t{MEMBER}",
        "Date:\t11/03/2025 09:14 AM",
        f"Subject:\t{draft.sent.subject}",
        "",
        "",
        "",
        *draft.sent.quoted,
    ]


def mail_ru(draft):
    lead = draft.wrote_in("Понедельник, 3 ноября 2025, 9:14 +03:00 от {name} <{address}>:")
    return ["", *marked([lead, " ", *draft.sent.quoted], ">")]


def yandex(draft):
    return [
        "",
        draft.wrote_in('03.11.2025, 09:14, "{name}" <{address}>:'),
        *marked(draft.sent.quoted),
    ]


def qq(draft):
    return [
        "",
        "",
        "------------------ 原始邮件 ------------------",
        f'发件人: "{draft.sent.shown_name}" <{ADDRESS}>;',
        "发送时间: 2025年11月3日(星期一) 上午9:14",
        f'收件人: "bo"<{MEMBER}>;',
        f"主题: {draft.sent.subject}",
        "",
        "",
        "",
        *draft.sent.quoted,
    ]


def netease(draft):
    return [
        "",
        "",
        draft.wrote_in('在 2025-11-03 09:14:00，"{name}" <{address}> 写道：'),
        *marked(draft.sent.quoted, ">"),
    ]


def spark(draft):
    lead = draft.wrote_in("On 3 Nov 2025 at 09:14 +0100, {name} <{address}>, wrote:")
    return ["", lead, *marked(draft.sent.quoted)]


def zimbra(draft):
    return [
        "",
        "----- Original Message -----",
        f'From: "{draft.sent.shown_name}" <{ADDRESS}>',
        f'To: "bo" <{MEMBER}>',
        "Sent: Monday, November 3, 2025 9:14:00 AM",
        f"Subject: {draft.sent.subject}",
        "",
        *draft.sent.quoted,
    ]


def bare_quote(draft):
    return ["", *marked(draft.sent.quoted)]


PLAIN = (
    gmail,
    apple,
    iphone,
    thunderbird,
    thunderbird_german,
    outlook,
    outlook_app,
    outlook_bold,
    exchange_gateway,
    yahoo,
    gmx,
    proton,
    samsung,
    mutt,
    gnus,
    kmail,
    evolution,
    roundcube,
    horde,
    notes,
    mail_ru,
    yandex,
    qq,
    netease,
    spark,
    zimbra,
    bare_quote,
)
MARKING = tuple(
    client
    for client in PLAIN
    if client
    not in (
        outlook,
        outlook_app,
        outlook_bold,
        exchange_gateway,
        yahoo,
        gmx,
        samsung,
        notes,
        qq,
        zimbra,
        iphone,
    )
)


# --- HTML: what stands around the letter's own HTML ------------------------------------------


def inner(draft):
    return draft.sent.html.partition("<body>")[2].partition("</body>")[0]


def typed(paragraphs, tag="div"):
    return "".join(f"<{tag}>{escape(part)}</{tag}><div><br></div>" for part in paragraphs)


def gmail_html(draft, paragraphs, ending=""):
    return (
        f'<div dir="ltr">{typed(paragraphs)}{ending}</div><br><div class="gmail_quote'
        f' gmail_quote_container"><div dir="ltr" class="gmail_attr">{escape(draft.wrote)}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid'
        f' rgb(204,204,204);padding-left:1ex">{inner(draft)}</blockquote></div>'
    )


def outlook_html(draft, paragraphs, ending=""):
    source, sent, whom, subject = (escape(label) for label in draft.language.labels)
    own = "".join(f'<p class="MsoNormal">{escape(p)}<o:p></o:p></p>' for p in paragraphs)
    return (
        f'<html><head><style>p.MsoNormal {{margin:0}}</style></head><body lang="EN"><div'
        f' class="WordSection1">{own}{ending}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div'
        ' style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p'
        f' class="MsoNormal"><b>{source}:</b> {escape(draft.sent.shown_name)} &lt;{ADDRESS}&gt;'
        f" <br><b>{sent}:</b> {escape(draft.language.date)}<br><b>{whom}:</b> {MEMBER}<br>"
        f"<b>{subject}:</b> {escape(draft.sent.subject)}<o:p></o:p></p></div></div>{inner(draft)}"
        "</div></body></html>"
    )


def outlook_web_html(draft, paragraphs, ending=""):
    source, sent, whom, subject = (escape(label) for label in draft.language.labels)
    return (
        f'<div class="elementToProof">{typed(paragraphs)}</div>{ending}<div'
        ' id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div'
        f' id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>{source}:</b>'
        f" {escape(draft.sent.shown_name)} &lt;{ADDRESS}&gt;<br><b>{sent}:</b>"
        f" {escape(draft.language.date)}<br><b>{whom}:</b> {MEMBER}<br><b>{subject}:</b>"
        f" {escape(draft.sent.subject)}</font><div>&nbsp;</div></div>{inner(draft)}"
    )


def apple_html(draft, paragraphs, ending=""):
    return (
        f'<html><body style="overflow-wrap: break-word;">{typed(paragraphs)}{ending}<div><br'
        '><blockquote type="cite"><div>'
        f"{escape(draft.wrote)}</div><br><div>{inner(draft)}</div></blockquote></div></body></html>"
    )


def thunderbird_html(draft, paragraphs, ending=""):
    lead = escape(draft.wrote_in("On 03/11/2025 09:14, {name} wrote:"))
    own = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    return (
        f'<html><body>{own}{ending}<div class="moz-cite-prefix">{lead}<br></div><blockquote'
        f' type="cite" cite="mid:p.w9@cahoots.example">{inner(draft)}</blockquote></body></html>'
    )


def yahoo_html(draft, paragraphs, ending=""):
    lead = escape(
        draft.wrote_in(
            "On Monday, November 3, 2025 at 09:14:00 AM GMT+1, {name} <{address}> wrote:"
        )
    )
    return (
        f'<div class="ydp1yahoo-style-wrap">{typed(paragraphs)}{ending}</div>'
        '<div id="yahoo_quoted_1"'
        f' class="yahoo_quoted"><div><div>{lead}</div><div><br></div><div><br></div><div>'
        f"{inner(draft)}</div></div></div>"
    )


def gmx_html(draft, paragraphs, ending=""):
    return (
        f'<div style="font-family: Verdana">{typed(paragraphs)}{ending}<div name="quote"'
        ' style="margin:10px 5px 5px 10px"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;'
        f"Montag, 03. November 2025 um 09:14"
        f" Uhr<br/><b>Von:</b>&nbsp;&quot;{escape(draft.sent.shown_name)}"
        f"&quot; &lt;{ADDRESS}&gt;<br/><b>An:</b>&nbsp;{MEMBER}<br/><b>Betreff:</b>&nbsp;"
        f"{escape(draft.sent.subject)}</div>"
        f'<div name="quoted-content">{inner(draft)}</div></div></div>'
    )


def proton_html(draft, paragraphs, ending=""):
    lead = escape(
        draft.wrote_in("On Monday, November 3rd, 2025 at 9:14 AM, {name} <{address}> wrote:")
    )
    return (
        f'<div style="font-family: Arial">{typed(paragraphs)}</div>{ending}<div'
        f' class="protonmail_quote">{lead}<br><blockquote class="protonmail_quote" type="cite">'
        f"{inner(draft)}</blockquote><br></div>"
    )


HTML = (
    gmail_html,
    outlook_html,
    outlook_web_html,
    apple_html,
    thunderbird_html,
    yahoo_html,
    gmx_html,
    proton_html,
)
