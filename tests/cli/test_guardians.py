from forum.spaces.guardians import guardians
from tests.cli.outbox import command
from tests.support import community, workplaces


def test_guardians_are_added_listed_and_removed(app, app_context):
    ana = community.person("Ana")
    said = command(app, "spaces", "guardians", "add", ana.address)
    assert said.exit_code == 0
    assert "3 more are needed" in said.output
    assert ana.address in command(app, "spaces", "guardians", "list").output
    assert command(app, "spaces", "guardians", "add", ana.address).exit_code == 0
    command(app, "spaces", "guardians", "remove", ana.address)
    assert ana.address not in command(app, "spaces", "guardians", "list").output


def test_two_of_one_employer_are_refused(app, app_context):
    for name in ("Ana", "Ben"):
        workplaces.works_for(community.person(name), "Northwind")
    command(app, "spaces", "guardians", "add", "ana@site.example")
    said = command(app, "spaces", "guardians", "add", "ben@site.example")
    assert said.exit_code == 1
    assert "different employers" in said.output


def test_two_who_have_become_colleagues_are_told_of(app, app_context):
    ana, ben = community.person("Ana"), community.person("Ben")
    for one in (ana, ben):
        command(app, "spaces", "guardians", "add", one.address)
    assert "one employer" not in command(app, "spaces", "guardians", "list").output
    for one in (ana, ben):
        workplaces.works_for(one, "Northwind")
    assert "one employer" in command(app, "spaces", "guardians", "list").output


def test_an_unknown_address_is_refused(app, app_context):
    said = command(app, "spaces", "guardians", "add", "nobody@site.example")
    assert said.exit_code == 1
    assert "no account" in said.output


def test_a_suspended_guardian_does_not_count(app, app_context):
    ana = community.person("Ana")
    command(app, "spaces", "guardians", "add", ana.address)
    community.suspend(ana)
    assert guardians() == []
