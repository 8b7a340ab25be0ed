from pathlib import Path

import pytest

from forum.cli.standard_circles import ISIC_SECTIONS, standard_circles
from forum.core.markup import Format, render

CIRCLE = """
[[circle]]
slug = "retail"
name = "Retail"
isic = "G"
purpose = "Shops."
hue = 2
visibility = "open"
rules = ["Their own."]
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "circles.toml"
    file.write_text('shared_rules = ["Shared."]\n' + text, encoding="utf-8")
    return file


def test_there_are_a_dozen_industries_and_some_subjects():
    kinds = [circle.kind for circle in standard_circles()]
    assert kinds.count("industry") >= 12
    assert kinds.count("topic") >= 1


def test_industries_are_mapped_to_sections_of_isic():
    for circle in standard_circles():
        assert (circle.kind == "industry") is (circle.isic is not None)
        assert circle.isic is None or circle.isic in ISIC_SECTIONS


def test_all_of_them_fit_their_columns():
    for circle in standard_circles():
        assert len(circle.slug) <= 40
        assert len(circle.name) <= 60
        assert len(circle.purpose) <= 500
        assert len(circle.rules_markdown) <= 5_000


def test_a_guest_and_a_member_find_something_to_read():
    assert {circle.visibility for circle in standard_circles()} >= {"open", "members"}


def test_shared_rules_come_before_a_circles_own(tmp_path):
    (circle,) = standard_circles(written(tmp_path, CIRCLE))
    assert circle.rules_markdown == "1. Shared.\n2. Their own."


def test_rules_are_a_numbered_list(app_context):
    for circle in standard_circles():
        html = render(circle.rules_markdown, Format.MARKDOWN).html
        assert html.count("<li>") == len(circle.rules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CIRCLE * 2, "twice"),
        (CIRCLE.replace('"open"', '"closed"'), "visibility"),
        (CIRCLE.replace('"G"', '"Z"'), "ISIC"),
        (CIRCLE.replace("hue = 2", "hue = 24"), "hue"),
    ],
)
def test_a_list_that_breaks_its_rules_is_refused(tmp_path, text, said):
    with pytest.raises(ValueError, match=said):
        standard_circles(written(tmp_path, text))
