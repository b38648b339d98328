"""The officer's day: co-signatures, copies, reviews asked for."""

from storage.transaction import Transaction


class Filing:
    """The officer's day: co-signatures, copies, reviews asked for."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
