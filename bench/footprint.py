"""What processes have used: CPU of a whole family by their clocks, memory of each by proc(5)."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_PARENT, _USED_BY_ENDED = 1, slice(13, 15)
"""Places after the name in /proc/PID/stat: ppid; cutime and cstime."""


def parent_of(pid: int) -> int:
    return int(_stat(pid)[_PARENT])


def family(root: int) -> list[int]:
    """A process with all its living descendants."""
    children = defaultdict(list)
    for pid in (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()):
        try:
            children[parent_of(pid)].append(pid)
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """CPU of these processes, their descendants and the descendants that have ended, so far.

    Of the living to the nanosecond, of the ended in clock ticks of 10 ms.
    """
    used = 0.0
    for root in roots:
        for pid in family(root):
            try:
                ended = sum(map(int, _stat(pid)[_USED_BY_ENDED]))
                used += time.clock_gettime(_cpu_clock(pid)) + ended / _TICKS_A_SECOND
            except OSError:  # it has ended since
                continue
    return used


def _cpu_clock(pid: int) -> int:
    """The id of a process's CPU clock, as clock_getcpuclockid(3) makes it on Linux."""
    return ~pid << 3 | 2


def memory_mb(root: int) -> tuple[float, float]:
    """Memory of a family in MiB, and that of its largest process: proportional set sizes."""
    sizes = [_pss_kb(pid) / 1024 for pid in family(root)]
    return sum(sizes), max(sizes)


def _stat(pid: int) -> list[str]:
    """The fields after the process's name, which may hold blanks and brackets itself."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _pss_kb(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
