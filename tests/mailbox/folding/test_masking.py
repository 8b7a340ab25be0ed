import pytest

from forum.mailbox.folding.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to ana.lind+x@firm.co.example.", "Write to name@…."),
        ("<ana@firm.example>", "<name@…>"),
        ("Ana [mailto:ana@firm.example] said", "Ana said"),
        ("ana@firm.example<mailto:ana@firm.example>", "name@…"),
        ("ana (at) firm (dot) example", "name@…"),
        ("ana [at] firm.example", "name@…"),
        ("ana@größe.example", "name@…"),
        ("https://x.example/?to=ana@firm.example", "https://x.example/?name@…"),
        ("Look at example.com now", "Look at example.com now"),
        ("x <- fit@slot", "x <- fit@slot"),
        ("meet @ noon", "meet @ noon"),
        ("On Monday, ana at firm.com wrote:", "On Monday, name@… wrote:"),
        ("> reach me at ana at firm.com", "> reach me at name@…"),
        ("> Tel: +1 555 010 0199", "> …"),
        ("> +44 20 7946 0018", "> …"),
        ("> 2009 2010 2011 2012", "> 2009 2010 2011 2012"),
        ("Call +1 555 010 0199", "Call +1 555 010 0199"),
    ],
)
def test_addresses_are_masked_and_words_are_not(text, masked):
    assert mask(text) == masked
