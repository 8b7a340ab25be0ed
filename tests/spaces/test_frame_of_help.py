"""Pages of help keep the frame for who comes out of one, and their address says no more."""

import pytest

from tests.support import community

PAGES = ["/help-now", "/promise", "/settings/notes"]


@pytest.fixture
def ana(client, app_context):
    ana = community.person("Ana Duarte")
    community.sign_in(client, ana)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_out_of_a_space_they_have_a_quick_way_out_and_no_name(ana, path):
    page = ana.get(f"{path}?quiet=1").text
    assert "data-leave" in page
    assert 'class="dusk"' in page
    assert "Ana Duarte" not in page
    assert 'href="/help-now?quiet=1"' in page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("query", ["", "?quiet=0", "?quiet="])
def test_otherwise_they_look_like_every_page(ana, path, query):
    page = ana.get(path + query).text
    assert "data-leave" not in page
    assert "Ana Duarte" in page


def test_the_choice_that_was_kept_leads_back_into_the_frame(ana):
    sent = {"csrf_token": community.csrf(ana), "notes": []}
    answer = ana.post("/settings/notes?quiet=1", data=sent)
    assert answer.headers["Location"].endswith("/settings/notes?quiet=1")
    assert ana.post("/settings/notes", data=sent).headers["Location"].endswith("/settings")
