"""One row of the outbox to the messenger: from the stored call to the meaning of its answer."""

from base64 import b64decode
from dataclasses import replace
from typing import Final

from bot.downloads import SCANNER_UNREACHABLE
from bot.logs import logger
from bot.pace import Pace
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused, Upload
from bot.platforms.platform import Json, Platform
from bot.verdict import Answer, Verdict, accepted, failed
from messages_fa.delivery import delete_yourself, moved_note, repeat_note, unshown_note
from messages_fa.personal import OWN_DATA_FILE
from scans import Clean, Cleaner
from storage.engine import Store
from storage.errors import Erased, NotFound
from storage.records import SECRET, Claimed, FileCopy
from storage.work import Work

log = logger("posting")

UPLOAD_SECONDS: Final = 120.0
SUFFIXES: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "text/plain": "txt",
}
PICTURES: Final = ("image/jpeg", "image/png")
ATTACHED: Final = frozenset({"stored_file", "picture", "plain_file"})
DELETE: Final = "deleteMessage"
NOTED: Final = frozenset({"sendMessage", "sendDocument"})
"""Methods whose repeats tell that they are; an edit shows itself once only."""


class Posting:
    """Posts rows of one platform; every further call of a row waits for a slot of its own."""

    def __init__(self, store: Store, platform: Platform, api: BotApi, pace: Pace, cleaner: Cleaner) -> None:
        self._store = store
        self._platform = platform
        self._api = api
        self._pace = pace
        self._cleaner = cleaner

    async def post(self, row: Claimed) -> Answer:
        """Post a row: a refused edit as a new message, and what is still refused once more as plain text.

        A refused photo goes out as a document the second time.
        """
        try:
            return await (self._deleted(row) if row.method == DELETE else self._posted(row))
        except NotFound as missing:
            return Answer(Verdict.REFUSED, f"no_{missing.what}")
        except Erased:
            return Answer(Verdict.REFUSED, "erased")

    async def _posted(self, row: Claimed) -> Answer:
        method, params = self._prepared(row)
        answer, went_as = await self._call(method, params)
        if answer.verdict is Verdict.REFUSED and method == "editMessageText":
            method, params = self._platform.as_new(params)
            await self._pace.slot()
            answer, went_as = await self._call(method, params)
        plain = self._platform.plain(params)
        if answer.verdict is Verdict.REFUSED and (plain != params or went_as == "sendPhoto"):
            await self._pace.slot()
            answer, _ = await self._call(method, plain, as_document=True)
        if method == "editMessageText" and answer.verdict is Verdict.SENT:
            # What an edit returns is a stub on some platforms; the id is the one that was edited.
            return replace(answer, message_id=params.get("message_id"))
        if method == "editMessageReplyMarkup" and answer.verdict is Verdict.REFUSED:
            # Buttons of a prompt that is gone, or too old to be edited: nobody can press them any more.
            return Answer(Verdict.SENT)
        return answer

    async def _deleted(self, row: Claimed) -> Answer:
        """Delete a message, or what now stands in the row's slot; one that cannot be deleted stays.

        The platforms delete nothing that is older than two days: of such a message the content goes. Where a
        secret stands in it, the person is asked to delete it.
        """
        message_id = row.params.get("message_id", row.slot_message_id)
        if message_id is None:
            return Answer(Verdict.SENT)
        params = {name: value for name, value in row.params.items() if name != SECRET}
        params["message_id"] = message_id
        answer, _ = await self._call(DELETE, params)
        if answer.verdict is not Verdict.REFUSED:
            return answer
        if row.params.get(SECRET):
            return await self._left_to_the_person(row.params["chat_id"])
        if row.slot is not None:
            await self._pace.slot()
            await self._call("editMessageText", {**params, "text": moved_note()})
        return Answer(Verdict.SENT)

    async def _left_to_the_person(self, chat_id: int) -> Answer:
        """A secret stays in the chat: the person is asked to delete it, once if that gets through."""
        await self._pace.slot()
        answer, _ = await self._call("sendMessage", {"chat_id": chat_id, "text": delete_yourself()})
        # The word stands in no slot: what was to be deleted does.
        return replace(answer, message_id=None)

    def _prepared(self, row: Claimed) -> tuple[str, Json]:
        method, params = row.method, row.params
        if method == "editMessageText" and "message_id" not in params:
            if row.slot_message_id is None:
                method, params = self._platform.as_new(params)
            else:
                params = {**params, "message_id": row.slot_message_id}
        if row.was_unknown and method in NOTED:
            params = self._platform.noted(params, repeat_note(row.id))
        return method, params

    async def _call(self, method: str, params: Json, *, as_document: bool = False) -> tuple[Answer, str]:
        """Call; gives the answer and the method that was called at last."""
        upload, seconds = None, None
        try:
            if not ATTACHED.isdisjoint(params):
                method, params, upload = await self._with_file(params, as_document=as_document)
                seconds = UPLOAD_SECONDS
            answer = accepted(await self._api.call(method, params, upload=upload, timeout=seconds))
        except (Refused, NotConnected, NoAnswer) as error:
            answer = failed(error, self._platform)
        if answer.verdict is Verdict.PERHAPS_TOKEN:
            answer = await self.about_token(answer)
        return answer, method

    async def _with_file(self, params: Json, *, as_document: bool) -> tuple[str, Json, Upload | None]:
        """The call with the file's bytes; a picture that is not too large is shown as a photo.

        In place of a file that cannot be shown stands a word that says so.
        """
        rest = {name: value for name, value in params.items() if name not in ATTACHED}
        mime, content = await self._content(params)
        if not content:
            return "sendMessage", _unshown(rest), None
        photo = mime in PICTURES and len(content) <= self._platform.limits.photo and not as_document
        method, field = ("sendPhoto", "photo") if photo else ("sendDocument", "document")
        number = params.get("stored_file", 0)
        name = f"{field}-{number}.{SUFFIXES.get(mime, 'bin')}"
        if "plain_file" in params:
            name = OWN_DATA_FILE
        return method, rest, Upload(field, name, mime, content)

    async def _content(self, params: Json) -> tuple[str, bytes]:
        """Kind and bytes of what is attached: a stored file, or a picture kept with the message alone."""
        if "picture" in params:
            return "image/png", b64decode(params["picture"])
        if "plain_file" in params:
            return "text/plain", b64decode(params["plain_file"])
        file_id = params["stored_file"]

        def reading(work: Work) -> FileCopy | bytes:
            work.files.get(file_id)
            return work.files.copy_of(file_id) or work.files.content(file_id)

        found = await self._store.run(reading)
        copy = await self._looked_at(file_id, found) if isinstance(found, bytes) else found
        return copy.mime, copy.content

    async def _looked_at(self, file_id: int, original: bytes) -> FileCopy:
        """What may be shown of a file that was kept before files were looked at; it is kept from now on."""
        verdict = await self._cleaner.clean(original)
        if isinstance(verdict, Clean):
            copy = FileCopy(verdict.mime, verdict.content)
        else:
            copy = FileCopy(refusal=verdict.code)
            log.warning("file_refused", code=verdict.code)
        if copy.refusal != SCANNER_UNREACHABLE:
            await self._store.run(lambda work: work.files.add_copy(file_id, copy))
        return copy

    async def about_token(self, answer: Answer) -> Answer:
        """What a 404 means: the token, or only this call."""
        asked = await self.ask()
        if asked.verdict is Verdict.SENT:
            return replace(answer, verdict=Verdict.REFUSED)
        return replace(asked, problem=answer.problem) if asked.verdict is Verdict.TOKEN else asked

    async def ask(self) -> Answer:
        """Ask getMe whether the platform is there and takes the token; nothing is sent by it."""
        try:
            return accepted(await self._api.call("getMe", {}))
        except Refused as no:
            answer = failed(no, self._platform)
            token = answer.verdict is Verdict.PERHAPS_TOKEN
            return replace(answer, verdict=Verdict.TOKEN) if token else answer
        except (NotConnected, NoAnswer) as error:
            return replace(failed(error, self._platform), verdict=Verdict.NO_PATH)


def _unshown(params: Json) -> Json:
    kept = {name: value for name, value in params.items() if name not in {"caption", "parse_mode"}}
    return {**kept, "text": unshown_note()}
