"""Other people's names are asked about; ordinary words with a capital are not."""

import pytest

from forum.spaces.recognise import Kind, check
from tests.spaces.recognise.asking import NOBODY, asked


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("I told Karen from finance.", "Karen"),
        ("Then Chidi Okafor left.", "Chidi Okafor"),
        ("Dr. Müller objected.", "Dr. Müller"),
        ("Frau Schneider war dagegen.", "Frau Schneider"),
        ("My manager Thandeka was silent.", "Thandeka"),
        ("Wang Xiaoming laughed.", "Wang Xiaoming"),
        ("It was Priya's plan.", "Priya"),
        ("Fatima Al-Rashid knew.", "Fatima Al-Rashid"),
        ("Jean-Pierre a tout vu.", "Jean-Pierre"),
        ("I asked Mark about it.", "Mark"),
        ("Then we met Rose and her team.", "Rose"),
        ("Will said no.", "Will"),
        ("According to O'Brien it was fine.", "O'Brien"),
        ("J. Okafor signed.", "J. Okafor"),
        ("Priya R. signed.", "Priya R"),
        ("Mr Smith signed.", "Mr Smith"),
        ("We lost Nkechi that spring.", "Nkechi"),
        ("Ben did nothing.", "Ben"),
        ("María José Fernández dimitió.", "María José Fernández"),
        ("I emailed Xochitl twice.", "Xochitl"),
        ("my boss karen said so", "karen"),
        ("Ask @someone there.", "someone"),
        ("Это решил Дмитрий.", "Дмитрий"),
        ("The union rep, Zsofkana, said little.", "Zsofkana"),
        ("Zsofkana, our only data engineer, was lent away.", "Zsofkana"),
        ("Zsofkana from Claims knew.", "Zsofkana"),
        ("First under Zsofkana, then under nobody.", "Zsofkana"),
        ("I reported to Zsofkana.", "Zsofkana"),
        ("A committee chaired by Zsofkana met.", "Zsofkana"),
        ("Karen and Zsofkana picked up the phones.", "Zsofkana"),
        ("Zsofkana's plan was better.", "Zsofkana"),
        ("Zsofkana refused.", "Zsofkana"),
        ("Der Leiter hieß Zsofkana und hatte recht.", "Zsofkana"),
        ("The mail said: Zsofkana Trewhella.", "Zsofkana Trewhella"),
        ("It was Ji-woo Park.", "Ji-woo Park"),
        ("Tanaka-san bowed.", "Tanaka"),
        ("M. Castaing a refusé.", "M. Castaing"),
        ("I heard mrs ngaire was ill.", "mrs ngaire"),
        ("got a dm from niamh gallagher in product", "niamh gallagher"),
        ("The lead, Zsofkana al-Harthy, wrote.", "Zsofkana al-Harthy"),
        ("Abgesagt hat Friedhelm Rautenberg, zwei Stunden vorher.", "Friedhelm Rautenberg"),
    ],
)
def test_a_name_is_asked_about(said, name):
    assert any(name in words for words in asked(said)), asked(said)


@pytest.mark.parametrize(
    "said",
    [
        "Marketing said it was ready, Finance knew better and Legal asked for time.",
        "In March the steering committee stopped it. May I ask why? Hope is thin.",
        "Nobody asked the users. Management told us nothing. Engineering left early.",
        "Die Geschäftsleitung wollte Ergebnisse, der Betriebsrat wurde nie gefragt.",
        "How We Lost The Customer And What Came After",
        "The Product Owner cried, the Works Council helped, the Innovation Board met on Monday.",
        "Excel, Jira and Power BI were blamed; so were German engineers and Chinese suppliers.",
        "Will this change? Mark my words. Grace period over. Rich reward. Frank talk. Rose-tinted.",
        "He said no. You told us so. In said meeting we sat. So he left. AND WE CAN DO IT.",
        "WE LOST EVERYTHING AND NOBODY SAID SORRY.",
        "I was asked by Operations to talk with Procurement. They told Sales.",
        "Murphy's law held, the Gantt chart lied, a Monte Carlo model agreed with Conway's law.",
        "We used Kubernetes and Terraform; Plan B. Then Figma took over.",
        "Our first choice of pilot site was a block of homes in Leeds, for a bank.",
    ],
)
def test_ordinary_sentences_raise_no_question(said):
    assert asked(said) == []


def test_the_whole_name_is_one_finding():
    assert len(check("Then Chidi Okafor left.", NOBODY)) == 1


def test_a_name_is_offered_gentler_words():
    (finding,) = check("I told Karen.", NOBODY)
    assert (finding.kind, bool(finding.gentler)) == (Kind.PERSON, True)
