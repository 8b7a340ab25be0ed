from forum.accounts import addresses


def test_an_imported_address_is_recognised_in_any_spelling_of_case(app):
    assert addresses.claim_digest(" Ana@Firm.org ") == addresses.claim_digest("ana@firm.org")


def test_an_imported_address_is_not_in_its_digest(app):
    assert "ana" not in addresses.claim_digest("ana@firm.org")
