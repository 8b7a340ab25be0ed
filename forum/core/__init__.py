"""Ground floor: knows nothing of the forum's tables, of a request, or of the rooms above it."""
