"""Turning a row into a letter. Rows are written with the act that causes them, rendered later."""
