"""The promise page speaks of every rule of spaces, with the numbers that hold."""

import ast
import hashlib
import html
import inspect
import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest

from forum.core.db import transaction
from forum.employments.queries import mine
from forum.models import spaces as models
from forum.models.guarding import Step
from forum.policy import blocks, viewer, workplaces
from forum.spaces import actions, guardians, log, promises, reports, rule, sanctions
from forum.spaces.break_glass import agreeing, asking
from forum.spaces.hours import put_hours
from tests.support import community, spaces

RULES = [each for _title, rules in promises.PROMISES for each in rules]
SPOKEN_OF_WITH = (
    *(models, reports, guardians, sanctions, actions),
    *(agreeing, asking, workplaces, blocks),
)
TOLD_NOWHERE = {
    "NUMBERS": "how many names there are",
    "MOST_EMPLOYMENTS": "how many employers somebody may tell of",
    "ENTRIES_EACH": "how much room a wall has for each of them",
    "KEPT_DAYS": "how long a moderator may keep a report before another gets it",
}
READ_WITH_THE_PAGE = {
    "forum.policy.visible.spaces": "847c37be6d09a032",
    "forum.policy.visible.guarding": "41ef1730a7234310",
    "forum.policy.blocks": "a9683df08be70e12",
    "forum.policy.walls": "21066660a7437cc1",
}
"""The rules as they were when somebody last read the promise page against them.

When this fails: read /promise (forum/spaces/promises.py) against what was changed, mend the
sentences that are no longer true, and only then write the new value down here.
"""
SCOPES = [import_module(name) for name in READ_WITH_THE_PAGE]
ODD = {int: 7_193, float: 71.93, timedelta: timedelta(hours=7_193)}
"""What a number is changed to: on the page it is 7193."""


def page(client) -> str:
    found = client.get("/promise")
    assert found.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(found.text))


def own_functions(module) -> set:
    found = vars(module).items()
    return {
        each
        for name, each in found
        if inspect.isfunction(each) and each.__module__ == module.__name__ and name[0] != "_"
    }


def own_numbers(module) -> set[str]:
    """Constants that are set there, not imported."""
    lines = inspect.getsource(module).splitlines()
    set_there = " ".join(line.split(" = ")[0] for line in lines if line[:1].isupper())
    return {
        name
        for name, value in vars(module).items()
        if type(value) in ODD and name in set_there.replace(",", " ").split()
    }


def rules_of(module) -> str:
    """What a module does, whatever is remarked beside it."""
    tree = ast.parse(inspect.getsource(module))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not _is_words(each)] or [ast.Pass()]
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:16]


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class TestTheTable:
    @pytest.mark.parametrize("module", SCOPES, ids=lambda module: module.__name__)
    def test_speaks_of_every_scope_and_wall(self, module):
        kept_by = {keeper for each in RULES for keeper in each.kept_by}
        assert own_functions(module) - kept_by == set()

    @pytest.mark.parametrize("module", SCOPES, ids=lambda module: module.__name__)
    def test_was_read_when_a_rule_changed(self, module):
        now = rules_of(module)
        assert now == READ_WITH_THE_PAGE[module.__name__], "read /promise against it, then note it"

    @pytest.mark.parametrize("module", SPOKEN_OF_WITH, ids=lambda module: module.__name__)
    def test_knows_every_number(self, module):
        said = {number for each in RULES for number in each.numbers.values()}
        unsaid = {name for name in own_numbers(module) if (module, name) not in said}
        assert unsaid <= set(TOLD_NOWHERE)

    def test_has_all_numbers_the_rules_of_admission_and_change_are_made_of(self):
        said = {name for each in RULES for _where, name in each.numbers.values()}
        assert {
            "CHANGE_DAYS",
            "SPACES_SHUT",
            "VOUCHES_NEEDED",
            "members",
            "groups",
            "share",
        } <= said
        assert (90, timedelta(hours=72)) == (mine.CHANGE_DAYS, viewer.SPACES_SHUT)


class TestThePage:
    def test_says_every_sentence(self, app_context, client):
        text = page(client)
        for each in RULES:
            assert str(each) in text

    @pytest.mark.parametrize(
        "number",
        [number for each in RULES for number in each.numbers.values()],
        ids=lambda one: one[1],
    )
    def test_says_each_number_as_it_is(self, app_context, client, monkeypatch, number):
        where, name = number
        assert "7193" not in page(client)
        if where is rule.current:
            odd = replace(rule.current(), **{name: ODD[type(getattr(rule.current(), name))]})
            monkeypatch.setattr(rule, "_configured", [odd])
        else:
            monkeypatch.setattr(where, name, ODD[type(getattr(where, name))])
        assert "7193" in page(client)

    def test_names_the_numbers_of_today(self, app_context, client):
        text = page(client)
        for words in (
            "8 members of 5 groups of employers",
            "more than 40 %",
            "close 60 days after",
            "erased 60 days later",
            "that 3 members have reported",
            "at least 4 named guardians",
            "once in 90 days",
            "For 72 hours",
        ):
            assert words in text

    def test_says_how_often_a_name_was_found_out(self, app_context, client):
        assert "this has never happened" in page(client)
        for times, words in ((1, "happened once"), (2, "happened 2 times")):
            with transaction():
                log.append(Step.RESOLVED, f"request{times}")
            assert words in page(client)


class TestModeratedHours:
    @pytest.fixture
    def here(self, app_context):
        here = spaces.space(community.circle("retail"))
        put_hours(here.id, (22, 6))
        return here

    def reads(self, app, name: str, here=None):
        person, client = community.person(name), app.test_client()
        community.join(person, community.find("retail"))
        if here:
            spaces.enter(here, person)
        community.sign_in(client, person)
        return client

    def test_are_told_to_the_circle_whoever_is_in_the_space(self, app, here):
        texts = [page(self.reads(app, "Ana", here)), page(self.reads(app, "Ben"))]
        for text in texts:
            assert "Retail</bdi>: 22:00–06:00 UTC" in text

    def test_are_told_to_nobody_else(self, app, here, client):
        stranger, browser = community.person("Cara"), app.test_client()
        community.sign_in(browser, stranger)
        for one in (client, browser):
            assert "22:00" not in page(one)

    def test_stand_on_the_page_of_the_space(self, app, here):
        client = self.reads(app, "Ana", here)
        assert "every day, 22:00–06:00 UTC" in client.get(f"/s/{here.public_id}").text
        put_hours(here.id, None)
        assert "at no fixed hours" in client.get(f"/s/{here.public_id}").text
