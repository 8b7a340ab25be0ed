from tests.cli.importing.small_mail import FROM_LINE, bodies, mbox, message


def test_every_message_of_an_mbox_is_found():
    assert bodies(mbox(message("One."), message("Two."))) == [b"One.", b"Two."]


def test_a_line_that_starts_with_from_and_is_prose_stays_in_its_body():
    body = "First.\n\nFrom my side it is fine.\n\nFrom London with love"
    assert bodies(mbox(message(body))) == [body.encode()]


def test_prose_with_a_date_after_from_stays_in_its_body():
    body = "First.\n\nFrom the call on Mon Jan 5 10:00 2009 we know more.\nNobody objected."
    assert bodies(mbox(message(body))) == [body.encode()]


def test_a_separator_in_the_middle_of_a_paragraph_does_not_split():
    body = "As he wrote:\nFrom a@b.example Mon Jan  5 10:00:00 2009\nand so on"
    assert bodies(mbox(message(body))) == [body.encode()]


def test_a_missing_empty_line_is_forgiven_where_headers_follow():
    archive = FROM_LINE + message("One.\n") + FROM_LINE + message("Two.\n")
    assert bodies(archive) == [b"One.", b"Two."]


def test_a_missing_last_newline_costs_nothing():
    assert bodies(mbox(message("One.")) + FROM_LINE + message("Two."))[-1] == b"Two."


def test_windows_line_ends_split_the_same():
    archive = mbox(message("One."), message("Two.")).replace(b"\n", b"\r\n")
    assert bodies(archive) == [b"One.", b"Two."]


def test_dates_with_zones_and_other_orders_separate_too():
    for stamp in (
        b"Tue Jan 08 16:31:16 +0000 2019",
        b"Mon Jan  5 10:00:00 CET 2009",
        b"Mon, 5 Jan 2009 10:00:00 +0100",
        b"Thu Jan  1 00:00:00 1970",
    ):
        line = b"From 1529370381932411812@xxx " + stamp + b"\n"
        assert len(bodies(mbox(message("One.")) + line + message("Two."))) == 2


def test_pipermail_addresses_with_at_separate_when_headers_follow():
    line = b"From ana at firm.example  Mon Mar  5 08:00:00 2001\n"
    assert bodies(line + message("One.\n\n") + line + message("Two.")) == [b"One.", b"Two."]


def test_a_usenet_separator_without_a_date_counts_where_headers_follow():
    archive = b"From -5012345678901234567\n" + message("One.\n\n") + b"From 3914134747797803434\n"
    assert bodies(archive + message("Two.")) == [b"One.", b"Two."]


def test_a_patch_pasted_into_a_body_does_not_split():
    patch = (
        f"Look:\n\nFrom {'a1' * 20} Mon Sep 17 00:00:00 2001\nFrom: Bo <b@c.example>\nDate: x\n\n+1"
    )
    assert bodies(mbox(message(patch))) == [patch.encode()]


def test_a_content_length_that_fits_protects_the_body():
    inner = "Forwarded:\n\n" + FROM_LINE.decode() + "From: x\nDate: y\n\ninner"
    whole = message(inner, Content_Length=str(len(inner)))
    assert bodies(mbox(whole, message("Two."))) == [inner.encode(), b"Two."]


def test_a_content_length_that_lies_is_ignored():
    whole = message("One.", Content_Length="40")
    assert bodies(mbox(whole, message("Two."))) == [b"One.", b"Two."]


def test_garbage_before_the_first_message_is_left_out():
    assert bodies(b"\x00\x01 junk\nmore\n\n" + mbox(message("One."))) == [b"One."]


def test_a_first_message_without_its_from_line_is_kept():
    assert bodies(message("One.\n\n") + mbox(message("Two."))) == [b"One.", b"Two."]
