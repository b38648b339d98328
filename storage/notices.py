"""Notices, their audiences, and what became of each copy."""

from storage.transaction import Transaction


class Notices:
    """Notices, their audiences, and what became of each copy."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
