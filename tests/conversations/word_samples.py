"""Samples of what every part says, of short answers and of the labels of rows, for the golden page."""

from collections.abc import Iterator

from desk_samples import CODE, NOON, PROPOSAL
from outside_samples import said

from domain.plan import plan_of
from messages_fa import (
    buttons,
    card,
    delivery,
    files,
    form,
    general,
    month,
    plan,
    reasons,
    receipt,
    review,
    why,
)
from messages_fa.markup import Text, say


def texts() -> Iterator[tuple[str, Text]]:
    """Every text with its title."""
    yield from _general()
    yield from _receipts()
    yield from _short_answers()
    yield "delivery repeated", delivery.repeat_note(17)
    yield "delivery moved", said(delivery.moved_note())
    yield "delivery delete yourself", said(delivery.delete_yourself())
    yield "delivery unshown", said(delivery.unshown_note())
    yield "form more options", form.more_options(12)
    yield "form marked", form.marked_value(say("مبلغ بدهی، تاریخ نامه"))
    yield "form secret", form.secret_received()
    yield "form way out", why.way_out()
    yield "files received", files.received("تصویر نامه", "letter.pdf", 1_572_864)
    yield from ((f"plan whole {n}", part) for n, part in enumerate(plan.whole(plan_of(PROPOSAL)), 1))
    yield "desk attachments", review.attachments(2)
    yield "desk letter", review.attachment(0, "letter.pdf", CODE)
    yield "desk attachment", review.attachment(1, "رأی.pdf", CODE)


def labels() -> list[str]:
    """One of each kind of label that is made for a row."""
    return [
        buttons.edit_row(3),
        buttons.row(3, "شماره نامه"),
        buttons.answer_row(7, "مبلغ بدهی"),
        buttons.delete_row(2),
        buttons.numbered(3, "حسن یوسفی"),
        buttons.continue_draft(2),
        buttons.correct_row(2),
        buttons.delete_draft(2),
        buttons.unlink_row(2),
        buttons.version(2),
        buttons.end_substitute(1),
        buttons.revoke_role("مدیر"),
        buttons.ticked("مبلغ بدهی", on=True),
        buttons.ticked("مبلغ بدهی", on=False),
        buttons.marked("مبلغ بدهی", on=True),
        buttons.marked("مبلغ بدهی", on=False),
        buttons.counted("نزد من", 3),
        card.condition(1, "amount"),
    ]


def _general() -> Iterator[tuple[str, Text]]:
    labels = [buttons.NEW, buttons.TRACK, buttons.QUEUE, buttons.PEOPLE, buttons.SETTINGS]
    yield "general greeting", general.greeting("سارا محمدی", ["کارشناس دستگاه"])
    yield "general greeting a stranger", general.greeting_stranger()
    yield "general menu", general.menu()
    yield "general help", general.help_text(labels, "۰۲۵۳۷۷۷۱۲۳۴")
    yield "general not understood", general.not_understood()
    yield "general link not understood", general.link_not_understood()
    yield "general not allowed", general.not_allowed()
    yield "general nothing to cancel", general.nothing_to_cancel()
    yield "general nothing to go back in", general.nothing_to_go_back_in()
    yield "general file not expected", general.file_not_expected()
    yield "general private only", general.private_only()
    yield "general apology", general.apology("a1b2c3")
    for code in general.ALARMS:
        yield f"general alarm {code}", general.alarm(code, "a1b2c3")
    yield "general kept back", general.kept_back(3, 1)
    yield "general resumed", general.resumed()
    yield "general draft kept", general.draft_kept("رضا کریمی")
    yield "general form left", general.form_left()
    yield "general slower", general.slower()
    yield "general draft gone", general.draft_gone()
    yield "general correction outdated", general.correction_outdated()


def _receipts() -> Iterator[tuple[str, Text]]:
    yield "receipt already filed", receipt.already_filed(CODE)
    yield "receipt stage changed", receipt.stage_changed(CODE, "in_review", "حسن یوسفی", NOON)
    yield "receipt agreed", receipt.agreed(offence=True)
    yield "receipt not agreed", receipt.not_agreed(("special_rule.1", "other.1"), "سند نیست.")
    yield "receipt not agreed, to be reviewed", receipt.not_agreed(("special_rule.1",), "", reviewable=True)
    yield "receipt superseded", receipt.superseded(("mistake.1",), "مبلغ اشتباه خوانده شد.")
    yield "receipt returned", receipt.returned(("marked.1",), "مبلغ با حکم نمی‌خواند.", ("amount",))


def _short_answers() -> Iterator[tuple[str, Text]]:
    for refusal in review.NOT_YOURS:
        yield f"answer not yours {refusal}", said(review.not_yours(refusal))
    answers = {
        "not yours": review.not_yours(""),
        "old button": general.old_button(),
        "erased": general.erased(),
        "no such day": month.not_a_day(),
        "no colleague": review.no_colleague(),
        "tick first": review.tick_first(),
        "taken": review.taken("مینا صادقی"),
        "changed": review.changed(),
        "incomplete": review.incomplete(),
        "reason not offered": reasons.not_offered(),
        "taken back": review.taken_back(),
        "given to": review.given_to("مینا صادقی"),
    }
    yield from ((f"answer {title}", said(text)) for title, text in answers.items())
