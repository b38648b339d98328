"""The two descriptions: mark-up that user text cannot break, limits, and updates with missing parts."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming import Incoming
from bot.platforms import BALE, PLATFORMS, TELEGRAM, Platform, Unparsable
from bot.platforms.platform import units
from bot.screen import Button, Screen, column
from messages_fa.markup import RLM, Span, Struck, Style, Text, code_line, lines, say
from sandbox import Sandbox
from sandbox.markup import from_bale, from_html

MARKS = st.text(alphabet=" \nسلام‌ab1<>&\"'*_[]()`\\😀", max_size=40)
SPANS = st.builds(Span, MARKS, st.sampled_from([Style.PLAIN, Style.BOLD, Style.CODE]))
TEXTS = st.builds(lambda spans: Text(tuple(spans)), st.lists(SPANS, max_size=6))
BARE = str.maketrans({"*": "٭", "_": "＿", "[": "(", "]": ")", "`": "'"})


@given(TEXTS)
def test_telegram_shows_every_character_and_only_our_own_marks(text: Text) -> None:
    shown, entities = from_html(TELEGRAM.render(text))
    assert shown == text.plain
    marked = sum(bool(span.text) and span.style is not Style.PLAIN for span in text.spans)
    assert len(entities) == marked


@given(TEXTS)
def test_bale_shows_every_character_and_only_our_own_marks(text: Text) -> None:
    shown, entities = from_bale(BALE.render(text))
    # A code on a line of its own has the mark from which that line runs from the right.
    bare = (each.replace(RLM, "") for each in (shown, text.plain.translate(BARE)))
    assert len({"".join(each.split()) for each in bare}) == 1
    bold = [
        line.strip()
        for span in text.spans
        if span.style is Style.BOLD
        for line in span.text.translate(BARE).splitlines()
        if line.strip()
    ]
    raw = shown.encode("utf-16-le")
    found = [
        raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in sorted(entities, key=lambda e: e["offset"])
    ]
    assert found == bold
    assert {e["type"] for e in entities} <= {"bold"}


@given(TEXTS)
def test_a_plain_retry_holds_no_mark_of_ours(text: Text) -> None:
    for platform in PLATFORMS.values():
        method, params = platform.params(Screen(text), 5)
        bare = platform.plain(params)
        assert method == "sendMessage"
        assert "parse_mode" not in bare
    assert TELEGRAM.plain(TELEGRAM.params(Screen(text), 5)[1])["text"] == text.plain


@given(st.lists(st.tuples(st.integers(1, 5000), st.sampled_from(list(Style))), max_size=4))
def test_no_text_is_longer_than_the_platform_takes(parts: list[tuple[int, Style]]) -> None:
    text = Text(tuple(Span("س😀"[number % 2] * number, style, "https://x.ir") for number, style in parts))
    shown, _ = from_html(TELEGRAM.params(Screen(text), 5)[1]["text"])
    assert units(shown) <= 4096
    assert len(BALE.params(Screen(text), 5)[1]["text"]) <= 4096
    assert len(BALE.params(Screen(text, file_id=1), 5)[1]["caption"]) <= 1024


def test_a_link_is_a_link_on_both() -> None:
    text = Text((Span("ببینید: "), Span("اینجا [۱]", Style.LINK, "https://x.ir/a_(b)?c=1&d")))
    assert TELEGRAM.render(text) == 'ببینید: <a href="https://x.ir/a_(b)?c=1&amp;d">اینجا [۱]</a>'
    assert BALE.render(text) == "ببینید: [اینجا (۱)](https://x.ir/a_%28b%29?c=1&d)"
    assert BALE.strip(BALE.render(text)) == "ببینید: اینجا (۱) (https://x.ir/a_%28b%29?c=1&d)"


def test_what_held_once_is_struck_out_or_called_so() -> None:
    text = say("زمان پیشین: {was}، زمان تازه: ۱۰", was=Struck("۹ < ۱۰"))
    assert TELEGRAM.render(text) == "زمان پیشین: <s>۹ &lt; ۱۰</s>، زمان تازه: ۱۰"
    assert TELEGRAM.strip(TELEGRAM.render(text)) == "زمان پیشین: ۹ < ۱۰، زمان تازه: ۱۰"
    assert BALE.render(text) == "زمان پیشین: (پیش‌تر: ۹ < ۱۰)، زمان تازه: ۱۰"


def test_a_code_on_bale_stands_on_a_line_of_its_own_with_its_digits_untouched() -> None:
    text = Text((Span("کد: "), Span("1234 5678 9012", Style.CODE), Span(" را نگه دارید.")))
    assert BALE.render(text) == "کد:\n\u200f1234 5678 9012\nرا نگه دارید."
    assert TELEGRAM.render(text) == "کد: <code>1234 5678 9012</code> را نگه دارید."


def test_a_tracking_code_begins_its_line_from_the_right_and_takes_no_other_line() -> None:
    text = lines(say("کد رهگیری:"), code_line("123456789012"), say("زمان"))
    assert BALE.render(text) == "کد رهگیری:\n\u200f1234\u00a05678\u00a09012\nزمان"


def test_the_calls_that_show_a_screen() -> None:
    screen = Screen(say("سلام"), column(Button("دیدن", "c:1"), Button("سایت", url="https://x.ir")))
    buttons = {
        "inline_keyboard": [
            [{"text": "دیدن", "callback_data": "c:1"}],
            [{"text": "سایت", "url": "https://x.ir"}],
        ]
    }
    assert BALE.params(screen, 5, reply_to=3) == (
        "sendMessage",
        {"chat_id": 5, "text": "سلام", "reply_markup": buttons, "reply_to_message_id": 3},
    )
    assert TELEGRAM.params(screen, 5, reply_to=3)[1]["reply_parameters"]["message_id"] == 3
    assert BALE.edit_params(screen, 5, 9) == (
        "editMessageText",
        {"chat_id": 5, "text": "سلام", "reply_markup": buttons, "message_id": 9},
    )
    assert "message_id" not in TELEGRAM.edit_params(screen, 5)[1]


def test_a_keyboard_or_a_file_cannot_be_edited_in_and_is_sent_anew() -> None:
    method, params = BALE.edit_params(Screen(say("منو"), keyboard=(("الف", "ب"),)), 5, 9)
    assert (method, params["reply_markup"]) == (
        "sendMessage",
        {"keyboard": [[{"text": "الف"}, {"text": "ب"}]], "resize_keyboard": True},
    )
    assert BALE.edit_params(Screen(say("نامه"), file_id=4), 5, 9) == (
        "sendDocument",
        {"chat_id": 5, "stored_file": 4, "caption": "نامه"},
    )
    assert BALE.params(Screen(say("بسته"), keyboard=()), 5)[1]["reply_markup"] == {"remove_keyboard": True}


def test_deep_links() -> None:
    assert TELEGRAM.link("mohlat_bot", "x_1") == "https://t.me/mohlat_bot?start=x_1"
    assert BALE.link("mohlat_bot", "x_1") == "https://ble.ir/mohlat_bot?start=x_1"


async def test_what_a_phone_sends_is_understood(platform: str) -> None:
    sandbox = Sandbox()
    bot = sandbox.add_bot(platform, "123:x", "mohlat_bot", "مهلت")
    person = sandbox.add_person("officer", "آزاده", platform=platform)
    phone = sandbox.person(platform, "officer")
    await phone.start("kod")
    await phone.send("سلام")
    await phone.send_file(b"%PDF-1.7 x", "نامه.pdf", caption="مدرک")
    await phone.share_contact("09121234567")
    await phone.edit(phone.messages()[1]["id"], "درود")
    await phone.open_group("گروه")
    there = PLATFORMS[platform]
    raws = [json.loads(body) for body in bot.updates.batch(100)]
    found = [incoming for raw in raws if (incoming := there.parse(raw)) is not None]
    assert [(one.kind, one.text) for one in found] == [
        ("text", "/start kod"),
        ("text", "سلام"),
        ("file", "مدرک"),
        ("contact", ""),
        ("edited", "درود"),
        ("joined_group", ""),
    ]
    assert {(one.platform, one.user_id, one.user_name) for one in found} == {
        (platform, person.user_id, "آزاده")
    }
    assert [one.chat_id == one.user_id for one in found] == [True] * 5 + [False]
    assert found[2].file is not None
    assert (found[2].file.name, found[2].file.mime, found[2].file.size) == (
        "نامه.pdf",
        "application/pdf",
        10,
    )


WHO = {"id": 5, "is_bot": False, "first_name": "آزاده", "last_name": "ن"}
MESSAGE = {"message_id": 1, "date": 1_700_000_000, "chat": {"id": 5, "type": "private"}, "from": WHO}


def both(raw: dict[str, Any]) -> list[Incoming | None]:
    return [platform.parse(copy.deepcopy(raw)) for platform in (TELEGRAM, BALE)]


@pytest.mark.parametrize(
    "unknown",
    [
        {"voice": {}},
        {"sticker": {"x": 1}},
        {"poll": None},
        {"web_app_data": 7},
        {"invoice": "x"},
        {"entities": "no"},
    ],
)
def test_parts_that_mean_nothing_cannot_make_an_update_unreadable(unknown: dict[str, Any]) -> None:
    for found in both({"update_id": 1, "message": {**MESSAGE, **unknown}}):
        assert found is not None
        assert found.kind == "other"


def test_what_bale_leaves_out_is_filled_in() -> None:
    query = {"id": "47", "from": {"id": 5}, "data": "c:1", "message": {"message_id": 7, "chat": {"id": 5}}}
    found = BALE.parse({"update_id": 1, "callback_query": query})
    assert found is not None
    assert (found.kind, found.data, found.query_id, found.message_id) == ("press", "c:1", "47", 7)
    photo = {**MESSAGE, "photo": [{"file_id": "a"}, {"file_id": "b", "width": 9, "height": 9}]}
    found = BALE.parse({"update_id": 1, "message": photo})
    assert found is not None
    assert found.file is not None
    assert (found.file.file_id, found.file.is_photo) == ("b", True)


@pytest.mark.parametrize(
    ("chat", "sender", "kind"),
    [
        ({"id": 5}, {"from": WHO}, "private"),
        ({"id": 6}, {"from": WHO}, "group"),
        ({"id": 5}, {}, "group"),
        ({"id": 6, "type": "private"}, {"from": WHO}, "private"),
        ({"id": 5, "type": "channel"}, {"from": WHO}, "channel"),
    ],
)
def test_a_bale_chat_of_no_kind_is_private_only_where_it_is_the_sender_s_own(
    chat: dict[str, Any], sender: dict[str, Any], kind: str
) -> None:
    message = {"message_id": 1, "date": 1_700_000_000, "chat": chat, "text": "سلام", **sender}
    found = BALE.parse({"update_id": 1, "message": message})
    assert found is not None
    assert found.chat_type == kind


@pytest.mark.parametrize(("chat_id", "kind"), [(5, "private"), (6, "group")])
def test_a_press_in_a_bale_chat_of_no_kind_is_judged_by_who_pressed(chat_id: int, kind: str) -> None:
    shown = {"message_id": 7, "chat": {"id": chat_id}, "from": {"id": chat_id}}
    query = {"id": "47", "from": {"id": 5}, "data": "c:1", "message": shown}
    found = BALE.parse({"update_id": 1, "callback_query": query})
    assert found is not None
    assert found.chat_type == kind


def test_a_message_passed_on_is_known_as_such() -> None:
    for part in ({"forward_date": 1}, {"forward_from": WHO}, {"forward_origin": {"type": "user"}}):
        for found in both({"update_id": 1, "message": {**MESSAGE, "text": "x", **part}}):
            assert found is not None
            assert found.forwarded


def test_text_is_made_fit_for_every_store() -> None:
    for found in both({"update_id": 1, "message": {**MESSAGE, "text": "الف\0\ud800ب😀"}}):
        assert found is not None
        assert found.text == "الف\ufffdب😀"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
WHOLE = {
    "update_id": 1,
    "message": {
        **MESSAGE,
        "text": "0499370899",
        "document": {"file_id": "a", "file_unique_id": "b", "file_name": "n", "file_size": 3},
        "contact": {"phone_number": "0912", "first_name": "x", "user_id": 5},
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
    },
    "callback_query": {"id": "4", "from": WHO, "message": MESSAGE, "data": "x", "chat_instance": "1"},
}


def paths(value: object, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, part in inner for path in paths(part, (*at, key)))][0 if at else 1 :]


@given(
    st.sampled_from(["message", "edited_message", "callback_query"]),
    st.lists(st.tuples(st.sampled_from(paths(WHOLE)), JSON), min_size=1, max_size=4),
)
def test_a_malformed_update_is_understood_or_unparsable_but_never_anything_else(
    kind: str, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    raw: Any = copy.deepcopy(WHOLE)
    for path, value in changes:
        place = raw
        try:
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
        except (TypeError, LookupError):
            continue
    chosen = {"update_id": 1, kind: raw.get(kind, raw.get("message"))}
    for platform in (TELEGRAM, BALE):
        found = tried(platform, chosen)
        if isinstance(found, Unparsable):
            assert found.reason.isidentifier()
            assert found.__context__ is None
        else:
            assert found is None or isinstance(found.chat_id, int)


def tried(platform: Platform, raw: dict[str, Any]) -> Incoming | Unparsable | None:
    try:
        return platform.parse(copy.deepcopy(raw))
    except Unparsable as error:
        return error
