"""The queue «کارتابل» and the card of a case, as reviewers and directors see them."""

from bot import card_view, cards
from bot.conversations import show
from bot.lists import PAGE, first_on, how_many, numbers, pages
from bot.screen import Button, Rows, Screen
from bot.turn import OldButton, Turn
from domain.authority import Deed, plays
from domain.settings import DECISION_TARGET
from messages_fa import buttons, general
from messages_fa import review as words
from messages_fa.markup import Text
from services import desk, files, targets
from services.desk import Filter, QueueRow

FILTERS = {
    Filter.ALL: buttons.QUEUE_ALL,
    Filter.MINE: buttons.QUEUE_MINE,
    Filter.UNCLAIMED: buttons.QUEUE_UNCLAIMED,
    Filter.SIGNATURE: buttons.QUEUE_SIGNATURE,
    Filter.RETURNED: buttons.QUEUE_RETURNED,
    Filter.OVERDUE: buttons.QUEUE_OVERDUE,
    Filter.REVIEWS: buttons.QUEUE_REVIEWS,
}
"""What each filter is called."""


def show_queue(turn: Turn, page: int = 0, which: str = Filter.ALL) -> None:
    """«کارتابل»: the cases that wait, the longest first; the filter is kept across pages.

    Raises:
        OldButton: there is no such filter.
    """
    if which not in FILTERS:
        raise OldButton
    found = desk.queue(turn.work, turn.actor, Filter(which), page=page, size=PAGE)
    first = first_on(found.page)
    rows = [_row(turn, number, row) for number, row in enumerate(found.rows, first)]
    text = words.queue(
        rows,
        FILTERS[found.which],
        waiting=found.counts[Filter.ALL],
        mine=found.counts.get(Filter.MINE),
        page=found.page + 1,
        pages=how_many(found.total),
        target=targets.span_of(turn.work, DECISION_TARGET.name),
    )
    opening = numbers([f"c:{row.case_id}:{row.version}:show" for row in found.rows], first)
    turning = pages(found.page, found.total, f"q:{found.which}")
    turn.show(Screen(text, (*opening, *turning, *_filters(found))), slot="queue")


def show_filtered(turn: Turn, which: Filter) -> None:
    """The name of a filter, typed."""
    if plays(turn.actor, Deed.QUEUE):
        show_queue(turn, which=which)
    else:
        turn.tell(general.not_allowed())


def _row(turn: Turn, number: int, row: QueueRow) -> Text:
    return words.queue_row(
        number,
        row.proposal,
        agency=row.agency_name,
        state=row.state,
        holder=row.holder_name,
        on_behalf=row.on_behalf,
        since=row.clock_from,
        now=turn.work.now,
        due=row.due,
        corrected=row.corrected,
        overdue=row.overdue,
    )


def _filters(found: desk.QueuePage) -> Rows:
    each = [
        Button(buttons.counted(FILTERS[which], count), f"q:{which}:0")
        for which, count in found.counts.items()
    ]
    return tuple(tuple(each[i : i + 2]) for i in range(0, len(each), 2))


def open_waiting(turn: Turn) -> None:
    """«دیدن پیشنهاد», typed: the waiting case if there is one only, else the queue to choose from."""
    if not plays(turn.actor, Deed.QUEUE):
        turn.tell(general.not_allowed())
        return
    rows = desk.queue(turn.work, turn.actor, size=2).rows
    if len(rows) == 1:
        show_card(turn, rows[0].case_id)
    else:
        show_queue(turn)


def show_card(turn: Turn, case_id: int, *, anew: bool = False) -> None:
    """The card, in the message that was pressed, or at the bottom of the chat in place of the one above.

    Raises:
        NotYours: neither reviewer nor director.
    """
    desk.opened(turn.work, turn.actor, case_id)
    cards.show(turn, case_id, card_view.screen(turn.work, turn.actor, case_id), anew=anew)


def send_attachments(turn: Turn, case_id: int) -> None:
    """«پیوست‌ها»: the letter and what else was attached, then the card again, below them."""
    view = desk.view(turn.work, turn.actor, case_id)
    ids = (view.proposal.letter_scan, *view.proposal.attachments)
    kept = [files.content_for(turn.work, turn.actor, case_id, file_id) for file_id in ids]
    turn.tell(words.attachments(len(kept)))
    for place, file in enumerate(kept):
        caption = words.attachment(place, file.name, view.case.code)
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(caption, file_id=file.id))
    show_card(turn, case_id, anew=True)


def send_plan(turn: Turn, case_id: int) -> None:
    """«جدول کامل اقساط», then the card again, below it."""
    view = desk.view(turn.work, turn.actor, case_id)
    for part in show.plan_texts(view.plan):
        turn.tell(part)
    show_card(turn, case_id, anew=True)
