"""Planned maintenance and incidents."""

from storage.transaction import Transaction


class Windows:
    """Planned maintenance and incidents."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
