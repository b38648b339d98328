"""Second factors, and the resets of forgotten secrets."""

from storage.transaction import Transaction


class Factors:
    """Second factors, and the resets of forgotten secrets."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
