"""Returned cases, and every text about drafts, files and corrections that stands on the golden page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conversation_samples import SCOPE, TODAY, Person, filled

from bot.conversations import correction, engine
from bot.conversations.form import Returned
from bot.conversations.given import JSON
from bot.conversations.proposal import PROPOSAL
from bot.screen import Screen
from domain.proposal import check
from messages_fa import files, form, general, own, receipt
from messages_fa.markup import Text, say
from messages_fa.problems import problem

CODE = "123456789010"
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


def returned(*fields: str, kind: str = "تقسیط") -> Person:
    """A returned case with these answers marked, opened for correction."""
    person = filled(kind)
    answers: dict[str, JSON] = check(person.at.answers, today=TODAY).model_dump(mode="json")
    asks = Returned(list(fields), "مبلغ با حکم نمی‌خواند.", ["marked.1"], answers)
    begun = correction.begin(answers, dict(person.at.files), 3, asks)
    person.outcome = engine.resume(PROPOSAL, begun, SCOPE)
    return person


def screens() -> Iterator[tuple[str, Screen]]:
    """The overview of a draft, and the screens of a correction."""
    yield "screen review", filled("استمهال و تقسیط", until="instalments").presses("بررسی پیش‌نویس").screen
    torn = filled("استمهال و تقسیط").presses("ویرایش ۱۵").types("۴٬۰۰۰٬۰۰۰")
    yield "screen review of a contradiction", torn.presses("بررسی پیش‌نویس").screen
    person = returned("debtor_name", "amount")
    yield "screen correction", person.screen
    yield "summary correction", person.presses("ادامه").types("۱۲۰٬۰۰۰٬۰۰۰").screen
    yield "screen corrected row", person.presses("ویرایش ۱۵").screen
    yield "screen cancel correction", person.presses("انصراف").screen
    yield "screen stopped correction", returned("special_rule").types("بله").screen
    same = returned("amount").presses("ادامه")
    same.outcome = replace(same.outcome, position=replace(same.at, unchanged=True))
    yield "screen unchanged correction", same.screen
    yield "summary returned without marks", returned().screen


def texts() -> Iterator[tuple[str, Text]]:
    """What is said beside the screens of a form."""
    yield "form new question", form.new_question()
    yield "form changed question", form.changed_question()
    yield "form former value", form.former_value(say("{n}", n=100))
    yield "form changed", form.form_changed(["مبلغ بدهی", "نوع بدهی"])
    refused = [(2, "", files.why_refused("text_wanted", {})), (3, "نامه.pdf", problem("file_locked"))]
    yield "files refused", files.album_refused(refused)
    yield "drafts moved", general.draft_moved("رضا کریمی", "bale")
    yield "drafts deleted", general.draft_deleted("رضا کریمی")
    yield "drafts goes on", general.draft_goes_on("رضا کریمی")
    yield "drafts waiting", general.still_open("رضا کریمی", general.draft_at(7, 23, "شماره نامه"))
    yield "drafts none", general.drafts((), Text())
    yield "drafts listed", general.drafts(_drafts(), general.page(1, 2))
    yield "drafts delete", general.delete_draft("رضا کریمی")
    yield "drafts outdated", general.correction_outdated()
    yield "edited in a draft", general.edits_do_not_count(in_draft=True)
    yield "edited in a form", general.edits_do_not_count(in_draft=False)
    yield "no answer", general.no_answer()
    yield "forwarded", general.forwarded_is_no_answer()
    yield "receipt", receipt.filed(CODE, "7K3M9QXA", "")
    yield "receipt with a target", receipt.filed(CODE, "7K3M9QXA", "", NOW + timedelta(days=3))
    yield "receipt of a correction", receipt.resubmitted(CODE, NOW + timedelta(days=3))
    yield "own file", receipt.own_file(1, 2, "نامه.pdf", CODE)
    yield "own last word", own.last_word("return_for_correction", ("marked.1",), "مبلغ با حکم نمی‌خواند.")


AGES = ((0, "چند لحظه پیش"), (1, "یک دقیقه پیش"), (59, "پنجاه و نه دقیقه پیش"), (60, "یک ساعت پیش"))
OLDER = ((23 * 60, "دیروز"), (2 * 1440, "دو روز پیش"), (30 * 1440, "سی روز پیش"), (31 * 1440, "۱۴۰۵/۰۶/۰۹"))


def _drafts() -> list[tuple[str, Text, str]]:
    steps = [
        general.draft_at(7, 23, "شماره نامه"),
        general.draft_at_summary(),
        general.draft_stopped(),
        general.correction_at(2),
        general.correction_at(0),
    ]
    ages = [general.age(NOW - timedelta(minutes=minutes), NOW) for minutes, _ in (*AGES, OLDER[1])]
    return [("رضا کریمی", step, age) for step, age in zip(steps, ages, strict=True)]
