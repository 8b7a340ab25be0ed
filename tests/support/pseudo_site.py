"""The site in languages nobody speaks, as gunicorn loads it: see tests/support/pseudo.py."""

import os

from config import from_environment
from forum import create_app

app = create_app(
    {**from_environment(), "BABEL_TRANSLATION_DIRECTORIES": os.environ["PSEUDO_CATALOGUES"]}
)
