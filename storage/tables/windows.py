"""Planned maintenance and incidents."""
