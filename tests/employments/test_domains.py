import pytest

from forum.employments import domains


@pytest.mark.parametrize(
    ("address", "organisation"),
    [
        ("ana@northwind.example", "northwind.example"),
        ("ana@mail.northwind.example", "northwind.example"),
        ("ana@uk.northwind.co.uk", "northwind.co.uk"),
        ("ana@northwind.com.au", "northwind.com.au"),
        ("ana@dept.uni.ac.jp", "uni.ac.jp"),
        ("ana@town.bel.tr", "town.bel.tr"),
        ("ana@co.uk", "co.uk"),
        ("ana@NORTHWIND.example", "northwind.example"),
    ],
)
def test_the_organisations_part_of_an_address(address, organisation):
    assert domains.of(address) == organisation


@pytest.mark.parametrize(
    "address",
    [
        *("a@gmail.com", "a@GMAIL.com", "a@yahoo.co.uk", "a@gmx.de", "a@proton.me", "a@qq.com"),
        *("a@icloud.com", "a@mailinator.com", "a@anything.mailinator.com", "a@t-online.de"),
    ],
)
def test_anybody_can_have_an_address_at(address):
    assert domains.is_open_to_all(address)


@pytest.mark.parametrize(
    "address",
    ["a@northwind.example", "a@google.com", "a@microsoft.com", "a@telekom.de"],
)
def test_an_organisation_is_behind(address):
    assert not domains.is_open_to_all(address)


def test_the_list_is_in_lower_case_ascii_and_has_a_dot_in_every_line():
    listed = domains._open()
    assert len(listed) > 500
    assert all(name == name.lower() and "." in name and name.isascii() for name in listed)


@pytest.mark.parametrize("address", ["info@a.example", "hr@a.example", "office+x@a.example"])
def test_several_people_read(address):
    assert domains.is_shared(address)


@pytest.mark.parametrize("address", ["ana@a.example", "information@a.example", "hrvoje@a.example"])
def test_one_person_reads(address):
    assert not domains.is_shared(address)


def test_what_follows_a_plus_is_the_same_mailbox():
    assert domains.mailbox("ana+forum@a.example") == domains.mailbox("ana@a.example")
    assert domains.mailbox("+x@a.example") == "+x@a.example"
