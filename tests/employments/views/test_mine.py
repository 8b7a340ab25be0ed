import re

import pytest

from forum.employments import queries
from tests.support import community, workplaces
from tests.support.community import viewer
from tests.support.members_browser import Browser, browser
from tests.support.workplaces import works_for

LIST = "/settings/employers"
TOKENS = re.compile(r'name="csrf_token"[^>]*value="[^"]*')
NORTHWIND = {"employer": "Northwind", "tie": "works_for", "time": "now"}


@pytest.fixture
def anas(app, ana) -> Browser:
    return browser(app, ana)


@pytest.fixture
def bens(app, ben) -> Browser:
    return browser(app, ben)


class TestTheList:
    def test_the_settings_lead_there(self, anas):
        assert f'href="{LIST}"' in anas.get("/settings").text

    def test_an_empty_one_says_what_to_do(self, anas):
        assert "Nobody yet" in anas.get(LIST).text

    def test_what_one_told_is_on_it(self, anas, ana):
        works_for(ana, "Northwind <b>", "northwind.example")
        page = anas.get(LIST).text
        assert "Northwind &lt;b&gt;" in page
        assert "verified, northwind.example" in page

    def test_what_others_told_is_not(self, anas, ben):
        works_for(ben, "Contoso")
        assert "Contoso" not in anas.get(LIST).text

    def test_when_a_change_must_wait_it_says_until_when(self, held_clock, anas, ana):
        works_for(ana, "Northwind", "northwind.example")
        assert "31 May 2026" not in anas.get(LIST).text
        works_for(ana, "Contoso")
        assert "31 May 2026" in anas.get(LIST).text


