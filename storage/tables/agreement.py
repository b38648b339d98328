"""The agreement by version, and who accepted which."""
