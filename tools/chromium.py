"""How we start Chromium: headless, and silent towards the world."""

FLAGS = [
    "--headless",
    "--no-sandbox",  # a test only opens pages of our own; as root there is no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
