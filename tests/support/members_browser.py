"""A signed-in browser without script that fills forms in and sends them.

ben = browser(app, user)
ben.post("/c/retail/new", title="Why?", body="Words.")
"""

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.models.accounts import User
from tests.support import community


class Browser:
    """Of a guest until somebody signs in with it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str) -> TestResponse:
        return self.client.get(url)

    def post(self, url: str, **fields: str) -> TestResponse:
        """Send a form with the token that the page it stands on would hold."""
        sent = {"csrf_token": community.csrf(self.client), **fields}
        return self.client.post(url, data=sent)


def browser(app: Flask, user: User) -> Browser:
    client = app.test_client()
    community.sign_in(client, user)
    return Browser(client)
