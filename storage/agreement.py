"""The agreement by version, and who accepted which."""

from storage.transaction import Transaction


class Agreements:
    """The agreement by version, and who accepted which."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
