import pytest

from forum.employments import queries
from tests.support import community, workplaces
from tests.support.members_browser import Browser, browser
from tests.support.workplaces import STAFF, employer_id, works_for

ALL = "/staff/employers"


@pytest.fixture
def sam(app, app_context) -> Browser:
    """Staff who have just given their password."""
    return browser(app, community.person("Sam", staff=True))


@pytest.fixture
def northwind(app_context) -> str:
    return employer_id("Northwind")


def test_the_settings_of_staff_lead_there(sam):
    assert f'href="{ALL}"' in sam.get("/settings").text


def test_nobody_elses_do(app, ana):
    assert ALL not in browser(app, ana).get("/settings").text


def test_once_the_password_is_stale_the_pages_are_gone(sam, northwind):
    assert sam.get(f"{ALL}/{northwind}").status_code == 200
    community.let_proof_go_stale(community.account("sam@site.example"))
    assert sam.get(ALL).status_code == sam.get(f"{ALL}/{northwind}").status_code == 404


def test_employers_are_found(sam, northwind):
    employer_id("Contoso")
    page = sam.get(f"{ALL}?find=north").text
    assert "Northwind" in page
    assert "Contoso" not in page


def test_who_works_there_is_not_shown(sam, ana):
    works_for(ana, "Northwind", "northwind.example")
    for where in (ALL, f"{ALL}/{employer_id('Northwind')}"):
        page = sam.get(where).text
        assert "Northwind" in page
        assert "Ana" not in page
        assert "northwind.example" not in page


def test_one_is_added(sam):
    assert sam.post(f"{ALL}/new", employer="Litware").location == f"{ALL}/{employer_id('Litware')}"


def test_renamed_and_grouped(sam, northwind):
    sent = sam.post(f"{ALL}/{northwind}", employer="Boreas", group="The Winds")
    assert sent.location == f"{ALL}/{northwind}"
    page = queries.employer_page(STAFF, northwind)
    assert (page.employer.name, page.employer.group) == ("Boreas", "The Winds")


def test_given_a_domain_which_is_taken_away_again(sam, northwind):
    sam.post(f"{ALL}/{northwind}/domains", domain="Mail.Northwind.example")
    assert "northwind.example" in sam.get(f"{ALL}/{northwind}").text
    sam.post(f"{ALL}/{northwind}/domains/end", domain="northwind.example")
    assert "northwind.example" not in sam.get(f"{ALL}/{northwind}").text


def test_merged_and_separated(sam, northwind):
    contoso = employer_id("Contoso")
    assert sam.post(f"{ALL}/{northwind}/merger", into="contoso").location == f"{ALL}/{contoso}"
    assert "Northwind" in sam.get(f"{ALL}/{contoso}").text
    sam.post(f"{ALL}/{contoso}/merger/end", alias=northwind)
    assert sam.get(f"{ALL}/{northwind}").status_code == 200


@pytest.mark.parametrize(
    ("where", "typed", "sentence"),
    [
        ("", {"employer": "CONTOSO", "group": "Kept & whole"}, "Another employer has this name"),
        ("", {"employer": "", "group": "Kept & whole"}, "Please fill this in."),
        ("", {"employer": "Kept & whole", "group": "!"}, "letters or digits"),
        ("/domains", {"domain": "Kept & whole"}, "like firm.example"),
        ("/domains", {"domain": "a@firm.example"}, "like firm.example"),
        ("/domains", {"domain": "gmail.com"}, "no employer’s"),
        ("/merger", {"into": "Kept & whole"}, "no other employer of that name"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(sam, northwind, where, typed, sentence):
    employer_id("Contoso")
    answer = sam.post(f"{ALL}/{northwind}{where}", **typed)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "’").replace("'", "’")
    assert 'id="problems"' in answer.text
    assert "Kept & whole" not in typed.values() or "Kept &amp; whole" in answer.text


def test_a_name_that_is_taken_is_refused_on_the_page(sam, northwind):
    answer = sam.post(f"{ALL}/new", employer="NORTHWIND Ltd")
    assert answer.status_code == 422
    assert 'value="NORTHWIND Ltd"' in answer.text


def test_a_change_is_allowed_by_the_members_address(held_clock, sam, ana):
    works_for(ana, "Northwind", "northwind.example")
    works_for(ana, "Contoso")
    assert sam.post(f"{ALL}/changes", address=ana.address).location == ALL
    assert works_for(ana, "Fabrikam")


def test_nobody_with_that_address_is_said_on_the_page(sam):
    answer = sam.post(f"{ALL}/changes", address="nobody@site.example")
    assert answer.status_code == 422
    assert "Nobody signs in with that address" in answer.text


def test_the_member_learns_nothing_of_what_staff_do(app, sam, ana, northwind):
    works_for(ana, "North Wind")
    before = browser(app, ana).get("/settings/employers").text
    sam.post(f"{ALL}/{northwind}", employer="Boreas", group="The Winds")
    sam.post(f"{ALL}/{northwind}/domains", domain="northwind.example")
    after = browser(app, ana).get("/settings/employers").text
    assert "Boreas" not in after
    assert len(before) == len(after)
    assert workplaces.row("North Wind")
