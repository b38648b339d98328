"""The working calendar, and the target moment of a case."""

from storage.transaction import Transaction


class Calendars:
    """The working calendar, and the target moment of a case."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
