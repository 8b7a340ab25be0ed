import pytest

from forum.core.errors import NotThere
from forum.employments import actions, queries
from forum.employments.actions import (
    Description,
    DomainTaken,
    NameTaken,
    NobodyThere,
    NoSuchEmployer,
    NotOneEmployers,
    OtherGroup,
)
from forum.policy.viewer import GUEST, Viewer
from tests.support import community, workplaces
from tests.support.workplaces import STAFF, employer_id, group, works_for

STALE = Viewer(id=1, is_staff=False, staff_account=True)


@pytest.fixture
def northwind(app_context) -> str:
    return actions.add_employer(STAFF, "Northwind")


@pytest.fixture
def contoso(app_context) -> str:
    return actions.add_employer(STAFF, "Contoso")


def page(employer: str) -> queries.Page:
    return queries.employer_page(STAFF, employer)


def names(listed) -> list[str]:
    return [one.name for one in listed]


class TestNames:
    def test_an_added_employer_is_the_one_members_mean(self, ana, northwind):
        told = works_for(ana, "northwind gmbh")
        assert workplaces.employment_row(told).employer_id == workplaces.row("Northwind").id

    def test_a_name_stands_once(self, northwind):
        with pytest.raises(NameTaken):
            actions.add_employer(STAFF, "NORTHWIND Ltd")

    def test_spelling_it_otherwise_leaves_no_alias(self, northwind):
        actions.describe(STAFF, northwind, Description("NorthWind", ""))
        assert (page(northwind).employer.name, page(northwind).aliases) == ("NorthWind", [])

    def test_after_renaming_the_old_name_still_means_it(self, ana, northwind):
        actions.describe(STAFF, northwind, Description("Boreas", ""))
        assert queries.named(STAFF, "Northwind").public_id == northwind
        assert names(page(northwind).aliases) == ["Northwind"]

    def test_it_can_be_renamed_back(self, northwind):
        for name in ("Boreas", "Northwind", "Boreas"):
            actions.describe(STAFF, northwind, Description(name, ""))
        assert page(northwind).employer.name == "Boreas"
        assert names(page(northwind).aliases) == ["Northwind"]

    def test_not_to_a_name_that_is_another_employers(self, northwind, contoso):
        with pytest.raises(NameTaken):
            actions.describe(STAFF, northwind, Description("Contoso", ""))
        assert page(northwind).employer.name == "Northwind"

    def test_nor_to_another_name_of_one(self, northwind, contoso):
        actions.describe(STAFF, contoso, Description("Fabrikam", ""))
        with pytest.raises(NameTaken):
            actions.describe(STAFF, northwind, Description("Contoso", ""))


class TestGroups:
    def test_employers_of_one_group_know_each_other(self, northwind, contoso):
        group("Holding", "Northwind", "Contoso")
        assert names(page(northwind).siblings) == ["Contoso"]

    def test_in_any_spelling_of_its_name(self, northwind, contoso):
        group("Holding AG", "Northwind")
        group("HOLDING", "Contoso")
        assert names(page(northwind).siblings) == ["Contoso"]

    def test_whoever_leaves_it_is_in_none(self, northwind, contoso):
        group("Holding", "Northwind", "Contoso")
        actions.describe(STAFF, contoso, Description("Contoso", ""))
        assert (page(contoso).employer.group, page(northwind).siblings) == ("", [])

    def test_with_its_last_employer_a_group_goes(self, northwind):
        group("Holding", "Northwind")
        actions.describe(STAFF, northwind, Description("Northwind", ""))
        assert queries.group_of_key(STAFF, "holding") is None


class TestDomains:
    def test_the_organisations_part_is_kept(self, northwind):
        actions.add_domain(STAFF, northwind, "mail.northwind.example")
        assert page(northwind).domains == ["northwind.example"]

    @pytest.mark.parametrize("domain", ["northwind.example", "other.northwind.example"])
    def test_a_domain_is_one_employers(self, northwind, contoso, domain):
        actions.add_domain(STAFF, northwind, "northwind.example")
        with pytest.raises(DomainTaken):
            actions.add_domain(STAFF, contoso, domain)

    @pytest.mark.parametrize("domain", ["gmail.com", "mail.gmx.de"])
    def test_one_open_to_all_is_nobodys(self, northwind, domain):
        with pytest.raises(NotOneEmployers):
            actions.add_domain(STAFF, northwind, domain)

    def test_it_can_be_taken_away(self, northwind):
        actions.add_domain(STAFF, northwind, "northwind.example")
        actions.end_domain(STAFF, northwind, "northwind.example")
        assert page(northwind).domains == []

    def test_not_from_another(self, northwind, contoso):
        actions.add_domain(STAFF, northwind, "northwind.example")
        actions.end_domain(STAFF, contoso, "northwind.example")
        assert page(northwind).domains == ["northwind.example"]


