from datetime import UTC, datetime, timedelta

from forum.cli.importing.threads import Mail, make_threads

START = datetime(2001, 3, 5, 8, 0, tzinfo=UTC)


def mail(name, *references, subject="", day=None, answers=False):
    """A message called `name`, dated by its place in the alphabet unless `day` says otherwise."""
    at = START + timedelta(days=ord(name[0]) - ord("a") if day is None else day)
    return Mail(name, tuple(references), subject, at, answers)


def drawn(mails, **known):
    """Threads as text: "a(b c(d))" is a with the answers b and c, and d below c."""
    return [tree(mails, thread) for thread in make_threads(mails, **known)]


def tree(mails, thread):
    answers = {}
    for number, parent in thread.members:
        answers.setdefault(parent, []).append(number)

    def draw(number):
        below = " ".join(map(draw, answers.get(number, ())))
        return mails[number].message_id + (f"({below})" if below else "")

    whole = " ".join(map(draw, answers[None]))
    return f"{thread.joins}<{whole}>" if thread.joins else whole


def test_replies_hang_on_what_they_answer():
    assert drawn([mail("a"), mail("b", "a"), mail("c", "a", "b"), mail("d", "a")]) == ["a(b(c) d)"]


def test_the_order_in_the_archive_does_not_matter():
    assert drawn([mail("c", "a", "b"), mail("b", "a"), mail("a")]) == ["a(b(c))"]


def test_a_missing_parent_gives_way_to_the_nearest_known_one():
    assert drawn([mail("a"), mail("c", "a", "lost")]) == ["a(c)"]


def test_what_others_say_of_a_missing_message_is_used():
    assert drawn([mail("a"), mail("c", "lost"), mail("d", "a", "lost")]) == ["a(c d)"]


def test_a_thread_that_lost_its_beginning_starts_with_its_earliest_message():
    assert drawn([mail("b", "lost"), mail("c", "lost"), mail("d", "lost", "c")]) == ["b(c(d))"]


def test_a_message_that_names_nothing_is_placed_by_those_who_name_it():
    assert drawn([mail("a"), mail("b"), mail("c", "a", "b")]) == ["a(b(c))"]


def test_circles_are_broken_at_their_oldest_message():
    assert drawn([mail("a", "b"), mail("b", "a")]) == ["a(b)"]
    assert drawn([mail("a", "c"), mail("b", "a"), mail("c", "b")]) == ["a(b(c))"]
    assert drawn([mail("a", "a")]) == ["a"]


def test_an_answer_dated_before_what_it_answers_stays_below_it():
    assert drawn([mail("a", day=5), mail("b", "a", day=1), mail("c", "b", day=9)]) == ["a(b(c))"]


def test_threads_come_oldest_first_and_answers_by_time():
    assert drawn([mail("d"), mail("a"), mail("c", "a"), mail("b", "a")]) == ["a(b c)", "d"]


def test_answers_without_references_join_the_thread_of_their_subject():
    mails = [mail("a", subject="roof"), mail("b", subject="roof", answers=True)]
    assert drawn(mails) == ["a(b)"]


def test_equal_subjects_alone_join_nothing():
    assert drawn([mail("a", subject="roof"), mail("b", subject="roof")]) == ["a", "b"]


def test_a_subject_is_forgotten_after_ninety_days():
    late = mail("b", subject="roof", answers=True, day=91)
    assert drawn([mail("a", subject="roof"), late]) == ["a", "b"]


def test_a_lively_thread_is_joined_beyond_ninety_days_from_its_start():
    mails = [
        mail("a", subject="roof"),
        mail("b", "a", subject="roof", day=60),
        mail("c", subject="roof", day=120, answers=True),
    ]
    assert drawn(mails) == ["a(b c)"]


def test_an_empty_subject_joins_nothing():
    assert drawn([mail("a"), mail("b", answers=True)]) == ["a", "b"]


def test_orphans_of_one_subject_come_together():
    mails = [mail(name, "lost" + name, subject="roof", answers=True) for name in "abc"]
    assert drawn(mails) == ["a(b c)"]


def test_a_thread_of_an_earlier_run_is_joined():
    mails = [mail("x", "old"), mail("y", "old", "x"), mail("z", "older", "lost")]
    assert drawn(mails, known_ids=["old", "older"]) == ["old<x(y)>", "older<z>"]


def test_a_subject_of_an_earlier_run_is_joined():
    mails = [mail("x", subject="roof", answers=True)]
    assert drawn(mails, known_subjects={"roof": ("old", START)}) == ["old<x>"]


def test_a_chain_of_twenty_thousand_answers_does_not_recurse():
    mails = [mail(f"m{n}", *([f"m{n - 1}"] if n else []), day=n / 100) for n in range(20_000)]
    (thread,) = make_threads(mails)
    assert thread.members[-1] == (19_999, 19_998)


def test_every_message_is_in_exactly_one_thread_below_its_parent():
    mails = [
        mail(f"m{n}", *(f"m{(n * 7 + k * 13) % 500}" for k in range(n % 4)), day=(n * 31) % 97)
        for n in range(500)
    ]
    seen = set()
    for thread in make_threads(mails):
        for number, parent in thread.members:
            assert parent is None or parent in seen
            assert number not in seen
            seen.add(number)
    assert len(seen) == 500
