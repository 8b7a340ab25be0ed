"""The writer's own name is stopped, unless it is plainly a word."""

import pytest

from forum.spaces.recognise import Writer
from tests.spaces.recognise.asking import ANA, called, stopped


@pytest.mark.parametrize(
    "said",
    [
        "I am Ana Lima.",
        "Lima, Ana",
        "Ana",
        "Then Ana, they said, be quiet.",
        "ANA LIMA",
        "ana lima",
        "A. Lima wrote it",
        "Ana L. wrote it",
        "analima",
        "@ana-lima",
        "ana-lima",
        "Best, Ana",
        "Lima's report",
        "Аna Lima",
        "alima82",
        "Thanks\n– ana",
    ],
)
def test_every_way_of_writing_the_own_name_is_stopped(said):
    assert stopped(said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Will Carter", "They said Will should do it."),
        ("Will Carter", "Will said no, that is me."),
        ("Mark Baker", "Mark's fault, they said."),
        ("Grace Young", "I'm Grace and I failed."),
        ("Grace Young", "It was hard.\n\nGrace"),
        ("May Brown", "They asked May to leave."),
        ("William Carter", "So they told Bill to go."),
        ("Jürgen Müller", "Herr Mueller wurde gefragt."),
        ("Chidi Okafor", "Okafor must go, they said."),
        ("王伟", "我叫王伟。"),
        ("Tobias Lind", "They called me Toby."),
        ("Matthias Brandt", "Matze hat es gebaut."),
        ("June Castle", "June told me to wait."),
        ("June Castle", "So they asked June to go."),
        ("Will Harmon", "Will, can you come?"),
        ("Hope Achieng", "Ich bin Hope und neu hier."),
    ],
)
def test_names_that_are_words_or_from_elsewhere_are_stopped_where_they_are_names(name, said):
    assert stopped(said, called(name))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Will Carter", "Will this ever end? It will. Where there is a will there is a way."),
        ("Mark Baker", "Mark my words: we missed the mark."),
        ("Grace Young", "Grace period over, the young ones left with grace."),
        ("May Brown", "In May we restarted. May I ask? On 3 May it rained. You may."),
        ("Hope Green", "Hope is thin, I hope for green lights."),
        ("Bill Long", "The bill was long. Long story short, we paid."),
        ("Ben Carter", "Ben Okafor resigned."),
        ("June Castle", "May, June, July: three months. It is June. The June release slipped."),
        ("Bill Long", "They passed the Bill at last."),
        ("Hope Achieng", "We Lost Hope And Money"),
    ],
)
def test_words_and_namesakes_are_left_alone(name, said):
    assert stopped(said, called(name)) == []


def test_a_handle_that_is_a_word_is_stopped_only_when_marked_as_one():
    writer = Writer(handles=("spark",))
    assert stopped("It lacked the spark.", writer) == []
    assert stopped("Ask @spark about it.", writer)


def test_the_local_part_of_an_own_address_counts_as_a_handle():
    assert stopped("I am alima82 there", ANA) == ["alima82"]
