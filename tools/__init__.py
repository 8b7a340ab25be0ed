"""The project's chores: setting up, running, testing. Standard library, unless a file says so."""
