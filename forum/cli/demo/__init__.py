"""The demo community: its texts (`content/`), and how they become accounts, topics and replies."""
