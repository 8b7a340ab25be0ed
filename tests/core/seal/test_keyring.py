"""What a wrap opens with, and all that it does not open with."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forum.core import seal
from forum.core.seal import Unopenable
from tests.core.seal.conftest import NEW_KEY, OLD_KEY, OTHER_KEY

SECRET = bytes(range(32))
WRAP_BYTES = 8 + 12 + 32 + 16
"""Key name, nonce, secret, tag."""

pytestmark = pytest.mark.usefixtures("_keys")


def wrapped_under(*keys: bytes, secret: bytes = SECRET, context: str = "topic:1") -> bytes:
    """A wrap as a site with these keys makes it; afterwards the test's own keys are back."""
    seal.configure_keys(keys)
    wrapped = seal.wrap(secret, context)
    seal.configure_keys([NEW_KEY, OLD_KEY])
    return wrapped


class TestOpening:
    @given(st.binary(max_size=100), st.text(st.characters(codec="utf-8")))
    def test_what_was_wrapped_opens_in_its_context(self, secret, context):
        assert seal.unwrap(seal.wrap(secret, context), context) == secret

    def test_a_wrap_under_an_old_key_opens_while_both_are_configured(self):
        assert seal.unwrap(wrapped_under(OLD_KEY), "topic:1") == SECRET

    def test_the_newest_key_wraps(self):
        wrapped = wrapped_under(OTHER_KEY, OLD_KEY)
        seal.configure_keys([OTHER_KEY])
        assert seal.unwrap(wrapped, "topic:1") == SECRET

    def test_once_the_old_key_is_gone_its_wraps_are_noise(self):
        wrapped = wrapped_under(OLD_KEY)
        seal.configure_keys([NEW_KEY])
        with pytest.raises(Unopenable):
            seal.unwrap(wrapped, "topic:1")

    def test_a_key_that_was_away_opens_again_when_it_is_back(self):
        wrapped = wrapped_under(OTHER_KEY)
        with pytest.raises(Unopenable):
            seal.unwrap(wrapped, "topic:1")
        seal.configure_keys([NEW_KEY, OTHER_KEY])
        assert seal.unwrap(wrapped, "topic:1") == SECRET


class TestRefusing:
    @given(st.integers(0, WRAP_BYTES - 1), st.integers(1, 255))
    def test_any_change_of_any_byte_makes_it_unopenable(self, place, change):
        wrapped = bytearray(seal.wrap(SECRET, "topic:1"))
        wrapped[place] ^= change
        with pytest.raises(Unopenable):
            seal.unwrap(bytes(wrapped), "topic:1")

    @pytest.mark.parametrize("length", range(WRAP_BYTES))
    def test_a_wrap_cut_short_is_unopenable(self, length):
        with pytest.raises(Unopenable):
            seal.unwrap(seal.wrap(SECRET, "topic:1")[:length], "topic:1")

    @given(st.binary(min_size=1, max_size=40))
    def test_a_wrap_with_more_behind_it_is_unopenable(self, more):
        with pytest.raises(Unopenable):
            seal.unwrap(seal.wrap(SECRET, "topic:1") + more, "topic:1")

    @given(st.binary(max_size=200))
    @example(b"")
    def test_noise_is_unopenable(self, noise):
        with pytest.raises(Unopenable):
            seal.unwrap(noise, "topic:1")

    @pytest.mark.parametrize("context", ["topic:2", "space:1", "topic:11", "topic:", "", "Topic:1"])
    def test_in_another_context_it_is_unopenable(self, context):
        with pytest.raises(Unopenable):
            seal.unwrap(seal.wrap(SECRET, "topic:1"), context)

    def test_naming_another_key_of_the_site_does_not_help(self):
        old, new = wrapped_under(OLD_KEY), wrapped_under(NEW_KEY)
        with pytest.raises(Unopenable):
            seal.unwrap(new[:8] + old[8:], "topic:1")

    def test_without_any_key_nothing_is_opened_and_nothing_wrapped(self):
        wrapped = seal.wrap(SECRET, "topic:1")
        seal.configure_keys([])
        with pytest.raises(Unopenable):
            seal.unwrap(wrapped, "topic:1")
        with pytest.raises(Unopenable):
            seal.wrap(SECRET, "topic:1")

    def test_the_refusal_is_a_sentence_and_tells_nothing_else(self):
        with pytest.raises(Unopenable) as refusal:
            seal.unwrap(b"noise", "topic:1")
        assert refusal.value.status == 503
        assert refusal.value.args == ("Unopenable",)
        assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


class TestWhatAWrapShows:
    def test_its_length_tells_only_the_secrets_length(self):
        assert len(seal.wrap(SECRET, "topic:1")) == WRAP_BYTES
        assert len(seal.wrap(SECRET, "topic:" + "9" * 40)) == WRAP_BYTES

    def test_neither_secret_nor_key_nor_context_is_in_it(self):
        wrapped = seal.wrap(SECRET, "topic:1")
        for part in (SECRET[:6], NEW_KEY[:6], b"topic"):
            assert part not in wrapped

    def test_two_wraps_of_one_secret_differ_behind_the_name(self):
        one, other = (seal.wrap(SECRET, "topic:1") for _ in range(2))
        assert one[:8] == other[:8]
        assert one[8:20] != other[8:20]
        assert one[20:] != other[20:]

    def test_each_key_has_its_name(self):
        names = {wrapped_under(key)[:8] for key in (NEW_KEY, OLD_KEY, OTHER_KEY)}
        assert len(names) == 3


class TestWhichKey:
    def test_the_newest_is_number_nought(self):
        assert seal.key_number(wrapped_under(NEW_KEY)) == 0
        assert seal.wrapped_with_newest(wrapped_under(NEW_KEY))

    def test_older_ones_follow(self):
        assert seal.key_number(wrapped_under(OLD_KEY)) == 1
        assert not seal.wrapped_with_newest(wrapped_under(OLD_KEY))

    @pytest.mark.parametrize("wrapped", [b"", b"noise", wrapped_under.__name__.encode() * 9])
    def test_what_no_key_here_wrapped_has_no_number(self, wrapped):
        assert seal.key_number(wrapped) is None
        assert not seal.wrapped_with_newest(wrapped)

    def test_without_keys_nothing_is_newest_not_even_nothing(self):
        seal.configure_keys([])
        assert not seal.wrapped_with_newest(b"")

    def test_the_same_key_twice_is_one(self):
        seal.configure_keys([NEW_KEY, OLD_KEY, NEW_KEY])
        assert seal.key_count() == 2
        assert seal.wrapped_with_newest(seal.wrap(SECRET, "topic:1"))


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_refused_and_the_old_keys_stay(length):
    with pytest.raises(ValueError, match="32 bytes"):
        seal.configure_keys([OTHER_KEY, bytes(length)])
    assert seal.wrapped_with_newest(wrapped_under(NEW_KEY))