class TestTelling:
    def test_it_leads_back_to_the_list(self, anas, ana):
        assert anas.post(f"{LIST}/new", **NORTHWIND).location == LIST
        assert [one.name for one in queries.employments(viewer(ana))] == ["Northwind"]

    def test_a_known_employer_is_answered_like_an_unknown_one(self, anas, ben):
        works_for(ben, "Northwind")
        pages = []
        for name in ("Northwind", "Southwind"):
            anas.post(f"{LIST}/new", **NORTHWIND | {"employer": "Before"})
            answer = anas.post(f"{LIST}/new", **NORTHWIND | {"employer": name})
            pages.append((answer.status, answer.location, sorted(answer.headers.keys())))
        assert pages[0] == pages[1]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"employer": ""}, "Please fill this in."),
            ({"employer": "!!!"}, "letters or digits"),
            ({"employer": "x" * 121}, "at most 120 characters"),
            ({"tie": "owns"}, "Not a valid choice"),
            ({"time": "past"}, "Say in which month it ended"),
            ({"time": "past", "ended": "spring"}, "Write a year and a month"),
            ({"time": "past", "ended": "2025-13"}, "Write a year and a month"),
            ({"time": "past", "ended": "2026-04"}, "still to come"),
            ({"began": "2026-04"}, "still to come"),
            ({"time": "past", "began": "2025-05", "ended": "2025-04"}, "before it began"),
        ],
    )
    def test_a_mistake_is_named_and_what_was_typed_is_kept(
        self, held_clock, anas, ana, wrong, sentence
    ):
        typed = NORTHWIND | {"employer": "Kept & whole"} | wrong
        answer = anas.post(f"{LIST}/new", **typed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'id="problems"' in answer.text
        assert "employer" in wrong or "Kept &amp; whole" in answer.text
        assert queries.employments(viewer(ana)) == []

    @pytest.mark.parametrize(
        ("ended", "until"), [("2025-02", "2025-02-28"), ("2026-03", "2026-03-02")]
    )
    def test_a_past_one_lasted_to_the_end_of_its_month(self, held_clock, anas, ana, ended, until):
        anas.post(f"{LIST}/new", **NORTHWIND | {"time": "past", "ended": ended})
        (one,) = queries.employments(viewer(ana))
        assert str(one.ended_on) == until

    def test_a_last_month_does_not_count_while_it_goes_on(self, held_clock, anas, ana):
        anas.post(f"{LIST}/new", **NORTHWIND | {"ended": "2025-02"})
        (one,) = queries.employments(viewer(ana))
        assert one.is_current

    def test_a_change_too_soon_says_until_when_and_whom_to_ask(self, held_clock, anas, ana):
        works_for(ana, "Northwind", "northwind.example")
        works_for(ana, "Contoso")
        answer = anas.post(f"{LIST}/new", **NORTHWIND | {"employer": "Fabrikam"})
        assert answer.status_code == 422
        assert "2026-05-31" in answer.text
        assert "write to the staff" in answer.text
        assert 'value="Fabrikam"' in answer.text


class TestEndingAndTakingBack:
    @pytest.mark.parametrize("act", ["end", "removal"])
    def test_it_leads_back_to_the_list(self, anas, ana, act):
        told = works_for(ana, "Northwind")
        assert anas.post(f"{LIST}/{told}/{act}").location == LIST

    @pytest.mark.parametrize("act", ["end", "removal"])
    def test_somebody_elses_is_as_absent_as_none(self, bens, ana, act):
        told = works_for(ana, "Northwind")
        answers = [bens.post(f"{LIST}/{it}/{act}") for it in (told, "zzzzzzzzzzzz")]
        assert [answer.status_code for answer in answers] == [404, 404]

    def test_what_can_no_longer_be_taken_back_says_why(self, anas, ana):
        told = works_for(ana, "Northwind", "northwind.example")
        assert f"{LIST}/{told}/removal" not in anas.get(LIST).text
        answer = anas.post(f"{LIST}/{told}/removal")
        assert answer.status_code == 409
        assert "End it instead" in answer.text


class TestVerifying:
    @pytest.fixture
    def told(self, ana) -> str:
        return works_for(ana, "Northwind")

    def test_the_page_warns_that_the_mail_system_will_see_it(self, anas, told):
        assert "mail system will see" in anas.get(f"{LIST}/{told}/address").text

    def test_asking_leads_to_the_page_for_the_code(self, anas, told):
        answer = anas.post(f"{LIST}/{told}/address", address="ana@northwind.example")
        assert answer.location == f"{LIST}/{told}/code"

    def test_that_page_does_not_know_the_address(self, anas, told):
        anas.post(f"{LIST}/{told}/address", address="ana@northwind.example")
        answer = anas.get(f"{LIST}/{told}/code")
        assert "northwind.example" not in answer.text
        with anas.client.session_transaction() as session:
            assert "northwind.example" not in str(dict(session))

    def test_the_code_verifies(self, anas, ana, told):
        code = workplaces.ask(ana, told, "ana@northwind.example")
        assert anas.post(f"{LIST}/{told}/code", code=code).location == LIST
        assert "verified, northwind.example" in anas.get(LIST).text

    @pytest.mark.parametrize("address", ["ana@gmail.com", "info@firm.example", "nonsense", ""])
    def test_an_address_that_will_not_do_is_refused_on_the_page(self, anas, told, address):
        answer = anas.post(f"{LIST}/{told}/address", address=address)
        assert answer.status_code == 422
        assert f'value="{address}"' in answer.text
        assert 'id="problems"' in answer.text

    def test_a_wrong_code_is_refused_on_the_page(self, anas, ana, told):
        workplaces.ask(ana, told, "ana@northwind.example")
        answer = anas.post(f"{LIST}/{told}/code", code="not it")
        assert answer.status_code == 422
        assert 'value="not it"' in answer.text

    def test_too_many_tries_are_refused_with_the_time(self, held_clock, anas, ana, told):
        workplaces.ask(ana, told, "ana@northwind.example")
        for _try in range(10):
            anas.post(f"{LIST}/{told}/code", code="12")
        answer = anas.post(f"{LIST}/{told}/code", code="12")
        assert answer.status_code == 429
        assert "10:00" in answer.text

    @pytest.mark.parametrize("page", ["address", "code"])
    def test_somebody_elses_is_as_absent_as_none(self, bens, told, page):
        for it in (told, "zzzzzzzzzzzz"):
            assert bens.get(f"{LIST}/{it}/{page}").status_code == 404
            assert bens.post(f"{LIST}/{it}/{page}").status_code == 404


class TestVouching:
    @pytest.fixture
    def gils(self, app, retail) -> Browser:
        gil = community.person("Gil")
        community.join(gil, retail)
        works_for(gil, "Gil's Studio")
        return browser(app, gil)

    @pytest.fixture
    def link(self, gils) -> str:
        assert gils.post(f"{LIST}/vouches/retail").location == f"{LIST}#vouches"
        page = gils.get(LIST).text
        return "/vouch/" + page.split("/vouch/")[1][:43]

    @pytest.fixture
    def verified(self, ana, retail) -> None:
        community.join(ana, retail)
        works_for(ana, "Northwind", "northwind.example")

    def test_the_link_shows_who_asks_and_for_which_circle(self, anas, verified, link):
        page = anas.get(link).text
        assert "Gil" in page
        assert "Retail" in page
        assert "Studio" not in page

    def test_opening_it_is_not_vouching(self, anas, verified, link, gils):
        anas.get(link)
        assert "0 of 2" in gils.get(LIST).text

    def test_confirming_counts(self, anas, verified, link, gils):
        assert anas.post(link).location == "/"
        assert "1 of 2" in gils.get(LIST).text

    def test_who_vouched_is_not_shown(self, anas, verified, link, gils):
        anas.post(link)
        assert "Ana" not in gils.get(LIST).text

    def test_a_colleague_gets_the_answer_to_a_link_nobody_has(self, anas, verified, link, gils):
        works_for(community.account("gil@site.example"), "Northwind")
        theirs, nobodys = anas.get(link), anas.get(f"/vouch/{'z' * 43}")
        assert theirs.status_code == nobodys.status_code == 410
        assert TOKENS.sub("", theirs.text) == TOKENS.sub("", nobodys.text)
        assert "Gil" not in theirs.text

    def test_so_does_an_unverified_member(self, bens, ben, retail, link):
        community.join(ben, retail)
        assert bens.get(link).status_code == 410
        assert bens.post(link).status_code == 410
        assert "Gil" not in bens.get(link).text

    def test_whoever_is_verified_already_is_told_so(self, anas, verified):
        page = anas.get(LIST).text
        assert "need nobody’s word" in page
        assert f"{LIST}/vouches/retail" not in page

    def test_without_an_employer_there_is_no_link_to_make(self, anas, ana, retail):
        community.join(ana, retail)
        assert f"{LIST}/vouches/retail" not in anas.get(LIST).text
        answer = anas.post(f"{LIST}/vouches/retail")
        assert answer.status_code == 409
        assert "Say first where you work" in answer.text
