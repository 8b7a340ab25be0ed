"""Answers written by hand (by_hand.txt), each for something that went wrong once or might.

In the file each starts with a line "=== KIND | NAME" (KIND is html, flowed or nothing) and ends
with what was said below "--- said". Words in braces stand for the letter: {letter} as it is,
{quoted}, {tight}, {barred}, {initialled} and {wrapped} with marks, {html} its HTML, {on} Gmail's
line above it.
"""

from pathlib import Path

from tests.mailbox.corpus.clients import marked, wrapped_quote
from tests.mailbox.corpus.letters import ADDRESS
from tests.mailbox.corpus.mails import Case

FILE = Path(__file__).with_name("by_hand.txt")


class Written:
    """The letter that all of them answer."""

    shown_name = "Ana Novak (Cahoots)"
    subject = "[Supply chain] Pilot"
    post = (
        "Hi Bo,",
        (
            "thanks for the numbers. I agree that the pilot should start in March, but we need to"
            " talk to procurement first. Can you send me the contract?"
        ),
        "What about the budget? Is 20k enough?",
        "Best,\nAna",
    )
    footer = (
        "Reply to this email directly or view it on Cahoots: https://cahoots.example/t/abc123/def456",
        "You receive this because you watch this topic. Unsubscribe: https://cahoots.example/u/TOKENX",
    )

    @property
    def text(self):
        body = "\n\n".join(("Ana Novak replied in Supply chain:", *self.post))
        return body + "\n\n--\n" + "\n".join(self.footer) + "\n"

    @property
    def html(self):
        body = "".join(f"<p>{part}</p>" for part in self.post).replace("\n", "<br>")
        return (
            '<html><body><div style="display:none">preheader text here</div><p><b>Ana Novak</b>'
            ' replied in <a href="https://cahoots.example/c/supply">Supply chain</a>:</p>'
            f"{body}<hr><p>Reply to this email directly or <a"
            ' href="https://cahoots.example/t/abc123/def456">view it on Cahoots</a></p><p>You'
            ' receive this because you watch this topic. <a href="https://cahoots.example/u/TOKENX">'
            "Unsubscribe</a></p></body></html>"
        )


LETTER = Written()


def filled(body):
    """A body with the letter where its names in braces stand."""
    lines = LETTER.text.rstrip().split("\n")
    on = f"On Mon, Nov 3, 2025 at 9:14 AM {LETTER.shown_name} <{ADDRESS}>\nwrote:"
    forms = {
        "letter": LETTER.text.rstrip(),
        "quoted": "\n".join(marked(lines)),
        "tight": "\n".join(marked(lines, ">")),
        "barred": "\n".join(marked(lines, "| ")),
        "initialled": "\n".join(marked(lines, "AN> ")),
        "wrapped": "\n".join(wrapped_quote(lines, 72)),
        "html": LETTER.html,
        "on": on,
    }
    for name, form in forms.items():
        body = body.replace("{%s}" % name, form)
    return body


def read():
    for entry in FILE.read_text(encoding="utf-8").split("=== ")[1:]:
        heading, _, rest = entry.partition("\n")
        kind, _, name = (part.strip() for part in heading.partition("|"))
        body, _, said = rest.partition("\n--- said\n")
        flowed = "; format=flowed" if kind == "flowed" else ""
        head = (
            "From: Bo Lind <bo@home.example>\nTo: r+x@reply.cahoots.example\n"
            f"Subject: Re: {LETTER.subject}\nIn-Reply-To: <p.a@cahoots.example>\n"
            "MIME-Version: 1.0\nContent-Type: text/"
            f"{'html' if kind == 'html' else 'plain'}; charset=utf-8{flowed}\n"
            "Content-Transfer-Encoding: 8bit\n\n"
        )
        yield Case(name, (head + filled(body) + "\n").encode(), LETTER, (said.strip(),))


HAND_WRITTEN = list(read())
