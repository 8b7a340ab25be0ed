from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core import avatar

SEEDS = st.text(max_size=40)


@settings(max_examples=50)
@given(SEEDS)
def test_a_face_is_always_the_same(seed):
    assert avatar.svg(seed) == avatar.svg(seed)


@settings(max_examples=50)
@given(SEEDS)
def test_a_face_is_a_small_drawing_of_plain_shapes(seed):
    drawn = avatar.svg(seed)
    tree = ElementTree.fromstring(drawn)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert len(drawn.encode()) <= 1_000
    assert tags == {"svg", "path"}
    assert "".join(tree.itertext()).strip() == ""


def test_the_seed_is_not_in_the_drawing():
    assert "qqzqqz" not in avatar.svg("qqzqqz")


def test_people_look_different():
    assert len({avatar.svg(f"person {n}") for n in range(200)}) > 190


def test_broken_unicode_has_a_face_too():
    assert avatar.svg("\ud800").startswith("<svg")
