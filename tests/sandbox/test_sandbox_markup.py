"""Mark-up: entities of Telegram's HTML and Bale's Markdown, and safe HTML for the page."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import markup

PERSIAN = st.text(alphabet="آبپ 😀<>&\"'*_[]()`\na1/", max_size=40)


@given(PERSIAN)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert markup.from_html(html.escape(text, quote=False)) == (text, [])


@given(PERSIAN, PERSIAN)
def test_offsets_count_utf16_units(before: str, bold: str) -> None:
    source = f"{html.escape(before)}<b>{html.escape(bold)}</b>"
    plain, entities = markup.from_html(source.replace("&#x27;", "'"))
    assert plain == before + bold
    raw = plain.encode("utf-16-le")
    assert [raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in entities] == (
        [bold] if bold else []
    )


@given(
    PERSIAN,
    st.lists(st.tuples(st.sampled_from(["bold", "italic", "code"]), st.integers(0, 40), st.integers(1, 9))),
)
def test_the_pages_html_holds_the_text_and_only_our_tags(
    text: str, spans: list[tuple[str, int, int]]
) -> None:
    size = markup.utf16(text)
    entities = [
        {"type": kind, "offset": at, "length": length} for kind, at, length in spans if at + length <= size
    ]
    made = markup.to_html(text, entities)
    bare = re.sub(r"</?(b|i|code)>", "", made).replace("<br>", "\n")
    if "😀" not in text:  # an edge within a pair of surrogates has no text of its own
        assert html.unescape(bare) == text
    assert "<" not in bare


@pytest.mark.parametrize(
    ("source", "plain", "kinds"),
    [
        ("*کد*", "کد", ["bold"]),
        ("سلام _مریم_ خانم", "سلام مریم خانم", ["italic"]),
        ("*دو کلمه*\n_سطر_", "دو کلمه\nسطر", ["bold", "italic"]),
        ("a*b*c", "a*b*c", []),
        ("x*کد* y", "x*کد* y", []),
        ("*کد*.", "*کد*.", []),
        ("* کد *", "* کد *", []),
        ("2 * 3 * 4", "2 * 3 * 4", []),
        ("`کد`", "`کد`", []),
        ("[راه](https://a.ir)", "راه", ["text_link"]),
        ("*بنگر [راه](https://a.ir)*", "بنگر راه", ["bold", "text_link"]),
        ("[x] (y)", "[x] (y)", []),
    ],
)
def test_bales_marks_count_only_beside_spaces(source: str, plain: str, kinds: list[str]) -> None:
    shown, entities = markup.from_bale(source)
    assert (shown, [e["type"] for e in entities]) == (plain, kinds)


def test_nested_tags_give_nested_entities() -> None:
    plain, entities = markup.from_html('<pre><code class="language-py">x</code></pre> <u>a<s>b</s></u>')
    assert plain == "x ab"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("code", 0, 1),
        ("pre", 0, 1),
        ("underline", 2, 2),
        ("strikethrough", 3, 1),
    ]


def test_a_link_that_could_run_a_script_is_only_text() -> None:
    assert (
        markup.to_html("x", [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:a()"}]) == "x"
    )


def test_white_space_at_the_ends_goes_and_offsets_follow() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 4}]
    assert markup.strip(" ab ", entities) == ("ab", [{"type": "bold", "offset": 0, "length": 2}])
