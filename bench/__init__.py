"""What pages cost, beside the smallest honest signed-in page. `make bench`; see __main__.py."""
