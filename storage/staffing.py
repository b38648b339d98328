"""Grants by two admins, officials, substitutes, requests about own data."""

from storage.transaction import Transaction


class Staffing:
    """Grants by two admins, officials, substitutes, requests about own data."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
