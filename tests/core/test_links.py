"""Links made without the router lead where the router's do."""

import pytest
from flask import Flask, url_for

from forum.core import links

ID, TOKEN = "abcdefghjkmn", "t" * 43


@pytest.mark.parametrize(
    ("made", "endpoint", "values"),
    [
        (links.circle("retail"), "discussions.circle", {"slug": "retail"}),
        (links.topic(ID), "discussions.topic", {"public_id": ID}),
        (links.post(ID), "discussions.permalink", {"public_id": ID}),
        (links.avatar(ID), "avatar", {"seed": ID}),
        (links.confirm(TOKEN), "accounts.confirm", {"token": TOKEN}),
        (links.new_password(TOKEN), "accounts.new_password", {"token": TOKEN}),
        (links.claim(TOKEN), "accounts.claim_link", {"token": TOKEN}),
        (links.vouch(TOKEN), "employments.vouch", {"token": TOKEN}),
        (links.SIGN_IN, "accounts.sign_in", {}),
        (links.JOIN, "accounts.sign_up", {}),
    ],
)
def test_a_link_is_what_the_router_would_make(any_app: Flask, made, endpoint, values):
    with any_app.test_request_context():
        assert made == url_for(endpoint, **values)
