"""Private spaces: where a failure can be told by somebody whom nobody can recognise."""
