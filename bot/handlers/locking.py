"""A proposal that needs the official's confirmation is locked, and its link given to the officer."""

from bot.handlers import forms
from bot.screen import Button, Screen, column
from bot.turn import Turn
from messages_fa import buttons
from messages_fa import cosign as texts
from services import cosign
from storage.records import FormRun


def offer(turn: Turn, run: FormRun) -> None:
    """«ارسال پیشنهاد» in an agency that wants the confirmation: the link, once; the draft is locked."""
    made = cosign.offer(turn.work, turn.actor, run)
    forms.close(turn)
    links = [
        (platform, link) for platform in turn.platforms if (link := turn.office.link(platform, made.token))
    ]
    take = column(Button(buttons.TAKE_BACK_DRAFT, f"day:take:{run.id}"))
    turn.show(Screen(texts.offered(made.token, links, made.expires_at), take), slot="receipt")
