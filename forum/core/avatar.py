"""Faces for people without a picture: a small drawing that is always the same for the same seed."""

from hashlib import blake2b

# Ground, large shape, small shape: twelve trios picked by eye,
# pale enough to sit beside text on paper and at night.
PALETTES = (
    ("#e7d8c9", "#b8503a", "#3a4d66"),
    ("#d5e0d6", "#39695a", "#d99b3d"),
    ("#dcdcea", "#4d5596", "#d4695c"),
    ("#efdcc3", "#c9822b", "#50405f"),
    ("#d3e1e6", "#2f6f86", "#e0a458"),
    ("#ead6da", "#96405c", "#406b6b"),
    ("#e0e2cd", "#6c7a35", "#914a38"),
    ("#d9d3e3", "#6a4c8a", "#c99a3a"),
    ("#e4ddd0", "#4a4a52", "#c5603f"),
    ("#cfe0dc", "#1f6a68", "#9c4b6c"),
    ("#f0dad0", "#c8674b", "#2f5a73"),
    ("#d8dfec", "#3b5c9a", "#8a9a3e"),
)

# Each shape fills one 20 × 20 tile; turning it by quarters gives four of each.
SHAPES = (
    "M0 0h20a20 20 0 0 1-20 20z",
    "M0 0a10 10 0 0 0 20 0z",
    "M0 0h20v20z",
    "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
    "M0 20a20 20 0 0 1 20-20v10a10 10 0 0 0-10 10z",
)

NOBODY = "nobody"
"""The seed of whose account was closed: no drawing of their own. No public id is spelt so."""
_GREY = ("#e2e2e2", "#8b8b90")


def svg(seed: str) -> str:
    """Return a 40 × 40 drawing for `seed`: four plain shapes, under 1 kB, the seed not in it."""
    if seed == NOBODY:
        return _nobody()
    text = seed.encode("utf-8", "surrogatepass")
    die = blake2b(text, digest_size=16, person=b"avatar").digest()
    ground, *colours = PALETTES[die[0] % len(PALETTES)]
    tiles = "".join(_tile(place, die[1 + place], die[5 + place], colours) for place in range(4))
    return _drawing(ground, tiles)


def _nobody() -> str:
    ground, grey = _GREY
    head = f'<path fill="{grey}" d="M20 8a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM4 40a16 14 0 0 1 32 0z"/>'
    return _drawing(ground, head)


def _drawing(ground: str, shapes: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">'
        f'<path fill="{ground}" d="M0 0h40v40H0z"/>{shapes}</svg>'
    )


def _tile(place: int, shape: int, turn: int, colours: list[str]) -> str:
    """Draw one quarter of the picture: place 0 to 3, reading order."""
    x, y = place % 2 * 20, place // 2 * 20
    colour = colours[0] if turn & 12 else colours[1]  # the second colour once in four
    return (
        f'<path fill="{colour}" transform="translate({x} {y}) rotate({turn % 4 * 90} 10 10)"'
        f' d="{SHAPES[shape % len(SHAPES)]}"/>'
    )
