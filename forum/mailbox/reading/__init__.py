"""Reading mail: bytes in, plain values out; no database, no request, no forum imports."""
