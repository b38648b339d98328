"""Notices, their audiences, and what became of each copy."""
