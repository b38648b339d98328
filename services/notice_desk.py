"""What an admin does about a notice: writes, confirms, pauses, ends, corrects and recalls it."""

from typing import Final, Literal

from domain.audience import Audience
from domain.authority import Deed, require
from domain.roles import Actor, Role
from services.errors import NoOtherAdmin, NoticeChanged, OwnNotice
from services.notices import OUT, WRITTEN, adopt, begin, recall
from storage.records.notices import Notice, NoticeState
from storage.work import Work

Confirmed = Literal["done", "awaits"]
"""Whether it is in force now, or another admin has to confirm it as well."""

_S: Final = NoticeState


def draft(work: Work, by: Actor, *, text: str, audience: Audience, service: bool, urgent: bool) -> Notice:
    """A notice in an admin's words, to be looked at and confirmed.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.NOTICES)
    return work.notices.add(
        about=WRITTEN,
        content={"text": text, "service": service},
        audience=audience,
        by=by.person_id,
        service=service,
        urgent=urgent,
    )


def edit(
    work: Work, by: Actor, notice_id: int, *, text: str | None = None, audience: Audience | None = None
) -> None:
    """Change a draft: what was confirmed of it so far is worth nothing any more.

    Raises:
        NotYours: no admin.
        NoticeChanged: it is no draft any more.
    """
    require(by, Deed.NOTICES)
    notice = work.notices.hold(notice_id)
    if notice.state not in {_S.DRAFT, _S.AWAITING}:
        raise NoticeChanged
    content = work.notices.version(notice_id, notice.version).content
    if text is not None:
        content = {**content, "text": text}
    version = work.notices.propose(notice, "edit", content, by=by.person_id, audience=audience)
    work.notices.adopt(notice_id, version)
    work.notices.set(notice_id, state=_S.DRAFT)
    work.notices.log(notice_id, "edit", version, by.person_id)


def drop(work: Work, by: Actor, notice_id: int, version: int) -> None:
    """Give a draft up.

    Raises:
        NotYours: no admin.
        NoticeChanged: it is no draft any more, or was rewritten since.
    """
    require(by, Deed.NOTICES)
    notice = work.notices.hold(notice_id)
    if notice.state not in {_S.DRAFT, _S.AWAITING} or notice.version != version:
        raise NoticeChanged
    work.notices.set(notice_id, state=_S.DROPPED)
    work.notices.log(notice_id, "drop", notice.version, by.person_id)


def correct(work: Work, by: Actor, notice_id: int, text: str) -> int:
    """Propose a correction of what went out, to be confirmed; the number of its version.

    Raises:
        NotYours: no admin.
        NoticeChanged: it did not go out, or was taken back.
    """
    require(by, Deed.NOTICES)
    notice = work.notices.hold(notice_id)
    _require_correctable(notice)
    content = work.notices.version(notice_id, notice.version).content
    corrected = {**content, "text": text, "corrected": True}
    return work.notices.propose(notice, "revise", corrected, by=by.person_id)


def confirm(work: Work, by: Actor, notice_id: int, version: int) -> Confirmed:
    """Let this version go out: the notice itself, or a correction of it.

    What goes to everybody needs a second admin, for every version anew; whoever confirms it where the first
    admin is none any more is the first.

    Raises:
        NotYours: no admin.
        NoticeChanged: this is not what is to be confirmed now.
        AudienceEmpty: nobody would be told.
        NoOtherAdmin: there is nobody to confirm it as well.
    """
    require(by, Deed.NOTICES)
    notice = _to_confirm(work, notice_id, version)
    if notice.audience.everyone:
        if not others(work, by.person_id):
            raise NoOtherAdmin
        first = asked(work, notice_id, version)
        work.notices.log(notice_id, "ask", version, by.person_id)
        if notice.state is _S.DRAFT or (notice.state is _S.AWAITING and not first):
            work.notices.set(notice_id, state=_S.AWAITING, confirmed_by=by.person_id)
        return "awaits"
    _carry_out(work, notice, version, by)
    return "done"


def second(work: Work, by: Actor, notice_id: int, version: int) -> None:
    """Confirm what another admin has confirmed for everybody.

    Raises:
        NotYours: no admin.
        NoticeChanged: this is not what is to be confirmed now.
        OwnNotice: whoever confirmed it first may not do so again.
    """
    require(by, Deed.NOTICES)
    notice = _to_confirm(work, notice_id, version)
    first = asked(work, notice_id, version)
    if not first:
        raise NoticeChanged
    if not first - {by.person_id}:
        raise OwnNotice
    work.notices.log(notice_id, "second", version, by.person_id)
    work.notices.set(notice_id, seconded_by=by.person_id)
    _carry_out(work, notice, version, by)


def asked(work: Work, notice_id: int, version: int) -> frozenset[int]:
    """The admins of this moment who confirmed this version."""
    acts = work.notices.acts(notice_id)
    found = {act.person_id for act in acts if (act.act, act.version) == ("ask", version)}
    return frozenset(person.id for person in work.people.with_role(Role.ADMIN) if person.id in found)


def others(work: Work, person_id: int | None) -> tuple[int, ...]:
    """The other admins."""
    return tuple(person.id for person in work.people.with_role(Role.ADMIN) if person.id != person_id)


def pause(work: Work, by: Actor, notice_id: int) -> None:
    """Send no further copies for now.

    Raises:
        NotYours: no admin.
        NoticeChanged: it is not being sent.
    """
    _held(work, by, notice_id, _S.SENDING)
    work.notices.withdraw(notice_id)
    _turn(work, by, notice_id, "pause", state=_S.PAUSED)


def resume(work: Work, by: Actor, notice_id: int) -> None:
    """Go on.

    Raises:
        NotYours: no admin.
        NoticeChanged: it does not pause.
    """
    _held(work, by, notice_id, _S.PAUSED)
    _turn(work, by, notice_id, "resume", state=_S.SENDING)


def stop(work: Work, by: Actor, notice_id: int, version: int) -> None:
    """End it: whoever was not told by now is not told.

    Raises:
        NotYours: no admin.
        NoticeChanged: it is not being sent, or was corrected since.
    """
    if _held(work, by, notice_id, _S.SENDING, _S.PAUSED).version != version:
        raise NoticeChanged
    work.notices.withdraw(notice_id)
    work.notices.give_up(notice_id)
    _turn(work, by, notice_id, "stop", state=_S.SENDING, stopped_at=work.now)


def take_back(work: Work, by: Actor, notice_id: int, version: int) -> None:
    """Recall a notice by hand.

    Raises:
        NotYours: no admin.
        NoticeChanged: another version is in force by now, or it was taken back.
    """
    require(by, Deed.NOTICES)
    if work.notices.hold(notice_id).version != version:
        raise NoticeChanged
    recall(work, notice_id, by=by)


def _held(work: Work, by: Actor, notice_id: int, *states: NoticeState) -> Notice:
    """Hold a notice in one of these states that was neither ended nor taken back."""
    require(by, Deed.NOTICES)
    notice = work.notices.hold(notice_id)
    if notice.state not in states or notice.stopped_at is not None or notice.recalled_at is not None:
        raise NoticeChanged
    return notice


def _turn(work: Work, by: Actor, notice_id: int, act: str, **values: object) -> None:
    work.notices.log(notice_id, act, work.notices.get(notice_id).version, by.person_id)
    work.notices.set(notice_id, **values)


def _to_confirm(work: Work, notice_id: int, version: int) -> Notice:
    """The notice held, if this is the version to be confirmed now."""
    notice = work.notices.hold(notice_id)
    if version != work.notices.last_version(notice_id):
        raise NoticeChanged
    if notice.state in {_S.DRAFT, _S.AWAITING}:
        return notice
    _require_correctable(notice)
    if version == notice.version:
        raise NoticeChanged
    return notice


def _require_correctable(notice: Notice) -> None:
    if notice.state not in OUT or notice.recalled_at is not None:
        raise NoticeChanged


def _carry_out(work: Work, notice: Notice, version: int, by: Actor) -> None:
    if notice.state in {_S.DRAFT, _S.AWAITING}:
        begin(work, notice, by)
    else:
        adopt(work, notice, version, by)
