"""Which files a text may name and who may have one: of circles as stored, of spaces as sealed."""

from forum.files.queries.sealed import (
    Taken,
    TooManyPictures,
    picture_for,
    pictures_in,
    pictures_of_post,
    sizes_of,
    taken,
    with_pictures_inside,
)
from forum.files.queries.stored import (
    Found,
    Named,
    TooManyFiles,
    file_for,
    kept_bytes,
    named_in,
    named_in_topic,
)

__all__ = [
    "Found",
    "Named",
    "Taken",
    "TooManyFiles",
    "TooManyPictures",
    "file_for",
    "kept_bytes",
    "named_in",
    "named_in_topic",
    "picture_for",
    "pictures_in",
    "pictures_of_post",
    "sizes_of",
    "taken",
    "with_pictures_inside",
]
