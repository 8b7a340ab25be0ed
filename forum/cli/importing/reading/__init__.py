"""Reading archives of mail: one file or folder in, messages out; no database, no request."""
