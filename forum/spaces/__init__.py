"""Private spaces: who is let in, what a draft gives away, how topics end."""
