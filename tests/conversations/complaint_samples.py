"""Samples of complaints and of the survey, for the golden page and the rules of every text."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bot.conversations.complaint_forms import COMPLAINT_FORMS
from messages_fa import (
    buttons,
    complaint_ask,
    complaint_card,
    complaint_desk,
    complaints,
    form,
    general,
    survey,
)
from messages_fa.markup import Text, say

NOON = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
DUE = date(2026, 10, 6)
CODE = "123456789012"
OTHER = "210987654321"
LINK = "https://ble.ir/mohlat_bot?start=123456789012"
WORDS = "نتیجه پیشنهاد ما در زمان گفته‌شده اعلام نشد."
STEPS = (("received", NOON), ("in_hand", NOON + timedelta(hours=2)), ("escalated", NOON + timedelta(days=3)))
SAID = (
    ("ask", "نامه در چه تاریخی فرستاده شد؟", NOON),
    ("reply", "روز ۵ مهر.", NOON + timedelta(hours=1)),
    ("answer", "رسیدگی شد و نتیجه اعلام شده است.", NOON + timedelta(days=1)),
    ("object", "نتیجه به دست ما نرسید.", NOON + timedelta(days=2)),
)


def texts() -> Iterator[tuple[str, Text]]:
    """Every text, each with its title."""
    yield from _questions()
    yield from _sender()
    yield from _desk()
    yield from _survey()
    yield from ((f"complaint label {n}", say("{label}", label=label)) for n, label in enumerate(_labels(), 1))


def _questions() -> Iterator[tuple[str, Text]]:
    for each in COMPLAINT_FORMS:
        for step in {step.name: step for step in each.steps}.values():
            yield f"question {each.name}.{step.name}", step.ask({"kind": "complaint"})
            if step.why is not None:
                yield f"why {each.name}.{step.name}", step.why()
    yield "question complaint.text (no type yet)", complaint_ask.ask_text({})
    yield "complaint wrong passcode", complaint_ask.wrong_passcode()
    yield "complaint cancel", form.cancel_question("شکایت")
    yield "complaint to send", form.to_send(buttons.SEND_COMPLAINT)
    yield "complaint left for later", general.left_for_later(buttons.COMPLAIN)
    yield "complaint draft kept", general.draft_kept("شکایت: شیوه برخورد", buttons.COMPLAIN)


def _sender() -> Iterator[tuple[str, Text]]:
    yield "complaint filed", complaints.filed("complaint", CODE, due=DUE, link=LINK)
    yield "complaint filed without a target", complaints.filed("suggestion", CODE, due=None)
    yield "complaint filed anonymously", complaints.filed("fault", CODE, due=DUE, passcode="7K3MNP2Q")
    yield "complaint already filed", complaints.already_filed(CODE)
    stage = complaints.stage
    yield (
        "complaint stage",
        stage(CODE, "received", STEPS[:1], due=DUE, escalated=False, by_passcode=True),
    )
    yield (
        "complaint stage escalated",
        stage(CODE, "in_hand", STEPS, due=None, escalated=True, by_passcode=False),
    )
    yield "complaint unanswered after its passcode", complaints.unanswered(SAID[1][1])
    yield "complaint said", complaints.said(SAID)
    yield "complaint satisfied", complaints.satisfied_question()
    yield "complaint last answer", complaints.last_answer()
    yield "complaint answered", complaints.answered(CODE, SAID[2][1], last=False)
    yield "complaint answered for good", complaints.answered(CODE, SAID[2][1], last=True)
    yield "complaint asked", complaints.asked(CODE, SAID[0][1])
    yield "complaint resumed", complaints.resumed(CODE)
    yield "complaint in hand", complaints.in_hand(CODE)
    yield "complaint replied", complaints.replied()
    yield "complaint accepted", say("{text}", text=complaints.accepted())
    yield "complaint objected", complaints.objected(DUE)
    yield "complaint objected without a target", complaints.objected(None)
    yield "complaint changed", say("{text}", text=complaints.not_now())
    yield "complaint several wait", complaints.several_wait()
    yield "complaint none waits", complaints.none_waits()


def _desk() -> Iterator[tuple[str, Text]]:
    desk = complaint_desk
    yield "complaints prompt", desk.prompt("complaint", "delay", CODE)
    yield "complaints prompt objection", desk.prompt("complaint", "delay", CODE, objection=True)
    yield "complaints prompt status", desk.prompt_status(CODE, "in_hand", "لیلا احمدی")
    yield "complaints handed over", desk.handed_over(CODE, "لیلا احمدی")
    yield "complaints escalated", desk.escalated(CODE)
    yield "complaints went up", desk.went_up(CODE)
    yield "complaints taken away", desk.taken_away(CODE)
    yield "complaints replied", desk.replied(CODE)
    yield "complaints stranded", desk.stranded(CODE)
    yield "complaints without a director", desk.no_director(CODE)
    yield "complaints digest", desk.digest(12)
    yield "complaints waiting", desk.waiting(3)
    yield "complaints queue", desk.queue(buttons.OPEN_COMPLAINTS, _rows(), page=1, pages=2)
    yield "complaints queue empty", desk.queue(buttons.QUEUE_MINE, [], page=1, pages=1)
    yield "complaints card", _card(anonymous=False)
    yield "complaints card anonymous", _card(anonymous=True)
    yield "complaints card about a complaint", _card(anonymous=True, about_complaint=True)
    yield (
        "complaints said",
        complaint_card.said([(*row, "delay" if row[0] == "answer" else "") for row in SAID]),
    )
    yield "complaints notes", complaint_card.notes([(NOON, "لیلا احمدی", "با واحد بررسی تماس گرفته شد.")])
    yield "complaints left out", complaint_card.left_out()
    yield "complaints attachment", complaint_card.attachment(1, CODE)
    yield "complaints colleague", desk.colleague_question()
    yield "complaints answer sent", desk.answer_sent()
    yield "complaints question sent", desk.question_sent()
    yield "complaints noted", desk.noted()
    yield "complaints kept as a note", desk.kept_as_note(desk.changed())
    yield "complaints not kept", desk.not_kept(desk.not_yours("not_independent"), SAID[2][1])
    short = (
        desk.given_to("مینا نادری"),
        desk.taken("لیلا احمدی"),
        desk.no_colleague(),
        desk.changed(),
        desk.incomplete(),
        *(
            desk.not_yours(why)
            for why in ("", "not_independent", "not_holder", "anonymous", "unfit_colleague")
        ),
    )
    for number, text in enumerate(short, 1):
        yield f"complaints short answer {number}", say("{text}", text=text)


def _rows() -> list[Text]:
    late, waiting = NOON - timedelta(hours=1), NOON + timedelta(days=2)
    return [
        complaint_desk.queue_row(
            number,
            "complaint",
            "decision",
            state,
            holder=holder,
            since=NOON - timedelta(days=number),
            now=NOON,
            due=due,
            overdue=due == late,
        )
        for number, state, holder, due in (
            (1, "in_hand", "لیلا احمدی", late),
            (2, "received", "", waiting),
            (3, "awaiting_reply", "مینا نادری", None),
        )
    ]


def _card(*, anonymous: bool, about_complaint: bool = False) -> Text:
    return complaint_card.card(
        "complaint",
        "delay",
        CODE,
        "in_hand",
        WORDS,
        sender="" if anonymous else "سارا محمدی",
        behalf="" if anonymous else "حسن یوسفی",
        anonymous=anonymous,
        case_code="" if anonymous else OTHER,
        typed_code=OTHER,
        about_complaint=about_complaint,
        files=0 if anonymous else 2,
        filed_at=NOON,
        due=NOON + timedelta(days=2),
        overdue=anonymous,
        escalated=anonymous,
        objected=not anonymous,
        holder="لیلا احمدی",
    )


def _survey() -> Iterator[tuple[str, Text]]:
    yield "survey case", survey.question("case", CODE)
    yield "survey complaint", survey.question("complaint", CODE)
    yield "survey again", survey.question("case", CODE, again=True)
    yield "survey scored", survey.scored(5, CODE, low=False)
    yield "survey scored low", survey.scored(2, CODE, low=True, commented=True)
    yield "survey too late", say("{text}", text=survey.too_late())
    yield "survey thanks", say("{text}", text=survey.thanks(4))
    yield "survey commented", survey.commented()
    yield "survey none asked", survey.none_asked()


def _labels() -> list[str]:
    return [
        complaint_ask.own_case("حسن یوسفی", "in_review"),
        complaints.title({"kind": "complaint", "category": "conduct"}),
        complaints.title({}),
        buttons.continue_form("شکایت"),
        survey.typed_label(4),
        "گزینه " + survey.score_label(4),
        "گزینه " + survey.score_label(4, on=True),
    ]
