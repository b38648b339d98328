"""What a messenger makes tappable by itself in a text that nobody has marked."""

import pytest

from sandbox.markup import by_itself, from_html


def found(source: str) -> list[tuple[str, str]]:
    plain, entities = from_html(source)
    raw = plain.encode("utf-16-le")
    return [
        (e["type"], raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in by_itself(plain, entities)
    ]


@pytest.mark.parametrize(
    ("source", "entities"),
    [
        ("😀 https://example.ir/x؟", [("url", "https://example.ir/x؟")]),
        ("به example.ir و 192.0.2.1", [("url", "example.ir"), ("url", "192.0.2.1")]),
        ("به سایت.ایران/خانه", [("url", "سایت.ایران/خانه")]),
        ("sara@example.ir و @sara_m", [("email", "sara@example.ir"), ("mention", "@sara_m")]),
        ("/menu و الف/menu و 12/345", [("bot_command", "/menu")]),
        ("#برچسب #12 $IRR $12", [("hashtag", "#برچسب"), ("cashtag", "$IRR")]),
        ("<b>/menu</b> <code>/menu</code>", [("bold", "/menu"), ("bot_command", "/menu"), ("code", "/menu")]),
        ('<a href="https://a.ir">a.ir</a>', [("text_link", "a.ir")]),
        ("letter.pdf، ۱۴۰۵/۰۷/۰۹، 12.500.000.000، example\u2060.ir", []),
    ],
)
def test_it_is_what_looks_like_one(source: str, entities: list[tuple[str, str]]) -> None:
    assert found(source) == entities
