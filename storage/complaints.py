"""Complaints, and what was thought of the service."""

from storage.transaction import Transaction


class Complaints:
    """Complaints, and what was thought of the service."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
