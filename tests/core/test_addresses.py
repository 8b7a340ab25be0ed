import pytest

from forum.core.addresses import BadAddress, normal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ana@firm.org", "ana@firm.org"),
        ("  ana@firm.org ", "ana@firm.org"),
        ("Ana.Lima@Firm.ORG", "ana.lima@firm.org"),
        ("ana+forum@firm.org", "ana+forum@firm.org"),
        ("ana@bücher.de", "ana@xn--bcher-kva.de"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert normal(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "ana", "@firm.org", "ana@", "ana@@firm.org", "ana@firm", "a b@firm.org"),
        *("ana@firm.org, ben@firm.org", "Ana <ana@firm.org>", "ana@firm.org\r\nBcc: x@y.org"),
        *("ana@[192.0.2.1]", "ana@-firm.org", "ana@firm..org"),
        *("ana@" + "a" * 300 + ".org", "ana\x00@firm.org", "ana@localhost"),
    ],
)
def test_anything_else_is_no_address(typed):
    with pytest.raises(BadAddress):
        normal(typed)


def test_test_domains_pass_only_where_they_are_asked_for():
    assert normal("ana@firm.test", test_domains=True) == "ana@firm.test"
    with pytest.raises(BadAddress):
        normal("ana@firm.test")
