"""What happens to files: those of circles are kept in the storage, those of spaces sealed."""

from forum.files.actions.keeping import (
    Kept,
    NoRoom,
    NotKept,
    carry,
    carry_instead,
    erase,
    keep,
    let_go,
    let_go_of_all,
    sweep,
)
from forum.files.actions.sealing import (
    PictureGone,
    PicturesOnly,
    carry_sealed,
    carry_sealed_instead,
    forget_waiting,
    keep_sealed,
)

__all__ = [
    "Kept",
    "NoRoom",
    "NotKept",
    "PictureGone",
    "PicturesOnly",
    "carry",
    "carry_instead",
    "carry_sealed",
    "carry_sealed_instead",
    "erase",
    "forget_waiting",
    "keep",
    "keep_sealed",
    "let_go",
    "let_go_of_all",
    "sweep",
]
