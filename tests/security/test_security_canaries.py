"""Five hundred canaries go through the whole journey, and none sings outside of the chats and the memory.

Names, identifiers, amounts, phones, letters, free texts, names and contents of files, passcodes, tokens and
what strangers write are looked for, however they may be spelt, in the database, its write-ahead log, every
other file of the bot, the temporary folder, the backup and the log at DEBUG: while all is going on, after a
crash, and in the end.
"""

import asyncio
import base64
import io
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
import pytest
from sent_files import picture
from town import Resident, Town, claim, code_in, passcode_in

from domain.roles import Role
from persian.text import to_persian_digits

LETTERS = "بتجحدرزسشصطعفقلمنه"
AT_LEAST = 500
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass
class Aviary:
    """Makes canaries, each once, and keeps them."""

    dice: random.Random = field(default_factory=lambda: random.Random(47))  # noqa: S311 - a story, not a secret
    all: set[str] = field(default_factory=set)

    def keep(self, canary: str) -> str:
        """One that was made elsewhere, such as a passcode."""
        self.all.add(canary)
        return canary

    def word(self) -> str:
        """A word that stands in no text of the program."""
        return self.keep("".join(self.dice.choices(LETTERS, k=10)))

    def words(self, count: int) -> str:
        """A text of such words."""
        return " ".join(self.word() for _ in range(count))

    def latin(self) -> str:
        """The same for what is in Latin."""
        return self.keep("".join(self.dice.choices("bcdfghjkmnpqrstvwz", k=12)))

    def number(self, digits: int) -> str:
        """A number, none of whose digits comes from anywhere."""
        return self.keep(str(self.dice.randrange(10 ** (digits - 1), 10**digits)))

    def national_id(self) -> str:
        """One with its check digit (Verhoeff's is another's: this is the weighted sum of the registry)."""
        nine = str(self.dice.randrange(100_000_001, 999_999_999))
        rest = sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
        return self.keep(nine + str(rest if rest < 2 else 11 - rest))


def spellings(canary: str) -> Iterator[bytes]:
    """In whichever way a canary might stand in a file."""
    grouped = f"{int(canary):,}" if canary.isdecimal() and canary.isascii() else canary
    for text in {
        canary,
        to_persian_digits(canary),
        canary.translate(_ARABIC),
        grouped,
        to_persian_digits(grouped),
    }:
        plain = text.encode()
        yield plain
        yield text.encode("utf-16-le")
        yield text.encode("unicode_escape")
        yield plain.hex().encode()
        # Whole groups of three bytes, for each way in which they may fall.
        yield from (base64.b64encode(plain[start:])[:-4] for start in range(3) if len(plain) > 9)


def found_in(where: bytes, canaries: set[str]) -> set[str]:
    """The canaries that stand there."""
    return {canary for canary in canaries if any(spelt in where for spelt in spellings(canary))}


def everything_in(folder: Path) -> bytes:
    """The names of all files below a folder, and what they hold."""
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\0".join(part for path in there for part in (path.name.encode(), path.read_bytes()))


async def file(officer: Resident, birds: Aviary) -> tuple[str, str]:
    """File a proposal whose every answer is a canary; gives the code and the passcode."""
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    await officer.says(f"{birds.word()} {birds.word()}", birds.word(), birds.number(9), "۱۴۰۵/۰۶/۳۱")
    await officer.sends_file(scan(birds), f"{birds.latin()}.png")
    await officer.says("شخص حقیقی", f"{birds.word()} {birds.word()}", birds.national_id())
    await officer.says("0912" + birds.number(7), "اضافه‌پرداختی حقوق و مزایا", birds.number(10), "رد کردن")
    await officer.says("۱۲", "۱", "۱۴۰۶/۰۱/۱۵", birds.words(25))
    await officer.says("رد کردن")
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.phone.press("ارسال پیشنهاد")
    receipt = str((await officer.sees("پیشنهاد شما ثبت شد"))["text"])
    return code_in(receipt), birds.keep(passcode_in(receipt))


def scan(birds: Aviary) -> bytes:
    """A picture with a word behind its last chunk, as a comment would stand there."""
    return picture() + birds.latin().encode()


