"""A file offered to the form that is open in a chat: one, or one of an album."""

from dataclasses import replace

from bot.conversations import engine
from bot.conversations.attached import arrived, insist_on_room, refused
from bot.conversations.engine import Outcome, Problem
from bot.conversations.files import SIZE_LIMIT_MB, check_file
from bot.conversations.given import FileAnswer, Given
from bot.handlers.answering import settle
from bot.handlers.forms import Open, Ready, current
from bot.incoming import FileWanted, Offered
from bot.turn import Turn
from messages_fa import files as texts
from messages_fa import general
from messages_fa.markup import Text, paragraphs
from persian.errors import Unreadable
from services import file_share, files


def file(turn: Turn) -> Ready | None:
    """Take a file at a step that asks for one.

    The files of an album come one by one; all of them share one screen, which names those not taken.

    Raises:
        FileWanted: its bytes are not here yet.
    """
    now, offered = current(turn), turn.incoming.file
    if now is None or offered is None:
        turn.tell(general.file_not_expected())
        return None
    now = replace(now, position=arrived(now.position, turn.incoming.album))
    try:
        given = _given_file(turn, now, offered)
    except Unreadable as problem:
        missed = replace(now.position, misses=now.position.misses + 1)
        outcome = Outcome(missed, Problem(problem.code, problem.values))
    else:
        outcome = engine.answer(now.form, now.position, given, now.scope)
    return settle(turn, now, _of_album(outcome, offered))


def _of_album(outcome: Outcome, offered: Offered) -> Outcome:
    """Of an album's file: what was refused so far, in the place of a problem of this file alone."""
    problem, position = outcome.problem, outcome.position
    if position.album is None:
        return outcome
    if problem is not None:
        # Ten files that are refused at once are no more than one miss.
        position = replace(position, misses=1)
        position = refused(position, files.tidy_name(offered.name), problem.code, problem.values)
    rows = position.album.refused if position.album else []
    told = [(row["place"], row["name"], texts.why_refused(row["code"], row["values"])) for row in rows]
    note = paragraphs(texts.album_refused(told) if told else Text(), outcome.note or Text())
    return replace(outcome, position=position, problem=None, note=note)


def _given_file(turn: Turn, now: Open, offered: Offered) -> Given:
    """The offered file, kept.

    Raises:
        Unreadable: it is not taken here or now, not of a kind or size that is, or there already.
        FileWanted: its bytes are not here yet.
    """
    step, content = engine.asked(now.form, now.position), turn.incoming.content
    if step is None or not step.kind.takes_file or now.position.leaving:
        raise Unreadable(engine.refusal_of_file(now.form, now.position).code)
    if offered.size > SIZE_LIMIT_MB * 2**20:
        raise Unreadable("file_too_large", limit=SIZE_LIMIT_MB)
    insist_on_room(step, now.position, offered.size)
    stranger = file_share.is_bounded(turn.actor)
    if stranger and turn.office.room.low:
        raise Unreadable("no_room")
    if content is None:
        if stranger:
            file_share.insist(turn.work, turn.asker, offered.size)
        raise FileWanted(offered, stranger=stranger)
    clean = check_file(offered.name, offered.mime, turn.incoming.verdict)
    insist_on_room(step, now.position, len(content))
    if files.is_among(turn.work, [int(number) for number in now.position.files], content):
        raise Unreadable("file_repeated")
    name = files.tidy_name(offered.name) or ("" if offered.is_photo else texts.UNNAMED)
    if stranger:
        file_share.take(turn.work, turn.asker, len(content) + len(clean.content))
    stored = files.keep(turn.work, name, clean.mime, content, clean.content, form_id=now.run.id)
    return Given(file=FileAnswer(stored.id, stored.name, stored.size, stored.mime))
