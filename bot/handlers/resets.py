"""«درخواست‌های رمز»: the admins see to requests for new secrets, and the owner renews by the one-time code."""

from collections.abc import Callable
from functools import partial
from typing import Final

from bot import reset_cards
from bot.cards import Errand
from bot.handlers import asking, factors, forms
from bot.handlers.signing import take_away
from bot.handlers.tracking import hide
from bot.incoming import SlowWanted
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.part import Part
from bot.post import post
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.errors import NotYours
from messages_fa import buttons
from messages_fa import resets as texts
from messages_fa import targets as target_texts
from messages_fa.markup import Text
from services import reset_clocks, resets
from services import reset_desk as office
from services.errors import ResetUnusable, Taken
from services.reset_desk import Issued, Task
from services.secrets import NewSecret, new_secret
from services.targets import may_disturb
from storage.errors import NotFound
from storage.records import Lane
from storage.records.factors import Reset
from storage.work import Work

PAGE: Final = 8
"""Requests of one page of the list."""


def press(turn: Turn, rest: list[str]) -> None:
    """What is pressed about forgotten secrets; person and role are asked again at every press.

    Raises:
        OldButton: there is no such button.
    """
    verb, about = rest
    if verb not in _VERBS:
        raise OldButton
    try:
        _VERBS[verb](turn, about)
    except NotYours as refused:
        turn.answer(texts.refused(refused.why))


# The admins


