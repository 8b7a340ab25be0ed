"""When a rule itself breaks, the answer is an error page and nothing of what it guards."""

import sys

import pytest

from forum.core.db import transaction
from forum.models.circles import Role, Visibility
from forum.policy import allowed, guard, prepared, viewer, visible
from forum.policy.visible import rules
from tests.support import community
from tests.support.community import circle, join, person, reply, report, topic

SECRET = "zq999qz"
RULES = {
    "who may read a circle": (rules, "circle_rule"),
    "who may know a circle": (rules, "card_rule"),
    "who is a member": (rules, "membership"),
    "who moderates": (rules, "moderates"),
    "whose it is": (rules, "_own_or_moderated"),
    "who may see a topic": (rules, "topic_rule"),
    "who may see a post": (rules, "post_rule"),
    "what a scope covers": (guard, "scoped"),
    "who asks, as SQL": (visible.Seer, "of"),
    "who asks, as values": (prepared, "asking"),
    "who comes in": (viewer, "_viewer"),
    "what a statement reads": (guard, "_protected_reads"),
    "why not": (allowed, "refusal"),
}

_SCOPES = [module for name, module in sys.modules.items() if name.startswith(visible.__name__)]


class Broken(Exception):
    """A rule that cannot answer."""


def breaks(*_anything, **_named):
    raise Broken


@pytest.fixture
def pages(app, app_context) -> list[str]:
    """Pages of a secret circle; each shows the marker to Ana, who moderates there."""
    with transaction():
        ana, quiet = person("Ana"), circle("quiet", Visibility.SECRET, purpose=SECRET, rules=SECRET)
        join(ana, quiet, Role.MODERATOR)
        cem = person("Cem")
        join(cem, quiet)
        question = topic(cem, quiet, SECRET, SECRET)
        answer = reply(ana, question, SECRET)
    report(cem, question, SECRET)
    return [
        *("/", "/circles", "/c/quiet", "/c/quiet/about", "/c/quiet/edit", "/c/quiet/reports"),
        *(f"/t/{question}", f"/t/{question}?view=time", f"/p/{answer}", f"/p/{answer}/reply"),
        *(f"/p/{answer}/edit", f"/p/{answer}/removal", f"/p/{answer}/report"),
    ]


@pytest.fixture
def member(app, pages):
    client = app.test_client()
    community.sign_in(client, community.account("ana@site.example"))
    return client


@pytest.fixture
def outsider(app, pages):
    client = app.test_client()
    community.sign_in(client, person("Ben"))
    return client


@pytest.fixture
def anew(monkeypatch):
    """Nothing that was built or judged before is remembered."""
    for module in list(sys.modules.values()):
        for value in list(vars(module).values()) if module.__name__.startswith("forum.") else ():
            if isinstance(value, prepared.Prepared):
                monkeypatch.setattr(value, "_built", {})
    monkeypatch.setattr(guard, "_touched_by", type(guard._touched_by)())


def test_while_all_rules_hold_a_member_is_shown_all_of_it(pages, member):
    for page in pages:
        answer = member.get(page)
        assert answer.status_code == 200, page
        assert SECRET in answer.text, page


@pytest.mark.parametrize(("where", "name"), RULES.values(), ids=RULES)
def test_nothing_gets_out_when_this_breaks(
    pages, member, outsider, client, anew, monkeypatch, where, name
):
    for module in (where, viewer, prepared, *_SCOPES):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, breaks)
    assert 500 in {member.get(page).status_code for page in pages}
    for browser in (member, outsider, client):
        for page in pages:
            answer = browser.get(page)
            failed = answer.status_code >= 400 or browser is not member
            assert not (failed and SECRET in answer.text), f"{page}: {answer.status}"
            assert "Broken" not in answer.text, page


def test_an_error_page_is_drawn_even_when_who_asks_cannot_be_told(pages, member, monkeypatch):
    monkeypatch.setattr(viewer, "_viewer", breaks)
    answer = member.get("/circles")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("act", [allowed.Act.HIDE, allowed.Act.EDIT], ids=str)
def test_nothing_is_done_when_a_fact_is_missing_that_it_takes_to(
    app, app_context, client, monkeypatch, act
):
    ana, retail = person("Ana"), circle("retail")
    join(ana, retail, Role.MODERATOR)
    author = ana if act is allowed.Act.EDIT else person("Ben")
    answer = reply(author, topic(ana, retail), "As it was")
    community.sign_in(client, ana)
    where = f"/p/{answer}/{'edit' if act is allowed.Act.EDIT else 'hiding'}"
    sent = {"csrf_token": community.csrf(client), "body": "Changed", "reason": "Changed"}
    facts = allowed.CAN[act]
    monkeypatch.setitem(allowed.CAN, act, (*facts[:-1], breaks))
    assert client.post(where, data=sent).status_code == 500
    monkeypatch.setitem(allowed.CAN, act, facts)
    assert "As it was" in client.get(f"/p/{answer}").text
    assert client.post(where, data=sent).status_code == 302
