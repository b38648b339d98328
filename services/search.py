"""Finding one's own cases by debtor, tracking code or letter number, while no word of them lies in the clear.

What is stored of a word is a keyed digest bound to the filer, so that neither two filers' words nor two
offices' can be compared without the key.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from domain.authority import Deed, require_person
from domain.roles import Actor
from persian.codes import parse_tracking_code
from persian.errors import Unreadable
from persian.text import ZWNJ, key
from services.cases import proposal_of
from storage.records import Case, Page
from storage.vault import Vault
from storage.work import Work

SHORTEST: Final = 3
"""Letters from which the beginning of a word finds it."""
LONGEST: Final = 12
"""Letters up to which beginnings are kept; a longer one is found by its whole."""
WORDS: Final = 20
"""Words of a name that are kept, and words of a question that are read: a technical bound."""
_BYTES: Final = 16

_SPLIT: Final = re.compile(r"[\W_]+")


def write(work: Work, case: Case) -> None:
    """Let a case just filed be found."""
    work.terms.put(case.id, _terms(work.vault, case))


def rewrite(work: Work, case: Case) -> None:
    """Let a corrected case be found by what it says now.

    Call it after the case has moved. A case that `fill` has not come to yet is left to it.
    """
    first = work.terms.first()
    if first is not None and case.id >= first:
        write(work, case)


def fill(work: Work, limit: int) -> int:
    """Let some of the cases be found that were filed before there was a search; returns how many."""
    ids = work.terms.without(limit)
    for case_id in ids:
        write(work, work.cases.get(case_id))
    return len(ids)


def find(work: Work, *, actor: Actor, typed: str, limit: int, offset: int = 0) -> Page:
    """Some of the own cases that fit what was typed, the newest first.

    A whole tracking code finds its case, a letter number (from its beginning) its cases, and anything else
    the debtors whose names have all the words, or words that begin so.

    Raises:
        NotYours: no officer.
    """
    person_id = require_person(actor, Deed.SEARCH)
    case = _by_code(work, person_id, typed)
    if case is not None:
        return Page((case,), 1)
    words = sorted(set(_words(typed)))[:WORDS]
    every = [_digest(work.vault, person_id, "word", word) for word in words]
    whole = _digest(work.vault, person_id, "letter", _joined(typed))
    ids, total = work.terms.find(person_id, every=every, whole=whole, limit=limit, offset=offset)
    return Page(tuple(work.cases.get(case_id) for case_id in ids), total)


def _by_code(work: Work, person_id: int, typed: str) -> Case | None:
    try:
        case = work.cases.by_code(parse_tracking_code(typed))
    except Unreadable:
        return None
    return case if case is not None and case.filed_by == person_id else None


def _terms(vault: Vault, case: Case) -> frozenset[bytes]:
    if case.erased:
        return frozenset([_digest(vault, case.filed_by, "code", case.code)])
    proposal = proposal_of(case)
    apart = _words(proposal.debtor_name.replace(ZWNJ, " "))[:WORDS]
    # «محمد رضا» is «محمدرضا» to whoever writes it in one.
    named = [*_words(proposal.debtor_name)[:WORDS], *apart, *map("".join, pairwise(apart))]
    by_kind = {
        "word": _beginnings(named),
        "letter": _beginnings([_joined(proposal.letter_number)]),
        "code": {case.code},  # so that no case is without a term, which `fill` takes for not done
    }
    return frozenset(
        _digest(vault, case.filed_by, kind, word) for kind, words in by_kind.items() for word in words if word
    )


def _words(text: str) -> list[str]:
    return [word for word in _SPLIT.split(key(text)) if word]


def _joined(text: str) -> str:
    """Letters and digits alone: «۱۲۳/۴۵/ص» and «123-45 ص» are one letter number."""
    return "".join(_words(text))


def _beginnings(words: Iterable[str]) -> set[str]:
    """Each word, and its beginnings from `SHORTEST` to `LONGEST` letters."""
    return {word[:length] for word in words for length in (*range(SHORTEST, LONGEST + 1), len(word))}


def _digest(vault: Vault, person_id: int, kind: str, word: str) -> bytes:
    return bytes.fromhex(vault.digest("search terms", f"{person_id} {kind} {word}"))[:_BYTES]
