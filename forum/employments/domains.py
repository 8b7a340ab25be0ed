"""Mail domains: which part of one is the organisation's, and which are open to anybody."""

from __future__ import annotations

from functools import cache
from pathlib import Path

# Labels under which countries let organisations register, as in firm.co.uk; ours, from their
# registries' pages. Missing ones make a wall too wide, never too narrow.
_SECOND_LEVEL = frozenset(
    """ac ad asn asso biz bel co com edu ed ernet firm gen go gob gok gouv gov govt gr gub gv id ind
    inf info iwi jus k12 law lg ltd maori me med mil mod muni name ne net nhs nic nom nt oneg or org
    parliament plc pol police pro res sc sch school seg sld tm web""".split()
)
_ROLES = frozenset(
    """abuse account accounting accounts admin administration all billing booking bookings bureau
    careers contact customerservice dispatch enquiries everybody everyone feedback finance help
    helpdesk hello hi hostmaster hr info infos inbox invoice invoices jobs kontakt legal mail
    mailer-daemon marketing media news newsletter no-reply noreply office orders personnel
    postmaster press privacy purchasing reception recruiting reply returns sales secretary security
    service shop social spam staff subscribe support team test webmaster welcome""".split()
)


def of(address: str) -> str:
    """The organisation's part of a normal address's domain: mail.uk.firm.example → firm.example."""
    return registered(address.rpartition("@")[2])


def registered(domain: str) -> str:
    """The last two labels of a domain in ASCII, or three where a country has a level between."""
    labels = domain.lower().strip(".").split(".")
    between = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if between else labels[-2:])


def is_open_to_all(address: str) -> bool:
    """Whether anybody can have a mailbox there, so that it says nothing of an employer."""
    domain = address.rpartition("@")[2].lower()
    return domain in _open() or registered(domain) in _open()


def is_shared(address: str) -> bool:
    """Whether it looks like a mailbox that several people read, such as info@."""
    return mailbox(address).partition("@")[0] in _ROLES


def mailbox(address: str) -> str:
    """The address without what follows a plus: the same mailbox in nearly every system."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


@cache
def _open() -> frozenset[str]:
    path = Path(__file__).with_name("open_domains.txt")
    lines = path.read_text(encoding="ascii").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("#") for word in line.lower().split()
    )