async def work_through(town: Town, birds: Aviary) -> None:
    """Everything that a busy day brings."""
    names = {role: f"{birds.word()} {birds.word()}" for role in Role}
    officer = await town.officer(names[Role.OFFICER])
    reviewer = await town.reviewer(names[Role.REVIEWER])
    handler = await town.staff(Role.COMPLAINTS, names[Role.COMPLAINTS])
    birds.keep(await town.invite(Role.DIRECTOR, names[Role.DIRECTOR]))
    code, passcode = await file(officer, birds)
    await claim(reviewer)
    for _ in range(4):
        await reviewer.told("یادداشت داخلی")
        await reviewer.hears_all(birds.words(20))
    await reviewer.told("سابقه و یادداشت‌ها")
    for _ in range(4):
        await file(officer, birds)
    debtor = await town.newcomer("debtor", birds.word())
    await debtor.says(code)
    await debtor.told("دیدن جزئیات")
    await debtor.hears_all(passcode)
    await complain(town, handler, birds)
    for _ in range(20):
        await debtor.hears_all(birds.words(8))
    # A draft stays open, a look-up is wrong, and a PIN is made.
    await officer.says("ثبت پیشنهاد", "تقسیط", "خیر", "وزارتخانه", "خیر")
    await officer.says(f"{birds.word()} {birds.word()}", birds.word(), birds.number(9))
    await reviewer.hears_all("رمز امضا")
    await reviewer.told("پین شش‌رقمی")
    pin = birds.number(6)
    for _ in range(2):
        await reviewer.hears_all(pin)


async def complain(town: Town, handler: Resident, birds: Aviary) -> None:
    """Somebody named complains, somebody else anonymously; the one is answered, with a note before."""
    for number, anonymous in enumerate(("خیر", "بله")):
        sender = await town.newcomer(f"sender {number}", birds.word())
        await sender.says("شکایت و نظر", "شکایت", "نتیجه رسیدگی", birds.words(40))
        await sender.says("رد کردن", "رد کردن", "از طرف خودم", anonymous)
        await sender.phone.press("ارسال")
        await sender.sees("شما ثبت شد")
        await town.quiet()
        if anonymous == "بله":
            return
        await handler.sees("رسید")
        await handler.presses("دیدن شکایت", "برداشتن", "یادداشت داخلی")
        await handler.hears_all(birds.words(20))
        await handler.presses("پاسخ دادن")
        await handler.says(birds.words(20), "تأخیر در رسیدگی")
        await handler.presses("بله، پاسخ فرستاده شود")
        await town.quiet()


async def back_up(town: Town, folder: Path) -> None:
    """The command, beside the bot."""
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    environment = {"DATA_DIR": str(town.settings.data_dir), "DATABASE_URL": town.settings.database_url}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "backup", "--to", str(folder), "--recipient", recipient),
        env=environment | {"PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, told = await process.communicate()
    assert process.returncode == 0, told.decode()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is laid aside for a moment is laid where it will be found."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))


@pytest.mark.usefixtures("temporary")
async def test_none_of_five_hundred_canaries_is_heard_outside(
    town: Town, written: io.StringIO, tmp_path: Path
) -> None:
    birds = Aviary()

    def heard() -> set[str]:
        return found_in(everything_in(tmp_path) + written.getvalue().encode(), birds.all)

    await work_through(town, birds)
    assert len(birds.all) >= AT_LEAST
    assert heard() == set(), "while all is going on"
    await back_up(town, tmp_path / "backups")
    assert b".age\0age-encryption.org" in everything_in(tmp_path)
    late = await town.newcomer("late")
    town.sandbox.faults.add(town.platform, "sendMessage", "500")
    await late.phone.send(birds.words(5))
    await town.crash()
    assert heard() == set(), "after a crash, with updates and messages under way"
    town.sandbox.faults.clear("*")
    await town.open()
    await town.quiet()
    await town.close()
    assert heard() == set(), "in the end"


def test_a_canary_is_found_however_it_is_spelt() -> None:
    birds = Aviary()
    word, number = birds.word(), birds.number(10)
    for canary in (word, number):
        for spelt in spellings(canary):
            assert canary in found_in(b"before " + spelt + b" behind", {canary})
    for start in range(3):
        assert found_in(base64.b64encode(b"x" * start + word.encode() + b"yz"), {word}) == {word}
    assert found_in(b"nothing of the kind", birds.all) == set()
