"""The catalogues that the office edits."""

from storage.transaction import Transaction


class Catalogues:
    """The catalogues that the office edits."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
