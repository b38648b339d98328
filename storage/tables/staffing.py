"""Grants by two admins, officials, substitutes, requests about own data."""
