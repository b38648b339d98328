"""What the store can object to: each error carries values, never sentences and never personal data."""


class StorageError(Exception):
    """Base of all errors of this package."""


class Stale(StorageError):  # noqa: N818 - errors are named for what happened
    """The row was changed by somebody else since it was read; nothing was written.

    Attributes:
        what: the kind of row: `case` or `form`.
        id: its number.
    """

    def __init__(self, what: str, row_id: int) -> None:
        super().__init__(what, row_id)
        self.what = what
        self.id = row_id


class StoreDown(StorageError):  # noqa: N818 - errors are named for what happened
    """The engine could not do its work (disk full, locked, gone); nothing was kept; the unit may run again.

    Attributes:
        reason: the engine's own code, such as `SQLITE_FULL` or `57P01`, or `closed`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreInUse(StorageError):  # noqa: N818 - errors are named for what happened
    """Another process holds this SQLite file, which has one writer only.

    Attributes:
        path: the file.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class OldTables(StorageError):  # noqa: N818 - errors are named for what happened
    """The tables are not today's, and this visit must not change them.

    Attributes:
        begun: whether there are any.
    """

    def __init__(self, *, begun: bool) -> None:
        super().__init__(begun)
        self.begun = begun


class AlreadyFiled(StorageError):  # noqa: N818 - errors are named for what happened
    """The form has become a case before: a form is filed once.

    Attributes:
        case_id: that case, or None if it cannot be seen yet (filed by another process this moment).
    """

    def __init__(self, case_id: int | None) -> None:
        super().__init__(case_id)
        self.case_id = case_id


class CodeTaken(StorageError):  # noqa: N818 - errors are named for what happened
    """The tracking code was given out before, for whatever kind; draw another and go on in the same unit."""


class KeyUnusable(StorageError):  # noqa: N818 - errors are named for what happened
    """The key does not fit.

    Attributes:
        reason: `other` (a value sealed with another key, for another place, or changed since), or what is
            wrong where the key is read: `missing`, `damaged`, `readable` (by others than its owner);
            `unproved`: the store holds sealed values, but not the word that tells its own key from others.
    """

    def __init__(self, reason: str = "other") -> None:
        super().__init__(reason)
        self.reason = reason


class Erased(StorageError):  # noqa: N818 - errors are named for what happened
    """The key of this form was destroyed: what it and its case held can never be read again.

    Attributes:
        form_id: the form.
    """

    def __init__(self, form_id: int) -> None:
        super().__init__(form_id)
        self.form_id = form_id


class NotFound(StorageError):  # noqa: N818 - errors are named for what happened
    """There is no such row.

    Attributes:
        what: the kind of row, such as `case` or `file`.
        id: its number.
    """

    def __init__(self, what: str, row_id: int) -> None:
        super().__init__(what, row_id)
        self.what = what
        self.id = row_id
