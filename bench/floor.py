"""The floor: the smallest honest page for somebody signed in.

Flask, Flask-Login, one SQLAlchemy query for the user on a database of its own, a constant text. The
text of each path is the HTML of the page it is compared with, so both send, and compress, the same.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask_compress import Compress
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from config import FIXED
from tools.local_site import LocalSite

TEXTS, DATABASE = "FLOOR_TEXTS", "FLOOR_DATABASE"
ENTER = "/enter"


class FloorSite(LocalSite):
    """The floor, served exactly like the forum."""

    application = "bench.floor:create_app()"


class Base(DeclarativeBase):
    pass


class User(UserMixin, Base):  # type: ignore[misc]
    __tablename__ = "floor_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)


def create_app() -> Flask:
    """The floor's application, told by its environment which texts and which database."""
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping({key: FIXED[key] for key in FIXED if key.startswith("COMPRESS_")})
    app.config["SECRET_KEY"] = Path(os.environ["SECRET_KEY_FILE"]).read_text()
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ[DATABASE]
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    texts = {path.stem: path.read_text() for path in Path(os.environ[TEXTS]).iterdir()}
    db.init_app(app)
    _let_people_in(app)
    Compress(app)

    @app.get("/<name>")
    @login_required  # type: ignore[untyped-decorator]
    def page(name: str) -> str:
        return texts[name]

    @app.get("/healthz")
    def health() -> str:
        return "ok"

    return app


def _let_people_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(user_id: str) -> User | None:
        return db.session.get(User, int(user_id))

    @app.get(ENTER)
    def enter() -> str:
        login_user(db.session.execute(select(User)).scalar_one())
        return "in"


def furnish(database: str) -> None:
    """The table and its one user."""
    engine = create_engine(database)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(User(id=1, name="Ada"))
        session.commit()
    engine.dispose()
