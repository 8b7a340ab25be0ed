import gzip
import os
import threading

import pytest

from forum.cli.importing.reading import archives
from forum.cli.importing.reading.archives import NotAnArchive, open_archive
from tests.cli.importing.small_mail import bodies, mbox, message, raw, written


def texts(path):
    with open_archive(path) as archive:
        return [
            archive.read(position).data.partition(b"\n\n")[2].strip()
            for position in archive.positions()
        ]


def test_a_file_is_read_message_by_message(tmp_path):
    assert texts(written(tmp_path / "a.mbox", message("One."), message("Two."))) == [
        b"One.",
        b"Two.",
    ]


def test_a_packed_file_is_unpacked(tmp_path):
    path = tmp_path / "a.mbox.gz"
    path.write_bytes(gzip.compress(mbox(message("One."))))
    assert texts(path) == [b"One."]


def test_a_packed_file_cut_short_gives_its_whole_messages(tmp_path):
    long = [message(os.urandom(40_000).hex()) for _ in range(30)]
    packed = gzip.compress(mbox(message("One."), *long))
    path = tmp_path / "a.mbox.gz"
    path.write_bytes(packed[: len(packed) // 2])
    assert texts(path)[0] == b"One."


def test_a_file_with_the_line_ends_of_an_old_mac_is_read(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(mbox(message("One."), message("Two.")).replace(b"\n", b"\r"))
    assert texts(path) == [b"One.", b"Two."]


def test_a_pipe_is_read(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    feeder = threading.Thread(target=path.write_bytes, args=(mbox(message("One.")),))
    feeder.start()
    assert texts(path) == [b"One."]
    feeder.join()


def test_a_maildir_is_read_in_the_order_of_delivery(tmp_path):
    for part in ("cur", "new", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1000000002.M1.host").write_bytes(message("Two."))
    (tmp_path / "cur" / "1000000001.M1.host:2,S").write_bytes(message("One."))
    assert texts(tmp_path) == [b"One.", b"Two."]


@pytest.mark.parametrize("content", [b"", b"A letter to nobody.\n", b"\x89PNG\r\n\x1a\n" * 50])
def test_what_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NotAnArchive):
        texts(path)


def test_a_folder_that_is_no_maildir_is_refused(tmp_path):
    with pytest.raises(NotAnArchive):
        texts(tmp_path)


def test_a_message_over_the_limit_is_read_from_its_beginning(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MESSAGE_BYTES", 1_000)
    with open_archive(written(tmp_path / "a.mbox", message("x" * 5_000))) as archive:
        found = archive.read(next(archive.positions()))
    assert found.cut
    assert len(found.data) < 1_000


def test_an_escaped_from_line_is_put_right():
    assert bodies(mbox(message("So:\n\n>From here on it works."))) == [
        b"So:\n\nFrom here on it works."
    ]


def test_an_escaped_quote_of_a_from_line_keeps_its_quote_mark():
    assert bodies(mbox(message(">quoted\n>>From here\n>on"))) == [b">quoted\n>From here\n>on"]


def test_a_quoted_from_line_that_nobody_escaped_stays_a_quote():
    assert bodies(mbox(message(">quoted\n>From here\n>on"))) == [b">quoted\n>From here\n>on"]


def test_an_escaped_line_right_below_a_spaced_quote_is_put_right():
    assert bodies(mbox(message("> quoted\n>From here on mine"))) == [b"> quoted\nFrom here on mine"]


def test_line_ends_become_line_feeds():
    assert raw(b"A: b\r\n\r\nx\r\r\ny\r\n").data == b"A: b\n\nx\ny\n"
