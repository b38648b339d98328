"""The card of a notice as an admin sees it, and the places where such cards stand."""

from collections.abc import Iterator

from bot.notice_texts import text_of
from bot.office import Office
from bot.post import Place
from bot.screen import Button, Rows, Screen, column
from domain.audience import Audience
from domain.roles import Role
from messages_fa import buttons, names, notices
from messages_fa import notice_card as texts
from messages_fa.markup import Text, paragraphs
from services import audience, sending
from services import notice_desk as desk
from services.cases import name_of
from services.sending import Tally
from storage.records.notices import Change, Notice, NoticeState
from storage.work import Work

_S = NoticeState


def slot(notice_id: int) -> str:
    """The place in a chat where the card of this notice stands."""
    return f"notice:{notice_id}"


def action(notice: Notice, verb: str, version: int | None = None) -> str:
    """What a button about the notice, as it was drawn, carries."""
    return f"ntc:{notice.id}:{notice.version if version is None else version}:{verb}"


def kind_of(notice: Notice) -> str:
    """`service` or `news`."""
    return "service" if notice.service else "news"


def state_of(notice: Notice) -> str:
    """How it stands, as the card calls it."""
    if notice.recalled_at is not None:
        return "recalled"
    if notice.stopped_at is not None and notice.state is _S.DONE:
        return "stopped"
    return notice.state


def shown(work: Work, notice: Notice, version: int | None = None) -> Text:
    """The notice as its recipients read it, at this version."""
    kept = work.notices.version(notice.id, notice.version if version is None else version)
    return text_of(notice.about, kept.content)


def card(work: Work, office: Office, notice: Notice, person_id: int | None) -> Screen:
    """The card of this notice for this admin."""
    state = _S.DRAFT if notice.state is _S.AWAITING and not _is_asked(work, notice) else state_of(notice)
    head = texts.heading(kind_of(notice), state, urgent=notice.urgent)
    told = notices.recalled() if notice.recalled_at is not None else shown(work, notice)
    if notice.state in {_S.DRAFT, _S.AWAITING}:
        return Screen(
            paragraphs(head, texts.preview(told), dry_run(work, office, notice), _next(work, notice)),
            _draft_rows(notice, person_id, is_asked=_is_asked(work, notice)),
        )
    waits = starts(work, notice, sent=True) if notice.state is _S.SENDING else Text()
    rows = () if notice.state is _S.DROPPED else _sent_rows(notice)
    return Screen(paragraphs(head, texts.preview(told), waits, progress(work, notice)), rows)


def progress(work: Work, notice: Notice) -> Text:
    """How far the sending is, and the newest correction or recall."""
    if notice.frozen_at is None:
        return Text()
    counts = sending.tally(work, notice.id)
    return paragraphs(texts.progress(**_parts(counts)), changes(work, notice))


def report(work: Work, notice: Notice) -> Text:
    """What its author is told at the end."""
    begin = str(work.notices.version(notice.id, notice.version).content["text"])
    return texts.report(begin, progress(work, notice))


def changes(work: Work, notice: Notice) -> Text:
    """How far the newest correction or recall is; empty without any."""
    counts = work.notices.changes(notice)
    if not counts:
        return Text()
    return texts.changes(
        recalled=notice.recalled_at is not None,
        done=counts.get(Change.DONE, 0),
        waiting=counts.get(Change.QUEUED, 0),
        failed=counts.get(Change.FAILED, 0),
    )


def _parts(counts: Tally) -> dict[str, int]:
    return {
        "sent": counts.sent,
        "unreachable": counts.unreachable,
        "unknown": counts.unknown,
        "unsent": counts.unsent,
        "waiting": counts.waiting,
    }


def dry_run(work: Work, office: Office, notice: Notice) -> Text:
    """How many each rule of the audience has now, and all of them together."""
    return counted(work, office, notice.audience, service=notice.service)