class TestMerging:
    def test_the_other_name_stays_as_an_alias(self, northwind, contoso):
        assert actions.merge(STAFF, northwind, "contoso") == contoso
        assert names(page(contoso).aliases) == ["Northwind"]
        with pytest.raises(NotThere):
            page(northwind)

    def test_domains_and_aliases_move_along(self, northwind, contoso):
        fabrikam = actions.add_employer(STAFF, "Fabrikam")
        actions.add_domain(STAFF, northwind, "northwind.example")
        actions.merge(STAFF, fabrikam, "Northwind")
        actions.merge(STAFF, northwind, "Contoso")
        assert names(page(contoso).aliases) == ["Fabrikam", "Northwind"]
        assert page(contoso).domains == ["northwind.example"]

    def test_into_an_alias_is_into_what_it_stands_for(self, northwind, contoso):
        fabrikam = actions.add_employer(STAFF, "Fabrikam")
        actions.merge(STAFF, northwind, "Contoso")
        assert actions.merge(STAFF, fabrikam, "Northwind") == contoso

    @pytest.mark.parametrize("into", ["Northwind", "Nobody", "northwind ag"])
    def test_not_into_itself_nor_into_nothing(self, northwind, into):
        with pytest.raises(NoSuchEmployer):
            actions.merge(STAFF, northwind, into)

    def test_not_into_an_alias_of_itself(self, northwind, contoso):
        actions.merge(STAFF, northwind, "Contoso")
        with pytest.raises(NoSuchEmployer):
            actions.merge(STAFF, contoso, "Northwind")

    def test_a_group_of_either_holds_for_both(self, northwind, contoso):
        group("Holding", "Northwind")
        actions.merge(STAFF, northwind, "Contoso")
        assert page(contoso).employer.group == "Holding"

    def test_not_across_groups(self, northwind, contoso):
        group("Holding", "Northwind")
        group("Trust", "Contoso")
        with pytest.raises(OtherGroup):
            actions.merge(STAFF, northwind, "Contoso")

    def test_it_can_be_undone(self, northwind, contoso):
        actions.merge(STAFF, northwind, "Contoso")
        actions.separate(STAFF, contoso, northwind)
        assert page(northwind).employer.name == "Northwind"
        assert page(contoso).aliases == []

    def test_only_of_its_own_aliases(self, northwind, contoso):
        with pytest.raises(NotThere):
            actions.separate(STAFF, contoso, northwind)


class TestFinding:
    @pytest.fixture
    def known(self, northwind, contoso) -> None:
        actions.add_domain(STAFF, northwind, "nw.example")
        group("The Winds", "Northwind")
        actions.describe(STAFF, contoso, Description("Contoso Pharma", ""))
        actions.describe(STAFF, contoso, Description("Kontor", ""))

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("", ["Kontor", "Northwind"]),
            ("north", ["Northwind"]),
            ("NORTH-WIND GmbH", ["Northwind"]),
            ("nw.example", ["Northwind"]),
            ("the winds", ["Northwind"]),
            ("pharma", ["Kontor"]),
            ("Contoso", ["Kontor"]),
            ("%", []),
            ("_", []),
            ("nobody", []),
        ],
    )
    def test_by_name_alias_group_or_domain(self, known, words, found):
        assert names(queries.found_employers(STAFF, words)) == found

    def test_who_works_there_changes_nothing_of_it(self, ana, ben, known):
        def shown() -> str:
            return f"{page(employer_id('Northwind'))}{queries.found_employers(STAFF, '')}"

        before = shown()
        works_for(ana, "Northwind", "northwind.example")
        works_for(ben, "NORTH WIND", "nw.example")
        assert shown() == before


ACTS = {
    "adding": lambda who, it: actions.add_employer(who, "Litware"),
    "describing": lambda who, it: actions.describe(who, it, Description("Litware", "")),
    "adding a domain": lambda who, it: actions.add_domain(who, it, "nw.example"),
    "ending a domain": lambda who, it: actions.end_domain(who, it, "nw.example"),
    "merging": lambda who, it: actions.merge(who, it, "Contoso"),
    "separating": lambda who, it: actions.separate(who, it, "zzzzzzzzzzzz"),
    "allowing a change": lambda who, it: actions.allow_change(who, "ana@site.example"),
    "opening its page": queries.employer_page,
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize("who", [GUEST, STALE, Viewer(id=2)], ids=["guest", "stale", "member"])
def test_for_everybody_but_staff_there_is_nothing(ana, northwind, contoso, act, who):
    with pytest.raises(NotThere):
        act(who, northwind)


@pytest.mark.parametrize("who", [GUEST, STALE, Viewer(id=2)], ids=["guest", "stale", "member"])
def test_nor_does_anybody_else_find_any(northwind, who):
    assert queries.found_employers(who, "") == []
    assert queries.found_employers(who, "north") == []


def test_a_change_is_allowed_to_an_account_only(app_context):
    with pytest.raises(NobodyThere):
        actions.allow_change(STAFF, "nobody@site.example")


def test_allowing_twice_is_once(ana):
    actions.allow_change(STAFF, ana.address)
    actions.allow_change(STAFF, ana.address)
    assert community.viewer(ana)
