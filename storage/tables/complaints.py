"""Complaints, and what was thought of the service."""