def counted(work: Work, office: Office, whom: Audience, *, service: bool) -> Text:
    """The same of any audience; `service` counts those who switched news off too."""

    def count(of: Audience) -> audience.Count:
        return audience.count(work, of, service=service, platforms=office.platforms)

    each = [(rule_name(work, part), count(part)) for part in whom.parts()]
    total = count(whom)
    return texts.counts(
        [(name, found.recipients, found.reachable) for name, found in each],
        recipients=total.recipients,
        reachable=total.reachable,
        declined=total.declined,
    )


def rule_name(work: Work, rule: Audience) -> str:
    """What one rule of an audience is called."""
    if rule.everyone:
        return notices.EVERYONE
    if rule.roles:
        return names.ROLES[next(iter(rule.roles))]
    if rule.agencies:
        agency = work.people.agency(next(iter(rule.agencies)))
        return agency.name if agency else ""
    return notices.WITH_CASES if rule.open_cases else notices.WITH_DRAFTS


def starts(work: Work, notice: Notice, *, sent: bool) -> Text:
    """When it goes out, if not now; empty once everybody was told."""
    if sending.may_begin(work, notice) or (sent and not sending.tally(work, notice.id).waiting):
        return Text()
    return texts.starts(work.calendar.in_force().next_open(work.now), sent=sent)


def _next(work: Work, notice: Notice) -> Text:
    """What a confirmation of the draft would do."""
    if _is_asked(work, notice):
        return texts.awaits_second(name_of(work, notice.confirmed_by))
    second = texts.needs_second() if notice.audience.everyone else Text()
    return paragraphs(starts(work, notice, sent=False), second)


def _is_asked(work: Work, notice: Notice) -> bool:
    """Whether the first confirmation stands: whoever is no admin any more has confirmed nothing."""
    return notice.state is _S.AWAITING and bool(desk.asked(work, notice.id, notice.version))


def going(work: Work, notice: Notice) -> str:
    """What a confirmation set going, shortly; at night it begins in the morning.

    Args:
        work: this unit.
        notice: as it was before.
    """
    if notice.frozen_at is not None:
        return texts.CORRECTING
    return starts(work, notice, sent=True).plain or texts.SENDING


def _draft_rows(notice: Notice, person_id: int | None, *, is_asked: bool) -> Rows:
    if not is_asked:
        go_on = column(Button(notices.CONFIRM, action(notice, "ok")))
    elif notice.confirmed_by != person_id:
        go_on = column(Button(notices.SECOND, action(notice, "second")))
    else:
        go_on = ()
    edits = (
        Button(notices.EDIT_TEXT, action(notice, "text")),
        Button(notices.EDIT_AUDIENCE, action(notice, "who")),
    )
    leave = (
        Button(notices.DROP, action(notice, "drop")),
        Button(buttons.BACK_TO_LIST, action(notice, "list")),
    )
    return (*column(Button(notices.TEST, action(notice, "test"))), *go_on, edits, leave)


def _sent_rows(notice: Notice) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if notice.state is _S.PAUSED:
        rows.append(
            (Button(notices.RESUME, action(notice, "resume")), Button(notices.STOP, action(notice, "stop")))
        )
    elif notice.state is _S.SENDING and notice.stopped_at is None and notice.recalled_at is None:
        rows.append(
            (Button(notices.PAUSE, action(notice, "pause")), Button(notices.STOP, action(notice, "stop")))
        )
    if notice.recalled_at is None:
        rows.append(
            (Button(notices.CORRECT, action(notice, "fix")), Button(notices.RECALL, action(notice, "recall")))
        )
    last = (Button(notices.HISTORY, action(notice, "log")), Button(buttons.REFRESH, action(notice, "open")))
    return (*rows, last, (Button(buttons.BACK_TO_LIST, action(notice, "list")),))


def admins(work: Work, office: Office, *, but: int | None = None) -> Iterator[tuple[int, Place]]:
    """Every chat of every admin but this one, with its person."""
    for person in work.people.with_role(Role.ADMIN):
        if person.id != but:
            for chat in work.people.chats_of(person.id):
                if chat.platform in office.platforms:
                    yield person.id, (chat.platform, chat.chat_id)
