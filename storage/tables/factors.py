"""Second factors, and the resets of forgotten secrets."""
