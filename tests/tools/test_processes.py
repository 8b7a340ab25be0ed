import os
import sys
import time
from pathlib import Path

import pytest

from tools import processes
from tools.processes import Child, answers, stop_all

STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child:
    open(sys.argv[1], "w").write(str(child))
time.sleep(60)
"""


def is_running(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at processes the Linux way")
def test_a_process_that_will_not_stop_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(processes, "GRACE_SECONDS", 0.1)
    note = tmp_path / "pid"
    child = Child("stubborn", [sys.executable, "-c", STUBBORN, note], dict(os.environ))
    while not (note.exists() and note.read_text()):
        time.sleep(0.01)
    stop_all([child])
    assert child.exit_code() is not None
    deadline = time.monotonic() + 5
    while is_running(int(note.read_text())) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(int(note.read_text()))


def test_nobody_at_home_is_no_answer():
    assert not answers("http://127.0.0.1:9/healthz")
