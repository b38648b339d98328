"""Forms being answered: saved at every answer, resumed after days or a crash."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import form_keys
from storage.errors import Erased, Stale
from storage.records import FormRun, FormStatus, JsonObject
from storage.retention import ERASED
from storage.tables.forms import forms
from storage.transaction import Transaction
from storage.vault import FormKey

_DATA: Final = "forms.data"
_TITLE: Final = "forms.title"
NOTHING: Final = b""
"""What stands in place of the answers of a form that has ended."""

_START: Final = insert(forms).on_conflict_do_nothing().returning(forms.c.id)
_FORM: Final = select(forms, form_keys.key_of(forms.c.id))
_GET: Final = _FORM.where(forms.c.id == bindparam("row"))
_UNCHANGED: Final = (
    forms.c.id == bindparam("row"),
    forms.c.revision == bindparam("seen"),
    forms.c.status == FormStatus.OPEN,
)
_SAVE: Final = (
    update(forms)
    .where(*_UNCHANGED)
    .values(
        revision=forms.c.revision + 1,
        form_version=bindparam("made_for"),
        platform=bindparam("at"),
        chat_id=bindparam("to"),
        data=bindparam("answers"),
        title=bindparam("called"),
        updated_at=bindparam("now"),
    )
)
_FINISH: Final = (
    update(forms)
    .where(forms.c.id == bindparam("row"), forms.c.status == FormStatus.OPEN)
    .values(
        revision=forms.c.revision + 1,
        status=bindparam("into"),
        data=NOTHING,
        title=None,
        updated_at=bindparam("now"),
    )
)
_DRAFTS: Final = _FORM.where(
    forms.c.person_id == bindparam("person"),
    forms.c.form == bindparam("which"),
    forms.c.status == FormStatus.OPEN,
).order_by(forms.c.updated_at.desc(), forms.c.id.desc())
_OF_CHAT: Final = (
    _FORM.where(
        forms.c.platform == bindparam("at"),
        forms.c.chat_id == bindparam("to"),
        forms.c.form == bindparam("which"),
        forms.c.status == FormStatus.OPEN,
    )
    .order_by(forms.c.updated_at.desc(), forms.c.id.desc())
    .limit(1)
)
_UNLINK: Final = (
    update(forms)
    .where(forms.c.id == bindparam("row"))
    .values(
        platform="", chat_id=0, person_id=None, created_at=bindparam("hour"), updated_at=bindparam("hour")
    )
)


class Forms:
    """The forms of all chats."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def start(  # noqa: PLR0917 - in the order of the columns, which callers follow
        self,
        form: str,
        form_version: int,
        platform: str,
        chat_id: int,
        person_id: int | None,
        subject: int | None,
        data: JsonObject,
    ) -> FormRun:
        """A new form, open, at revision 1.

        Raises:
            Stale: it would correct a case whose correction is open already.
        """
        key = FormKey.new()
        values = {
            "form": form,
            "form_version": form_version,
            "revision": 1,
            "platform": platform,
            "chat_id": chat_id,
            "person_id": person_id,
            "subject": subject,
            "data": self._tx.vault.seal(_DATA, data, key=key),
            "status": FormStatus.OPEN,
            "created_at": self._tx.now,
            "updated_at": self._tx.now,
        }
        row_id = self._tx.connection.execute(_START, values).scalar_one_or_none()
        if row_id is None:
            raise Stale("form", subject or 0)
        form_keys.keep(self._tx, row_id, key)
        return FormRun(
            id=row_id,
            form=form,
            form_version=form_version,
            revision=1,
            platform=platform,
            chat_id=chat_id,
            person_id=person_id,
            subject=subject,
            data=data,
            status=FormStatus.OPEN,
            title=None,
            created_at=self._tx.now,
            updated_at=self._tx.now,
        )

    def get(self, form_id: int) -> FormRun | None:
        """The form with this number, or None."""
        found = self._tx.connection.execute(_GET, {"row": form_id}).first()
        return None if found is None else self._run(found)

    def save(self, run: FormRun, *, data: JsonObject, title: str | None = None) -> FormRun:
        """Save this data over the revision that `run` carries.

        The form's version and chat are taken from `run` too, so that a draft may be resumed elsewhere or
        in a newer form (`dataclasses.replace`).

        Args:
            run: as it was read.
            data: what to keep instead.
            title: a new title, or None to keep the old one.

        Raises:
            Stale: it was saved or finished since.
            Erased: its key was destroyed.
        """
        kept = run.title if title is None else title
        key, vault = form_keys.of_form(self._tx, run.id), self._tx.vault
        values = {
            "row": run.id,
            "seen": run.revision,
            "made_for": run.form_version,
            "at": run.platform,
            "to": run.chat_id,
            "answers": vault.seal(_DATA, data, key=key),
            "called": None if kept is None else vault.seal(_TITLE, kept, key=key),
            "now": self._tx.now,
        }
        if self._tx.connection.execute(_SAVE, values).rowcount != 1:
            raise Stale("form", run.id)
        return replace(run, revision=run.revision + 1, data=data, title=kept, updated_at=self._tx.now)

    def finish(self, form_id: int, status: FormStatus) -> None:
        """The form is `sent` or `dropped`, once, and its answers and title are erased.

        What was sent stands in the case.

        Raises:
            Stale: it is not open any more.
        """
        values = {"row": form_id, "into": status, "now": self._tx.now}
        if self._tx.connection.execute(_FINISH, values).rowcount != 1:
            raise Stale("form", form_id)
        if status is FormStatus.DROPPED:
            self._tx.signals.add(ERASED)

    def drafts_of(self, person_id: int, form: str) -> tuple[FormRun, ...]:
        """The open forms of this kind that this person began, the last saved first."""
        values = {"person": person_id, "which": form}
        return tuple(map(self._run, self._tx.connection.execute(_DRAFTS, values)))

    def open_in(self, platform: str, chat_id: int, form: str) -> FormRun | None:
        """The open form of this kind that was saved last in this chat, or None."""
        values = {"at": platform, "to": chat_id, "which": form}
        found = self._tx.connection.execute(_OF_CHAT, values).first()
        return None if found is None else self._run(found)

    def unlink(self, form_id: int, hour: datetime) -> None:
        """Nothing leads from this ended form to a person or chat any more; of its moments the hour stays."""
        self._tx.connection.execute(_UNLINK, {"row": form_id, "hour": hour})

    def _run(self, found: Row[Any]) -> FormRun:
        data, title = self._opened(found)
        return FormRun(
            id=found.id,
            form=found.form,
            form_version=found.form_version,
            revision=found.revision,
            platform=found.platform,
            chat_id=found.chat_id,
            person_id=found.person_id,
            subject=found.subject,
            data=data,
            status=FormStatus(found.status),
            title=title,
            created_at=found.created_at,
            updated_at=found.updated_at,
            nudged_at=found.nudged_at,
            expired_at=found.expired_at,
            restorable_until=found.restorable_until,
        )

    def _opened(self, found: Row[Any]) -> tuple[JsonObject, str | None]:
        """The answers and the title; nothing of a form that has ended or whose key was destroyed."""
        vault, sealed = self._tx.vault, found.title
        try:
            key = form_keys.opened(self._tx, found.id, found.form_key)
        except Erased:
            return {}, None
        data = {} if found.data == NOTHING else vault.open(_DATA, found.data, key=key)
        return data, None if sealed is None else vault.open(_TITLE, sealed, key=key)
