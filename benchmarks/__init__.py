"""Measurements: each prints what it ran and what came of it."""
