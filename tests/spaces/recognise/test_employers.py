"""The writer's own employers are stopped, however they are written."""

import pytest

from forum.spaces.recognise import Employer, Kind, Writer, check
from tests.spaces.recognise.asking import ANA, employed_by, stopped


@pytest.mark.parametrize(
    "written",
    [
        "Northwind",
        "northwind",
        "NORTHWIND",
        "Northwind Traders",
        "Northwind Traders Ltd",
        "North wind",
        "north wind",
        "North-wind",
        "N o r t h w i n d",
        "N.o.r.t.h.w.i.n.d",
        "N0rthwind",
        "Northw1nd",
        "Northw!nd",
        "N*rthwind",
        "Northwnd",
        "Nrthwnd",
        "Nortwhind",
        "Norrthwind",
        "Northwinders",
        "ex-Northwind",
        "#northwindfail",
        "Nоrthwind",
        "Ｎｏｒｔｈｗｉｎｄ",
        "North\u200bwind",
        "Nórthwind",
        "northwind.example",
        "northwind dot example",
        "Blue Harbor",
        "blue harbor",
        "BlueHarbor",
        "Blue Harbour",
        "BHF",
        "NTL",
        "bh-foods.com",
    ],
)
def test_every_spelling_of_an_employer_is_stopped(written):
    assert stopped(f"It all began when {written} lost the contract."), written


@pytest.mark.parametrize(
    "said",
    [
        "Northwind's board met.",
        "I work at Northwind, sadly.",
        "(Northwind)",
        "the Northwinds deal",
        "Bei Northwind war es so.",
        "Northwindille soitettiin.",
        "NORTHWIND'S LAST STAND",
    ],
)
def test_endings_and_marks_around_it_hide_nothing(said):
    assert stopped(said)


@pytest.mark.parametrize(
    ("employer", "said"),
    [
        ("Orange", "We at Orange never learned."),
        ("Orange", "Orange decided to close the site."),
        ("Target", "I worked for target back then."),
        ("Shell", "They moved me to Shell last year."),
        ("SAP", "Life inside SAP is slow."),
        ("General Electric", "The people of General Electric are kind."),
        ("General Electric", "GE wanted growth."),
        ("The Boring Company", "Boring Company meetings were long."),
        ("Marks & Spencer", "Marks and Spencer stopped it."),
        ("Deutsche Bahn AG", "Die DB hat es eingestellt."),
        ("Zürcher Kantonalbank", "Die Zurcher Kantonalbank wollte nicht."),
        ("Société Nouvelle", "At Societe Nouvelle nobody spoke."),
        ("华为", "我在华为工作。"),
        ("Газпром", "Работаю в Газпроме."),
    ],
)
def test_employers_of_all_sorts_are_stopped(employer, said):
    assert stopped(said, employed_by(employer))


@pytest.mark.parametrize(
    ("employer", "said"),
    [
        ("Orange", "The orange light went on and the peel of an orange lay there."),
        ("Target", "Target dates slipped, the target was missed."),
        ("Next", "Next we asked the users. The next day they left."),
        ("Asda", "She was as daring as ever."),
        ("Ikea", "It looked like a good plan."),
        ("Salesforce", "Our sales force was tired."),
        ("Goodyear", "It was a good year for all."),
        ("Information Technologies Ltd", "Then IT came by."),
        ("Leeds Building Society", "The weather in Leeds was grey."),
        ("Northwind Traders", "The traders in the north felt the wind."),
        ("Visa", "My visa ran out."),
        ("Meridian Health Partners", "Our partners in health care were kind."),
    ],
)
def test_ordinary_words_are_not_taken_for_the_employer(employer, said):
    assert stopped(said, employed_by(employer)) == []


def test_the_mail_domain_alone_gives_the_employer_away():
    assert stopped("See kestrel-bio.org for more", employed_by("KB", domains=("kestrel-bio.org",)))


def test_every_employer_of_the_group_is_stopped():
    group = Writer(employers=(Employer(("Kestrel Biologics",)), Employer(("Zephyria Labs",))))
    assert stopped("Kestrel bought Zephyria.", group) == ["Kestrel", "Zephyria"]


def test_an_employer_is_offered_gentler_words():
    (finding,) = check("Northwind failed.", ANA)
    assert finding.kind is Kind.OWN_EMPLOYER
    assert finding.gentler is not None


def test_an_employer_nobody_told_of_is_not_stopped():
    assert stopped("Northwind failed.", Writer()) == []


@pytest.mark.parametrize(
    ("employer", "said"),
    [
        ("Unity Bank", "There was great unity in every meeting."),
        ("Harbour Freight Lines", "It is in the harbour now, so to speak."),
        ("Apple Orchard Foods", "We walked through an apple orchard."),
        ("Kestrel Aerospace", "We saw a kestrel above the plant."),
        ("Target Group", "We missed the target group for the product."),
        ("Target", "Our Target Operating Model took a year."),
        ("Next", "We listed our Next Steps on a slide."),
        ("Innovate Digital Services", "We innovate, therefore we have a portal."),
        ("Novo Verde Cosméticos", "Um processo novo e verde."),
        ("Crédit Atlantique", "Le vent atlantique nous manquait."),
    ],
)
def test_everyday_words_of_an_employers_name_are_left_alone(employer, said):
    assert stopped(said, employed_by(employer)) == []


def test_a_domain_that_runs_everyday_words_together_makes_them_no_name():
    employer = employed_by("Target Group", domains=("targetgroup.example",))
    assert stopped("We missed the target group.", employer) == []
    assert stopped("See targetgroup for more.", employer) == ["targetgroup"]


@pytest.mark.parametrize(
    ("employer", "said"),
    [
        ("Unity Bank", "They sold Unity to nobody."),
        ("First Choice Homes", "First Choice put me on the board."),
        ("Harbour Freight Lines", "People at harbour, they say, are slow."),
        ("Crédit Atlantique", "In credit atlantique we say so."),
        ("Kestrel Aerospace", "So kestrel aerospace wanted more."),
        ("Volkswagen", "Wir bei VW haben Prozesse."),
        ("Consolidated Power & Light", "CP&L filed it."),
        ("Siemens Healthineers", "My Healthineers badge was gone."),
        ("Ford", "At Fordd we tried."),
        ("Shell", "I left Shel that spring."),
    ],
)
def test_short_and_partial_names_are_stopped_where_they_are_names(employer, said):
    assert stopped(said, employed_by(employer))


def test_a_mail_domain_of_two_letters_is_known_in_capitals():
    employer = employed_by("Volkswerk", domains=("vk.example",))
    assert stopped("Everyone at VK knew.", employer) == ["VK"]


@pytest.mark.parametrize("around", ["{}.", "({}), we", "{}...", "{}!", "“{}”"])
def test_what_stands_around_an_address_is_not_part_of_it(around):
    address = "ana.lima@northwind.example"
    assert stopped(f"Write to {around.format(address)}") == [address]
