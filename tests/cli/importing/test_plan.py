from datetime import UTC, datetime

from forum.cli.importing.plan import make_plan, read_entries
from forum.cli.importing.reading.archives import Mbox
from forum.cli.importing.report import Report
from tests.cli.importing.small_mail import NOW, mbox, message


def planned(*messages):
    report = Report()
    entries = list(read_entries(Mbox(mbox(*messages)), NOW, report))
    return make_plan(entries, NOW), report


def test_a_repeated_id_is_read_once_and_reported():
    plan, report = planned(message("One."), message("The same id."))
    assert len(plan.entries) == 1
    assert report.as_text(0, False).count("same Message-ID as an earlier message") == 2


def test_a_message_that_breaks_the_reader_is_skipped_and_the_rest_goes_on(monkeypatch):
    from forum.cli.importing import plan as module

    read = module.read_entry

    def fragile(position, raw, now):
        if b"poison" in raw.data:
            raise RecursionError("too deep")
        return read(position, raw, now)

    monkeypatch.setattr(module, "read_entry", fragile)
    plan, report = planned(message("poison"), message("Fine.", Message_ID="<2@x>"))
    assert len(plan.entries) == 1
    assert "RecursionError: too deep" in report.as_text(0, False)


def test_a_message_that_takes_too_long_is_skipped(monkeypatch):
    from forum.cli.importing import plan as module

    def endless(*_):
        while True:
            pass

    monkeypatch.setattr(module, "MESSAGE_SECONDS", 0.05)
    monkeypatch.setattr(module, "read_entry", endless)
    plan, report = planned(message("Fine."))
    assert not plan.entries
    assert "took too long to read" in report.as_text(0, False)


def test_a_message_without_any_date_gets_one_from_its_neighbours():
    archive = b"".join(
        b"From a@b.example\n" + one + b"\n\n"
        for one in (
            message("One."),
            message("Two.", Date=None, Message_ID="<2@x>"),
            message("Three.", Date="Tue, 06 Mar 2001 08:00:00 +0000", Message_ID="<3@x>"),
        )
    )
    entries = list(read_entries(Mbox(archive), NOW, Report()))
    dates = [entry.sent for entry in make_plan(entries, NOW).entries]
    assert dates[1].at == datetime(2001, 3, 5, 8, 0, 1, tzinfo=UTC)
    assert dates[1].note == "no date: taken from its neighbours"


def test_the_lists_own_tag_is_cut_from_titles():
    plan, _ = planned(
        message(Subject="[Depots] Roof", List_Id="<depots.list.example>"),
        message(Subject="[SOLVED] Door", Message_ID="<2@x>"),
    )
    assert [subject.shown for subject in plan.subjects] == ["Roof", "[SOLVED] Door"]


def test_a_tag_on_every_fifth_message_is_the_lists():
    plan, _ = planned(
        *(message(Subject=f"[quay] Question {n}", Message_ID=f"<{n}@x>") for n in range(6))
    )
    assert plan.subjects[0].shown == "Question 0"
