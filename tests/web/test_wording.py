"""Words, times and numbers of templates."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask, g, render_template_string
from flask_babel import format_datetime

from forum.core.db import hush
from forum.policy.viewer import GUEST, Viewer
from forum.web.wording import Wording, isodate

MORNING = datetime(2026, 11, 4, 9, 5, 7, tzinfo=UTC)


@pytest.fixture
def wording(app: Flask) -> Wording:
    return Wording(["en"])


def test_a_time_reads_as_babel_writes_it(app: Flask, wording: Wording) -> None:
    with app.test_request_context():
        expected = format_datetime(MORNING, "d MMM yyyy, HH:mm")
    assert wording.datetime(MORNING) == expected == "4 Nov 2026, 09:05"


def test_a_time_of_another_zone_is_shown_in_ours(wording: Wording) -> None:
    there = MORNING.astimezone(timezone(timedelta(hours=5)))
    assert wording.datetime(there) == "4 Nov 2026, 09:05"
    assert isodate(there) == "2026-11-04T09:05:07Z"


def test_each_language_has_its_own_days(app: Flask) -> None:
    said = []
    for language in ("de", "en"):
        with app.test_request_context():
            said.append(Wording([language]).day(MORNING.date()))
    assert said == ["4 Nov. 2026", "4 Nov 2026"]


def test_a_large_number_is_grouped(wording: Wording) -> None:
    assert wording.number(12_345) == "12,345"


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ _('Skip to the text') }}", "Skip to the text"),
        ("{{ _('100 %% sure') }}", "100 % sure"),
        ("{{ _('by <b>%(name)s</b>', name='<i>') }}", "by <b>&lt;i&gt;</b>"),
        ("{% trans name='<i>' %}by <b>{{ name }}</b>{% endtrans %}", "by <b>&lt;i&gt;</b>"),
        ("{{ ngettext('%(num)s reply', '%(num)s replies', 1) }}", "1 reply"),
        ("{{ ngettext('%(count)s reply', '%(count)s replies', 2, count='2') }}", "2 replies"),
    ],
)
def test_a_sentence_is_kept_whole_and_its_values_are_escaped(
    app: Flask, template: str, page: str
) -> None:
    for _again in range(2):
        with app.test_request_context():
            assert render_template_string(template) == page


class TestTheReadersCity:
    @pytest.fixture
    def said(self, app: Flask):
        def read(viewer: Viewer, *, in_space: bool = False) -> str:
            with app.test_request_context():
                g.viewer = viewer
                if in_space:
                    hush()
                return Wording(["en"]).datetime(MORNING)

        return read

    def test_gives_the_hour(self, said) -> None:
        assert said(Viewer(id=1, time_zone="Asia/Kolkata")) == "4 Nov 2026, 14:35"

    def test_of_each_place(self, said) -> None:
        assert said(Viewer(id=1, time_zone="Pacific/Auckland")) == "4 Nov 2026, 22:05"
        assert said(Viewer(id=1, time_zone="America/Los_Angeles")) == "4 Nov 2026, 01:05"

    def test_is_not_told_to_guests_nor_in_private_spaces(self, said) -> None:
        assert said(GUEST) == "4 Nov 2026, 09:05"
        there = Viewer(id=1, time_zone="Asia/Kolkata")
        assert said(there, in_space=True) == "4 Nov 2026, 09:05"
