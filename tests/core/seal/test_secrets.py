"""What one secret opens and tells, and that another tells nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.seal import Secret, Unopenable

SECRET, OTHER = Secret(bytes(range(32))), Secret(bytes(range(1, 33)))
HEAD_BYTES, TAG_BYTES, LENGTH_BYTES = 12, 16, 4
ROWS = st.integers(0, 2**63 - 1)
PURPOSES = st.text(st.characters(codec="utf-8"), max_size=20)
TWO_PURPOSES = st.lists(PURPOSES, min_size=2, max_size=2, unique=True)


class TestOpening:
    @given(PURPOSES, ROWS, st.binary(max_size=500), st.integers(1, 300))
    def test_what_was_sealed_opens_as_it_was(self, purpose, row, data, pad_to):
        assert SECRET.open(purpose, row, SECRET.seal(purpose, row, data, pad_to)) == data

    def test_zeros_at_the_end_are_kept(self):
        assert SECRET.open("text", 1, SECRET.seal("text", 1, b"a\0\0\0")) == b"a\0\0\0"

    def test_the_largest_text_of_the_site_opens(self):
        text = "é".encode() * 20_000
        assert SECRET.open("text", 1, SECRET.seal("text", 1, text)) == text


class TestRefusing:
    @given(st.data(), st.binary(max_size=200), st.integers(1, 255))
    def test_any_change_of_any_byte_makes_it_unopenable(self, given_by, data, change):
        sealed = bytearray(SECRET.seal("text", 1, data))
        sealed[given_by.draw(st.integers(0, len(sealed) - 1))] ^= change
        with pytest.raises(Unopenable):
            SECRET.open("text", 1, bytes(sealed))

    @given(st.integers(0, HEAD_BYTES + TAG_BYTES + 63))
    def test_cut_short_it_is_unopenable(self, length):
        with pytest.raises(Unopenable):
            SECRET.open("text", 1, SECRET.seal("text", 1, b"words")[:length])

    @given(st.binary(max_size=200))
    def test_noise_is_unopenable(self, noise):
        with pytest.raises(Unopenable):
            SECRET.open("text", 1, noise)

    @given(st.lists(ROWS, min_size=2, max_size=2, unique=True))
    def test_moved_to_another_row_it_is_unopenable(self, rows):
        with pytest.raises(Unopenable):
            SECRET.open("text", rows[1], SECRET.seal("text", rows[0], b"words"))

    @given(TWO_PURPOSES)
    def test_for_another_purpose_it_is_unopenable(self, purposes):
        with pytest.raises(Unopenable):
            SECRET.open(purposes[1], 1, SECRET.seal(purposes[0], 1, b"words"))

    @given(st.binary(min_size=32, max_size=32).filter(SECRET.raw.__ne__))
    def test_with_another_secret_it_is_unopenable(self, raw):
        with pytest.raises(Unopenable):
            Secret(raw).open("text", 1, SECRET.seal("text", 1, b"words"))

    @given(st.integers(0, 255))
    def test_a_secret_with_one_bit_changed_is_another(self, bit):
        flipped = int.from_bytes(SECRET.raw, "big") ^ (1 << bit)
        with pytest.raises(Unopenable):
            Secret(flipped.to_bytes(32, "big")).open("text", 1, SECRET.seal("text", 1, b"words"))


class TestWhatASealedTextShows:
    @given(st.integers(LENGTH_BYTES + 1, 200), st.integers(0, 10), st.data())
    def test_padding_hides_the_length_within_a_bucket(self, pad_to, bucket, given_by):
        longest = (bucket + 1) * pad_to - LENGTH_BYTES
        lengths = st.integers(max(longest - pad_to + 1, 0), longest)
        one, other = (
            len(SECRET.seal("text", 1, bytes(given_by.draw(lengths)), pad_to)) for _ in range(2)
        )
        assert one == other == HEAD_BYTES + (bucket + 1) * pad_to + TAG_BYTES

    def test_up_to_sixty_bytes_look_like_none(self):
        sizes = {len(SECRET.seal("text", 1, bytes(length))) for length in range(61)}
        assert len(sizes) == 1
        assert len(SECRET.seal("text", 1, bytes(61))) == sizes.pop() + 64

    def test_the_words_are_not_in_it(self):
        assert b"words" not in SECRET.seal("text", 1, b"words" * 50)

    def test_the_same_words_sealed_twice_look_different_throughout(self):
        one, other = (SECRET.seal("text", 1, b"words") for _ in range(2))
        assert one[:HEAD_BYTES] != other[:HEAD_BYTES]
        assert one[HEAD_BYTES:] != other[HEAD_BYTES:]


class TestDigests:
    @given(PURPOSES, st.lists(st.binary(max_size=40), min_size=2, max_size=2))
    def test_a_value_is_recognised_and_no_other_is(self, purpose, values):
        digests = [SECRET.digest(purpose, value) for value in values]
        assert (digests[0] == digests[1]) is (values[0] == values[1])

    @given(TWO_PURPOSES, st.binary(max_size=40))
    def test_digests_of_two_purposes_cannot_be_compared(self, purposes, value):
        assert SECRET.digest(purposes[0], value) != SECRET.digest(purposes[1], value)

    @given(PURPOSES, st.binary(max_size=40))
    def test_another_secret_gives_another_digest(self, purpose, value):
        assert SECRET.digest(purpose, value) != OTHER.digest(purpose, value)

    def test_it_is_hmac_sha_256_under_a_key_of_its_purpose(self):
        # RFC 2104 by hand: both steps HMAC-SHA-256.
        import hashlib
        import hmac

        key = hmac.new(SECRET.raw, b"digest\0seat", hashlib.sha256).digest()
        assert SECRET.digest("seat", b"x") == hmac.new(key, b"x", hashlib.sha256).digest()

    def test_a_digest_is_no_key_that_seals(self):
        """Were the two derived alike, a digest shown for one purpose could open another's texts."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        sealed = SECRET.seal("text", 1, b"words")
        for key in (SECRET.digest("text", b""), SECRET.digest("text", b"text")):
            with pytest.raises(InvalidTag):
                AESGCM(key).decrypt(sealed[:12], sealed[12:], (1).to_bytes(8, "big"))


class TestSecrets:
    def test_new_ones_differ(self):
        assert len({Secret.new().raw for _ in range(100)}) == 100

    def test_a_new_one_has_256_bits(self):
        assert len(Secret.new().raw) == 32

    @pytest.mark.parametrize("length", [0, 16, 31, 33])
    def test_one_of_another_length_is_refused(self, length):
        with pytest.raises(ValueError, match="32 bytes"):
            Secret(bytes(length))

    def test_printing_one_does_not_tell_it(self):
        said = repr(SECRET) + str(SECRET) + f"{[SECRET]}"
        assert said == "Secret()" * 2 + "[Secret()]"
