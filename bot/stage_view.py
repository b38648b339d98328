"""The public view of a case as it stands in a chat: drawn when asked for, and drawn again where it stands."""

from bot.screen import Button, Rows, Screen
from messages_fa import buttons, tracking
from messages_fa.markup import Text
from services.tracking import Stage
from storage.work import Work


def slot(case_id: int) -> str:
    """The place of a case's public view in a chat: its newest one."""
    return f"stage:{case_id}"


def screen(work: Work, stage: Stage, *, platform: str, chat_id: int, person_id: int | None) -> Screen:
    """The view for one chat: anybody may follow, the filer sees how many do.

    Args:
        work: this unit.
        stage: what anybody may see.
        platform: where it is shown.
        chat_id: the chat there.
        person_id: whom the office knows the person at the other end as, or None.
    """
    standing, follow = _standing(work, stage, platform, chat_id, person_id)
    text = tracking.stage(
        stage.code,
        stage.stage,
        stage.steps,
        stage.next_step,
        target=stage.target,
        standing=standing,
        drawn_at=work.now,
    )
    why = (Button(buttons.WHY_DUE, f"cal:why:{stage.code}"),) if stage.target else ()
    rows: Rows = (
        (Button(buttons.REFRESH, f"t:{stage.code}"), *follow),
        *((why,) if why else ()),
        (Button(buttons.DETAILS, f"p:{stage.code}"),),
    )
    return Screen(text, rows)


def _standing(
    work: Work, stage: Stage, platform: str, chat_id: int, person_id: int | None
) -> tuple[Text, tuple[Button, ...]]:
    """A word about following, and the button that changes it."""
    if person_id is not None and work.cases.get(stage.case_id).filed_by == person_id:
        count = work.followers.count(stage.case_id)
        end = Button(buttons.END_FOLLOWING, f"w:end:{stage.code}")
        return tracking.followers(count), (end,) if count else ()
    if work.followers.follows(stage.case_id, platform, chat_id):
        return tracking.following(), (Button(buttons.UNFOLLOW, f"w:off:{stage.code}"),)
    return Text(), (Button(buttons.FOLLOW, f"w:on:{stage.code}"),)
