"""«اطلاعیه‌ها»: who is told what, with preview, progress, correction and recall."""

from collections.abc import Callable
from typing import Final

from bot import broadcast
from bot import notice_view as view
from bot.conversations.given import Answers
from bot.conversations.notice_forms import NOTICE, NOTICE_AUDIENCE, NOTICE_TEXT, audience_of, saved_codes
from bot.handlers import forms, signing
from bot.handlers.forms import Ready
from bot.handlers.news_switch import show_news, switch_news
from bot.handlers.notice_course import COURSE
from bot.handlers.notice_screens import ask, redraw, show
from bot.lists import PAGE, first_on, how_many, numbers, pages
from bot.part import Part
from bot.post import post, post_to_first
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.audience import Audience
from domain.authority import Deed, require
from messages_fa import audiences as audience_texts
from messages_fa import general, notices, window_desk
from messages_fa import notice_card as texts
from messages_fa.markup import paragraphs
from services import audiences, sending
from services import notice_desk as office
from services.errors import AudienceEmpty, NoOtherAdmin, NoticeChanged, OwnNotice
from services.notices import WRITTEN
from storage.records import Lane
from storage.records.notices import Notice, NoticeState
from storage.work import Work


def show_list(turn: Turn, page: int = 0) -> None:
    """«اطلاعیه‌ها»: a page of the notices, the newest first.

    Raises:
        NotYours: no admin.
    """
    require(turn.actor, Deed.NOTICES)
    total = turn.work.notices.count(WRITTEN)
    found = turn.work.notices.listed(WRITTEN, limit=PAGE, offset=page * PAGE)
    first = first_on(page)
    rows = [_row(turn.work, n, notice) for n, notice in enumerate(found, first)]
    keys = (
        *column(
            Button(notices.NEW, "ntc:0:0:new"),
            Button(audience_texts.TITLE, "aud:list:0:0"),
            Button(window_desk.DESK, "win:desk:0"),
        ),
        *numbers([view.action(notice, "open") for notice in found], first),
        *pages(page, total, "ntc:0", ":page"),
    )
    shown = notices.listing(rows, general.page(page + 1, how_many(total)))
    turn.show(Screen(shown, keys), slot="notices")


def _row(work: Work, n: int, notice: Notice) -> tuple[int, str, str, str, int, int]:
    text = str(work.notices.version(notice.id, notice.version).content["text"])
    counts = sending.tally(work, notice.id)
    kind, state = notices.KINDS[view.kind_of(notice)], texts.STATES[view.state_of(notice)]
    return n, kind, state, text, counts.sent, counts.audience


# Writing one


def finish_new(turn: Turn, ready: Ready) -> None:
    """It is written: show what it is, to how many it would go, and what can be done."""
    answers = ready.position.answers
    service = answers["kind"] == "service"
    notice = office.draft(
        turn.work,
        turn.actor,
        text=str(answers["text"]),
        audience=_audience(turn, answers),
        service=service,
        urgent=service and bool(answers.get("urgent")),
    )
    forms.drop(turn, ready.run)
    show(turn, notice.id)


def _audience(turn: Turn, answers: Answers) -> Audience:
    """What was marked, with the saved audiences among it as they are now; what was retired since is told."""
    codes = saved_codes(answers)
    if missing := audiences.retired(turn.work, codes):
        turn.tell(audience_texts.left_out(missing))
    return audiences.joined(turn.work, audience_of(answers), codes)


def finish_text(turn: Turn, ready: Ready) -> None:
    """Another text: of a draft at once, of what went out once it is confirmed."""
    notice = turn.work.notices.get(ready.run.subject or 0)
    text = str(ready.position.answers["text"])
    forms.drop(turn, ready.run)
    try:
        if notice.frozen_at is None:
            office.edit(turn.work, turn.actor, notice.id, text=text)
            show(turn, notice.id)
        else:
            _preview(turn, notice, office.correct(turn.work, turn.actor, notice.id, text))
    except NoticeChanged:
        turn.tell(texts.changed())
        show(turn, notice.id)


def finish_audience(turn: Turn, ready: Ready) -> None:
    """Another audience, of a draft."""
    notice_id = ready.run.subject or 0
    forms.drop(turn, ready.run)
    try:
        chosen = _audience(turn, ready.position.answers)
        office.edit(turn.work, turn.actor, notice_id, audience=chosen)
    except NoticeChanged:
        turn.tell(texts.changed())
    show(turn, notice_id)


def _preview(turn: Turn, notice: Notice, version: int) -> None:
    shown = view.shown(turn.work, notice, version)
    keys = column(
        Button(notices.CONFIRM_CORRECTION, view.action(notice, "ok", version)),
        Button(notices.LEAVE, view.action(notice, "leave")),
    )
    ask(turn, notice, texts.correction(shown, everyone=notice.audience.everyone), keys)


# Buttons


def press(turn: Turn, rest: list[str]) -> None:
    """What is pressed: `<notice>:<version>:<verb>`, with zeros where it is about none.

    Raises:
        OldButton: there is no such verb, or no such notice.
        NotYours: no admin.
    """
    notice_id, version, verb = number(rest[0]), number(rest[1]), rest[2]
    if not notice_id:
        _about_none(turn, version, verb)
        return
    require(turn.actor, Deed.NOTICES)
    notice = turn.work.notices.get(notice_id)
    if verb not in _VERBS or notice.about != WRITTEN:
        raise OldButton
    try:
        _VERBS[verb](turn, notice, version)
    except NoticeChanged:
        turn.answer(texts.CHANGED)
        show(turn, notice_id)


