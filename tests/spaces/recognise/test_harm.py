"""The help panel opens for what is said plainly, not for idioms."""

import pytest

from forum.spaces.recognise import speaks_of_self_harm


@pytest.mark.parametrize(
    "said",
    [
        "I want to kill myself.",
        "Some days I don't want to live.",
        "I don’t want to be here anymore",
        "I think of ending my life",
        "I feel suicidal",
        "everyone would be better off without me",
        "thoughts of suicide",
        "I hurt myself again",
        "I wish I was dead",
        "Ich will mich umbringen",
        "Ich möchte nicht mehr leben.",
        "Quiero morirme",
        "Je veux mourir",
        "voglio morire",
        "ik wil dood",
        "quero morrer",
        "chcę umrzeć",
        "ölmek istiyorum",
        "Я хочу умереть",
        "我不想活了",
        "死にたい",
        "أفكر في الانتحار",
        "मैं मरना चाहता हूँ",
        "I WANT TO DIE",
    ],
)
def test_plain_words_are_heard(said):
    assert speaks_of_self_harm(said)


@pytest.mark.parametrize(
    "said",
    [
        "This killed the project.",
        "It was career suicide.",
        "We are killing ourselves over slides.",
        "I was killing myself to hit the deadline.",
        "I nearly died of shame.",
        "The deadline was murder.",
        "I'm dying to know.",
        "We shot the idea down and buried it.",
        "A suicide mission from day one.",
        "I shot myself in the foot.",
        "I wanted to die of embarrassment.",
        "They axed my team.",
        "I cut myself off from the team.",
        "Dead on arrival.",
        "",
        "We want the product to live.",
    ],
)
def test_idioms_are_not(said):
    assert not speaks_of_self_harm(said)
