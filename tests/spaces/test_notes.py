"""Content notes are a fixed list; whether one folds is its reader's choice."""

import pytest

from forum.models.accounts import NOTES_CHARS
from forum.policy.viewer import GUEST, Viewer
from forum.spaces.notes import NOTES, NoSuchNote, checked, folds, in_words, known


def test_each_is_kept_once_in_the_lists_order():
    assert checked(["death", "illness", "death"]) == ("illness", "death")
    assert checked([]) == ()


@pytest.mark.parametrize("key", ["", "burnout", "Illness", "illness ", "illness,death"])
def test_what_is_none_is_refused(key):
    with pytest.raises(NoSuchNote):
        checked(["illness", key])


def test_a_stored_one_that_the_list_has_no_longer_is_left_out():
    assert known(["gone", "illness"]) == ("illness",)
    assert in_words(["gone", "illness", "bullying"]) == (
        "Bullying or humiliation · Illness or burn-out"
    )
    assert in_words(["gone"]) == ""


def test_every_note_folds_for_who_has_chosen_nothing():
    assert all(folds(GUEST, [key]) for key in NOTES)


def test_a_text_without_notes_folds_for_nobody():
    assert not folds(GUEST, [])
    assert not folds(GUEST, ["gone"])


def test_one_note_that_they_want_folded_is_enough():
    reader = Viewer(id=1, unfolded_notes=frozenset({"illness"}))
    assert not folds(reader, ["illness"])
    assert folds(reader, ["illness", "death"])


def test_nothing_folds_for_who_wants_nothing_folded():
    assert not folds(Viewer(id=1, unfolded_notes=frozenset(NOTES)), NOTES)


def test_the_choice_of_all_of_them_fits_its_column():
    assert len(",".join(NOTES)) <= NOTES_CHARS