def _about_none(turn: Turn, page: int, verb: str) -> None:
    if verb == "page":
        show_list(turn, page)
    elif verb == "new":
        require(turn.actor, Deed.NOTICES)
        turn.shown = True
        forms.begin(turn, NOTICE)
    elif verb in {"quiet", "hear"}:
        switch_news(turn, on=verb == "hear")
    else:
        raise OldButton


def _edit_text(turn: Turn, notice: Notice, _version: int) -> None:
    if notice.state not in {NoticeState.DRAFT, NoticeState.AWAITING}:
        raise NoticeChanged
    turn.shown = True
    forms.begin(turn, NOTICE_TEXT, subject=notice.id)


def _correct(turn: Turn, notice: Notice, _version: int) -> None:
    """«اصلاح»: ask for the new words; nothing is corrected before they are confirmed."""
    if notice.frozen_at is None or notice.recalled_at is not None:
        raise NoticeChanged
    turn.shown = True
    forms.begin(turn, NOTICE_TEXT, subject=notice.id)


def _edit_audience(turn: Turn, notice: Notice, _version: int) -> None:
    if notice.state not in {NoticeState.DRAFT, NoticeState.AWAITING}:
        raise NoticeChanged
    turn.shown = True
    forms.begin(turn, NOTICE_AUDIENCE, subject=notice.id)


def _confirm(turn: Turn, notice: Notice, version: int) -> None:
    """«تأیید و ارسال», «تأیید اصلاح»: bound to the version that was shown."""
    if not signing.signed(turn, view.action(notice, "ok", version)):
        return
    try:
        confirmed = office.confirm(turn.work, turn.actor, notice.id, version)
    except (NoOtherAdmin, AudienceEmpty) as lacking:
        narrower = Button(notices.EDIT_AUDIENCE, view.action(notice, "who"))
        keys = column(narrower) if notice.frozen_at is None else ()
        told = texts.nobody() if isinstance(lacking, AudienceEmpty) else texts.no_other_admin()
        ask(turn, notice, told, keys)
        return
    if confirmed == "awaits":
        _ask_others(turn, turn.work.notices.get(notice.id), version)
        turn.answer(texts.ASKED)
    else:
        turn.answer(view.going(turn.work, notice))
    show(turn, notice.id)


def _ask_others(turn: Turn, notice: Notice, version: int) -> None:
    """The other admins get the card, or the correction, with the button of the second confirmation."""
    for person_id, place in view.admins(turn.work, turn.office, but=turn.actor.person_id):
        if notice.frozen_at is None:
            card = view.card(turn.work, turn.office, notice, person_id)
            text = paragraphs(texts.asked_to_second(turn.actor.name), card.text)
            screen, slot = Screen(text, card.rows), view.slot(notice.id)
        else:
            shown = view.shown(turn.work, notice, version)
            agree = Button(notices.SECOND_CORRECTION, view.action(notice, "second", version))
            see = Button(notices.OPEN, view.action(notice, "open"))
            screen = Screen(texts.correction_to_second(turn.actor.name, shown), column(agree, see))
            slot = f"{view.slot(notice.id)}:ask"
        post(turn.work, turn.office, *place, screen, lane=Lane.NOTICES, slot=slot)


def _second(turn: Turn, notice: Notice, version: int) -> None:
    """«تأیید دوم»: of another admin than the first."""
    if not signing.signed(turn, view.action(notice, "second", version)):
        return
    try:
        office.second(turn.work, turn.actor, notice.id, version)
    except OwnNotice:
        turn.answer(texts.OWN)
        turn.shown = True
        return
    turn.answer(view.going(turn.work, notice))
    show(turn, notice.id)
    redraw(turn, notice.id)
    _tell_first(turn, notice, version)


def _tell_first(turn: Turn, notice: Notice, version: int) -> None:
    """Whoever confirmed it first learns that it goes out."""
    for person_id in office.asked(turn.work, notice.id, version):
        chats = turn.work.people.chats_of(person_id)
        places = [(chat.platform, chat.chat_id) for chat in chats if chat.platform in turn.platforms]
        if places and person_id != turn.actor.person_id:
            screen = Screen(texts.seconded(turn.actor.name, view.going(turn.work, notice)))
            key = f"notice_seconded:{notice.id}:{version}"
            post_to_first(turn.work, turn.office, places, screen, lane=Lane.NOTICES, purpose=key)


def _back_to_list(turn: Turn, notice: Notice, _version: int) -> None:
    """The list takes the card's place, so the card is not drawn there any more."""
    turn.work.outbox.clear_slot(*turn.place, view.slot(notice.id))
    show_list(turn)


_VERBS: Final[dict[str, Callable[[Turn, Notice, int], None]]] = COURSE | {
    "list": _back_to_list,
    "text": _edit_text,
    "who": _edit_audience,
    "fix": _correct,
    "ok": _confirm,
    "second": _second,
}


PART: Final = Part(
    buttons={"ntc": (press, 3)},
    finish={NOTICE.name: finish_new, NOTICE_TEXT.name: finish_text, NOTICE_AUDIENCE.name: finish_audience},
    commands={"notices": show_list, "news": show_news},
    asides=frozenset({"notices", "news"}),
    words={
        notices.NEWS_SWITCH: show_news,
        notices.NO_NEWS: lambda turn: switch_news(turn, on=False),
        notices.WANT_NEWS: lambda turn: switch_news(turn, on=True),
    },
    sweeps=(("broadcast", broadcast.broadcast, 1),),
)
