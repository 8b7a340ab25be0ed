"""format=flowed (RFC 3676): paragraphs that the sender's program broke into lines are put
together again.
"""

from __future__ import annotations

import re

QUOTED = re.compile(r"(>*)( ?)(.*)")


def unflow(text: str, delete_space: bool) -> str:
    """Join soft-broken lines of equal quote depth; a signature line never joins."""
    paragraphs: list[tuple[int, list[str], bool]] = []
    for line in text.split("\n"):
        depth, content = quote_depth(line)
        is_signature = content in {"-- ", "--"}
        flows = content.endswith(" ") and not is_signature
        kept = content[:-1] if flows and delete_space else content
        if paragraphs and paragraphs[-1][2] and paragraphs[-1][0] == depth and not is_signature:
            paragraphs[-1][1].append(kept)
            paragraphs[-1] = (depth, paragraphs[-1][1], flows)
        else:
            paragraphs.append((depth, [kept], flows))
    return "\n".join(written(depth, "".join(pieces)) for depth, pieces, _ in paragraphs)


def quote_depth(line: str) -> tuple[int, str]:
    match = QUOTED.match(line)
    assert match is not None
    return len(match[1]), match[3]


def written(depth: int, content: str) -> str:
    kept = content if content == "-- " else content.rstrip()
    return f"{'>' * depth} {kept}".rstrip() if depth else kept
