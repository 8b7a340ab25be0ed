"""Letters as the forum would send them, for answers to be made to."""

from dataclasses import dataclass
from html import escape

ADDRESS = "notify@cahoots.example"
REPLY_ADDRESS = "r+mz4kq7a2bcdefghij3456klmn@reply.cahoots.example"
LINK = "https://cahoots.example/t/h5r8e2/w9n3h6zs"
UNSUBSCRIBE = "https://cahoots.example/u/9f3kqpz7"


@dataclass(frozen=True)
class Sent:
    """A letter: who it is from, its subject, the paragraphs of its post."""

    name: str
    subject: str
    post: tuple[str, ...]

    @property
    def shown_name(self):
        return f"{self.name} (Cahoots)"

    @property
    def paragraphs(self):
        return [f"{self.name} wrote in Careers:", *self.post]

    @property
    def footer(self):
        return [
            (
                "You get this because you watch Careers. Reply to this mail to answer; this reply"
                " address is yours alone."
            ),
            f"Read it on the site: {LINK}",
            f"Mute this topic or hear less: {UNSUBSCRIBE}",
        ]

    @property
    def text(self):
        return "\n\n".join([*self.paragraphs, "-- \n" + "\n".join(self.footer)]) + "\n"

    @property
    def html(self):
        body = "".join(f"<p>{escape(part)}</p>" for part in self.paragraphs)
        return (
            '<!doctype html><html><head><meta charset="utf-8"><title>Cahoots</title></head><body>'
            '<table role="presentation" width="100%"><tr><td align="center"><table width="600">'
            f"<tr><td>{body}</td></tr></table></td></tr></table><hr>"
            f"<p>{escape(self.footer[0])}</p>"
            f'<p><a href="{LINK}">Read it on the site</a></p>'
            f'<p><a href="{UNSUBSCRIBE}">Mute this topic or hear less</a></p></body></html>'
        )

    @property
    def quoted(self):
        """The lines of the plain text, wrapped as it was sent."""
        return self.text.rstrip("\n").split("\n")


LONG = Sent(
    "Ana Novak",
    "[Careers] Interviewing after a layoff",
    (
        (
            "Last spring our plant tried to lend its idle machines to the neighbours, and the works"
            " council heard of it from the canteen. Nobody had thought of asking them."
        ),
        "Has anybody been through this? Did you ask the council before the pilot, or after it?",
        "We meet on Tuesday at four. Would you come?",
        "Ana",
    ),
)
SHORT = Sent("Bo", "[Retail] Shelves", ("Why?",))
GERMAN = Sent(
    "Jörg Müller",
    "[Handel] Leere Regale",
    (
        (
            "Seit drei Monaten versuchen wir, die Rückläufer im eigenen Lager aufzuarbeiten. Der"
            " Einkauf hält das für Spielerei."
        ),
        "Wer hat so etwas schon einmal durchgesetzt? Reicht ein Versuch mit zwanzig Stück?",
        "Schöne Grüße\nJörg",
    ),
)
JAPANESE = Sent(
    "佐藤 由美",
    "[小売] 空の棚",
    (
        "三か月前から、返品された商品を自分たちの倉庫で直そうとしています。購買部は遊びだと言います。",
        "同じことをやり遂げた方はいますか。二十個の試みで足りるでしょうか。",
    ),
)
ARABIC = Sent(
    "ليلى حداد",
    "[تجارة] الرفوف الفارغة",
    (
        "منذ ثلاثة أشهر نحاول إصلاح المرتجعات في مستودعنا. قسم المشتريات يعتبر ذلك لعبا.",
        "هل نجح أحد في ذلك من قبل؟ هل تكفي تجربة بعشرين قطعة؟",
    ),
)
LISTED = Sent(
    "Chidi Okafor",
    "[Finance] Three ways to pay for a pilot",
    (
        (
            "What I have seen so far:\n- money from the department's own budget\n"
            "- a fund for ideas\n"
            "- a customer who pays early"
        ),
        "1. Which of these lasted longest?\n2. Which one did your boss like?",
        (
            "> As somebody said last week: who pays, decides.\nI am not so sure. See"
            " https://example.org/notes?id=42&x=1 for figures."
        ),
    ),
)
LETTERS = (LONG, GERMAN, LISTED, JAPANESE, ARABIC, SHORT)
