"""What every template can use: filters, the viewer, the site, and the address of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, request
from flask_babel import format_date, format_datetime, format_decimal

from forum.web import arrival
from forum.web.assets import assets


@dataclass(frozen=True)
class Site:
    name: str
    url: str
    is_development: bool


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(datetime=_datetime, isodate=_isodate, number=_number, day=_day)
    env.globals["asset"] = lambda name: assets().url(name)
    env.globals["site"] = Site(
        app.config["SITE_NAME"], app.config["SITE_URL"], bool(app.config.get("DEVELOPMENT"))
    )
    app.context_processor(_about_this_request)


def _about_this_request() -> dict[str, Any]:
    viewer = arrival.viewer()
    return {
        "viewer": viewer,
        "nav_circles": viewer.circles,
        "current_endpoint": request.endpoint or "",
    }


def _datetime(moment: datetime, form: str = "d MMM yyyy, HH:mm") -> str:
    return str(format_datetime(moment, form))


def _isodate(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(day: date) -> str:
    return str(format_date(day, "d MMM yyyy"))


def _number(value: float) -> str:
    return str(format_decimal(value))
