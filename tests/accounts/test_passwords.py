import threading
import time
from contextlib import suppress

import pytest
from argon2.exceptions import VerifyMismatchError

from forum.accounts import passwords
from forum.accounts.passwords import WeakPassword, judge

GOOD = "a ferry full of lanterns"


@pytest.fixture
def _cheap(monkeypatch):
    monkeypatch.setattr(passwords, "_in_use", [passwords._Hashing(1, 64)])


class TestRules:
    def test_a_short_sentence_is_good(self, app_context):
        judge(GOOD)

    def test_no_kind_of_character_is_asked_for(self, app_context):
        judge("quiet orange tunnels wander")

    @pytest.mark.parametrize("password", ["", "x", "kj3h-92!aQz"])
    def test_11_characters_are_too_few(self, app_context, password):
        with pytest.raises(WeakPassword, match="at least 12"):
            judge(password)

    def test_12_characters_are_enough(self, app_context):
        judge("kj3h-92!aQzm")

    def test_128_characters_are_taken_and_129_refused(self, app_context):
        long = (GOOD + " and other things ") * 4
        judge(long[:128])
        with pytest.raises(WeakPassword, match="at most 128"):
            judge((long * 2)[:129])

    @pytest.mark.parametrize(
        "password",
        ["password1234", "qwertyuiop12", "aaaaaaaaaaaaaaaa", "123456789012", "cahoots12345"],
    )
    def test_what_a_guesser_tries_first_is_refused(self, app_context, password):
        with pytest.raises(WeakPassword, match="guesser"):
            judge(password)

    @pytest.mark.parametrize(
        "password",
        ["wilhelmina ostrowska", "ostrowskawilhelmina", "Ostrowska-Firm"],
    )
    def test_words_of_ones_own_name_and_address_are_guessed_first(self, app_context, password):
        judge(password)
        with pytest.raises(WeakPassword, match="guesser"):
            judge(password, "Wilhelmina Ostrowska", "w.ostrowska@firm.example")

    @pytest.mark.parametrize(
        "signs", ["4@8({[<3691!|70$5+%2/&#\\", "6%0$5+7%2!1|@43", "13.05.1987", "aA1!", "qwerty"]
    )
    def test_no_password_takes_long_to_judge(self, app_context, signs):
        began = time.process_time()
        with suppress(WeakPassword):
            judge((signs * 30)[:128], "Wilhelmina Ostrowska", "w.ostrowska@firm.example")
        assert time.process_time() - began < 1

    def test_a_password_of_many_signs_is_still_judged_strong(self, app_context):
        judge("4@8({[<3691!|70$")


@pytest.mark.usefixtures("_cheap")
class TestHashing:
    def test_the_right_password_matches(self):
        assert passwords.matches(passwords.digest(GOOD), GOOD)

    def test_another_does_not(self):
        assert not passwords.matches(passwords.digest(GOOD), GOOD + ".")

    def test_two_digests_of_one_password_differ(self):
        assert passwords.digest(GOOD) != passwords.digest(GOOD)

    def test_a_digest_is_argon2id(self):
        assert passwords.digest(GOOD).startswith("$argon2id$")

    def test_where_nothing_is_stored_nothing_matches(self):
        assert not passwords.matches(None, "nobody has this password")
        assert not passwords.matches("", GOOD)

    def test_what_is_no_digest_matches_nothing(self):
        assert not passwords.matches("plain text", GOOD)

    def test_without_an_account_a_hash_is_computed_all_the_same(self, monkeypatch):
        verified = []

        class Hasher:
            def hash(self, password):
                return "$dummy"

            def verify(self, stored, password):
                verified.append(stored)
                raise VerifyMismatchError

        monkeypatch.setattr(passwords._in_use[0], "hasher", Hasher())
        passwords.matches(None, GOOD)
        passwords.matches("$argon2id$x", GOOD)
        assert verified == ["$dummy", "$argon2id$x"]

    def test_a_digest_made_at_another_cost_is_outdated(self):
        old = passwords.digest(GOOD)
        assert not passwords.outdated(old)
        passwords._in_use[0] = passwords._Hashing(2, 64)
        assert passwords.outdated(old)

    def test_never_more_than_two_hashes_are_at_work(self, monkeypatch):
        at_work, most, lock = [0], [0], threading.Lock()

        class Hasher:
            def verify(self, stored, password):
                with lock:
                    at_work[0] += 1
                    most[0] = max(most[0], at_work[0])
                time.sleep(0.01)
                with lock:
                    at_work[0] -= 1

            def hash(self, password):
                self.verify("", password)
                return "x"

        monkeypatch.setattr(passwords._in_use[0], "hasher", Hasher())
        threads = [
            threading.Thread(target=act)
            for act in [
                *[lambda: passwords.digest(GOOD)] * 5,
                *[lambda: passwords.matches("x", GOOD)] * 5,
            ]
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most == [2]


def test_in_production_a_hash_costs_64_mib_and_three_rounds():
    made = passwords._Hashing(passwords.ROUNDS, passwords.MEMORY_KIB).hasher.hash(GOOD)
    assert "m=65536,t=3,p=1" in made
