"""The recognise-me check: what in a draft could tell who wrote it, said before it is posted.

Pure functions over the text, what the writer said of themselves, and public tables bundled in
`data/`. Nothing is asked of the site: an answer that depended on who is a member, or on which
employers are known here, would be an oracle.
"""

from __future__ import annotations

from forum.spaces.recognise.checking import check
from forum.spaces.recognise.findings import Employer, Finding, Kind, Level, Writer
from forum.spaces.recognise.harm import speaks_of_self_harm

__all__ = ["Employer", "Finding", "Kind", "Level", "Writer", "check", "speaks_of_self_harm"]