def show_list(turn: Turn, page: str = "0") -> None:
    """«درخواست‌های رمز»: the oldest first, those that are late marked."""
    rows = office.tasks(turn.work, turn.actor)
    first = min(number(page) * PAGE, max(0, len(rows) - 1) // PAGE * PAGE)
    shown = rows[first : first + PAGE]
    opens = (
        Button(buttons.numbered(n, task.name), f"rst:open:{task.reset.id}") for n, task in enumerate(shown, 1)
    )
    turns = _pages(first // PAGE, len(rows))
    text = texts.listing([reset_cards.row(task) for task in shown], len(rows) - first - len(shown))
    turn.show(Screen(text, (*column(*opens), *((turns,) if turns else ()))), slot="resets")


def _pages(page: int, count: int) -> tuple[Button, ...]:
    before = (Button(buttons.PREVIOUS, f"rst:list:{page - 1}"),) if page else ()
    after = (Button(buttons.NEXT, f"rst:list:{page + 1}"),) if (page + 1) * PAGE < count else ()
    return (*before, *after)


def _open(turn: Turn, reset_id: str) -> None:
    _show_card(turn, office.seen(turn.work, turn.actor, number(reset_id)))


def _why(turn: Turn, reset_id: str) -> None:
    """«چرا این تاریخ؟», to the owner and to the admins.

    Raises:
        OldButton: there is no such request, or no target for it.
    """
    reset = turn.work.factors.reset(number(reset_id))
    if reset is not None and reset.owner != turn.actor.person_id:
        reset = office.seen(turn.work, turn.actor, reset.id)
    found = reset_clocks.why(turn.work, reset) if reset is not None else None
    if reset is None or found is None:
        raise OldButton
    turn.shown = True  # what was pressed stays
    turn.tell(target_texts.why(reset_cards.code_of(turn.work, reset), *found, clock="reset"))


def _claim(turn: Turn, reset_id: str) -> None:
    _claimed(turn, number(reset_id), over=False)


def _take_over(turn: Turn, reset_id: str) -> None:
    _claimed(turn, number(reset_id), over=True)


def _claimed(turn: Turn, reset_id: int, *, over: bool) -> None:
    try:
        reset = office.claim(turn.work, turn.actor, reset_id, over=over)
    except Taken as taken:
        turn.answer(texts.taken(taken.holder_name))
        reset = office.seen(turn.work, turn.actor, reset_id)
    except NotFound:
        _ended(turn, reset_id)
        return
    _show_card(turn, reset)
    reset_cards.redraw(turn, reset, but=[turn.place])


def _release(turn: Turn, reset_id: str) -> None:
    try:
        reset = office.release(turn.work, turn.actor, number(reset_id))
    except NotFound:
        _ended(turn, number(reset_id))
        return
    _show_card(turn, reset)
    reset_cards.redraw(turn, reset, but=[turn.place])


def _ask_to_issue(turn: Turn, reset_id: str) -> None:
    reset = office.seen(turn.work, turn.actor, number(reset_id))
    if reset.outcome is not None or reset.holder != turn.actor.person_id:
        _ended(turn, reset.id) if reset.outcome is not None else turn.answer(texts.refused("not_holder"))
        return
    sure = (
        Button(buttons.SURE_TO_ISSUE, f"rst:sure:{reset.id}"),
        Button(buttons.NOT_TO_ISSUE, f"rst:open:{reset.id}"),
    )
    text = texts.sure_to_issue(reset_cards.row(office.task(turn.work, reset)))
    turn.show(Screen(text, column(*sure)), slot=reset_cards.slot(reset.id))


def _issue(turn: Turn, reset_id: str) -> None:
    """«بله، صادر شود»: the old secret is dead, and the one-time code is on its way to its owner alone."""
    before = office.seen(turn.work, turn.actor, number(reset_id))
    name = office.task(turn.work, before).name
    if not reset_cards.in_reach(turn, before.owner):
        turn.answer(texts.unreachable(name))
        return
    try:
        issued = office.issue(turn.work, turn.actor, before.id)
    except NotFound:
        _ended(turn, before.id)
        return
    reset_cards.take_codes_away(turn, before)
    send_out(Errand(turn.work, turn.office), issued)
    turn.answer(texts.issued(name))
    _show_card(turn, issued.reset)
    reset_cards.redraw(turn, issued.reset, but=[turn.place])


def send_out(at: Errand, issued: Issued) -> None:
    """Hand the one-time code out; who saw the case by its former passcode sees it no more."""
    for view in issued.views:
        if view.platform in at.office.platforms:
            hide(at.work, at.office, view.case_id, view.platform, view.chat_id)
    reset_cards.hand_out(at, issued)


def _show_card(turn: Turn, reset: Reset) -> None:
    turn.show(reset_cards.screen(turn.work, turn.actor, reset), slot=reset_cards.slot(reset.id))


def _ended(turn: Turn, reset_id: int) -> None:
    turn.answer(texts.ended())
    _show_card(turn, office.seen(turn.work, turn.actor, reset_id))


# The owner


def seems_code(text: str) -> bool:
    """Whether a text can only be meant as a one-time code."""
    return text.strip().startswith(resets.PREFIX)


def use(turn: Turn, token: str) -> None:
    """The one-time code was pressed or typed: what was typed leaves the chat.

    Raises:
        SlowWanted: the new passcode is to be made first; hashing it takes too long for a transaction.
    """
    take_away(turn)
    turn.shown = True
    try:
        reset = resets.usable(turn.work, turn.actor, token.strip())
        if reset.case_id is None:
            factors.choose_anew(turn, reset.id)
        else:
            _renew(turn, reset, token.strip())
    except ResetUnusable:
        turn.tell(texts.unusable())


def _renew(turn: Turn, reset: Reset, token: str) -> None:
    secret = turn.incoming.computed
    if not isinstance(secret, NewSecret):
        pepper = turn.work.vault.pepper
        raise SlowWanted(lambda: new_secret(pepper))
    case = resets.renew_passcode(turn.work, turn.actor, token, secret)
    turn.tell(texts.new_passcode(case.code, secret.passcode))
    reset_cards.tell_owner(turn, reset.owner, Screen(texts.renewed_elsewhere(case.code)), but=[turn.place])
    reset_cards.close(turn, reset.id)
    forms.prompt_again(turn)


def _withdraw(turn: Turn, reset_id: str) -> None:
    try:
        before = resets.withdraw(turn.work, turn.actor, number(reset_id))
    except NotFound:
        turn.answer(texts.ended())
        return
    code = reset_cards.code_of(turn.work, before)
    told = Screen((texts.withdrawn_after if before.issued_at else texts.withdrawn)(code))
    turn.shown = True
    turn.tell(told.text)
    reset_cards.tell_owner(turn, before.owner, told, but=[turn.place])
    reset_cards.close(turn, before.id)


_VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "how": lambda turn, _: asking.how(turn),
    "case": lambda turn, code: _aside(turn, lambda: asking.ask_case(turn, code)),
    "factor": lambda turn, _: _aside(turn, lambda: asking.ask_factor(turn)),
    "stop": _withdraw,
    "use": use,
    "list": show_list,
    "open": _open,
    "why": _why,
    "take": _claim,
    "over": _take_over,
    "free": _release,
    "issue": _ask_to_issue,
    "sure": _issue,
}


def _aside(turn: Turn, ask: Callable[[], None]) -> None:
    turn.shown = True  # what was pressed stays
    ask()


# The clock


def expire(work: Work, wiring: Office) -> bool:
    """A sweep: one-time codes that were not used in time end at once; their owners are told by day."""
    at, over = Errand(work, wiring), office.expire(work)
    one_by_one(work, wiring, "expire_resets", over, lambda reset: reset_cards.close(at, reset.id))

    def tell(reset: Reset) -> None:
        reset_cards.tell_owner(at, reset.owner, Screen(texts.expired(reset_cards.code_of(work, reset))))

    one_by_one(work, wiring, "tell_of_resets", office.to_tell(work), tell)
    return bool(over)


def prompt(work: Work, wiring: Office) -> None:
    """A sweep: in office hours, what was asked for since they ended is put before the admins."""
    asked = partial(reset_cards.prompt_admins, Errand(work, wiring))
    one_by_one(work, wiring, "prompt_resets", office.to_prompt(work), asked)


def end_left(work: Work, wiring: Office) -> bool:
    """A sweep: requests of people who have left are ended; the admins' cards say so."""
    at, left = Errand(work, wiring), office.end_left(work)
    one_by_one(work, wiring, "end_left_resets", left, lambda reset: reset_cards.close(at, reset.id))
    return bool(left)


def remind(work: Work, wiring: Office) -> None:
    """A sweep: in office hours, whoever has to see to a request that is late, once."""
    late = partial(_to_admins, Errand(work, wiring), texts.late)
    one_by_one(work, wiring, "remind_resets", office.to_remind(work), late)


def tell_moved(work: Work, wiring: Office) -> None:
    """A sweep: in office hours, the owner and who sees to it hear once why a target has moved."""
    if may_disturb(work):
        moved = partial(_tell_moved, Errand(work, wiring))
        one_by_one(work, wiring, "tell_moved_resets", reset_clocks.moves(work), moved)


def _tell_moved(at: Errand, reset: Reset) -> None:
    if reset.moved_from is None or reset.due_at is None:
        return
    code = reset_cards.code_of(at.work, reset)
    told = Screen(target_texts.moved(code, "reset", reset.moved_from, reset.due_at, reset.moved_for))
    for person_id in filter(None, (reset.owner, reset.holder)):
        reset_cards.tell_owner(at, person_id, told)


def warn(work: Work, wiring: Office) -> None:
    """A sweep: in office hours, whoever has to see to a request that is nearly late, once."""
    near = partial(_to_admins, Errand(work, wiring), texts.nearly_late)
    one_by_one(work, wiring, "warn_of_resets", office.to_warn(work), near)


def _to_admins(at: Errand, told: Callable[[texts.Row], Text], task: Task) -> None:
    card = Screen(told(reset_cards.row(task)), column(Button(buttons.RESETS, "rst:list:0")))
    for person in office.admins_for(at.work, task.reset):
        for place in reset_cards.places(at, person.id):
            post(at.work, at.office, *place, card, lane=Lane.NOTICES)


PART: Final = Part(
    buttons={"rst": (press, 2)},
    words={buttons.FORGOTTEN: asking.how, buttons.RESETS: show_list},
    sweeps=(
        ("expire_resets", expire, 60),
        ("end_left_resets", end_left, 60),
        ("prompt_resets", prompt, 60),
        ("tell_moved_resets", tell_moved, 60),
        ("warn_of_resets", warn, 60),
        ("remind_resets", remind, 60),
    ),
)
