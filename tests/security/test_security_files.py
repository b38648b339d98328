"""Files from outside: what cannot be trusted is refused or made harmless, and nobody waits for it."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hostile_files import CANARY, EICAR, PAPERS, SHOWN, Sent, corpus, pdf, stream
from PIL import Image
from pydantic import ValidationError
from pypdf import PdfReader
from pypdf.generic import StreamObject
from rich.console import Console
from sent_files import PDF, PNG
from town import BY_INSTALMENTS, Resident, Town, file_proposal

import scans
from bot.doctor import examine
from bot.settings import Settings
from domain.roles import Role
from scans import Clean, Cleaner, Refusal
from scans.child import keep_only
from scans.cleaner import end_group
from scans.confined import lacking
from scans.wire import Bounds
from services.files import tidy_name
from storage.records import FileCopy
from storage.work import Work

FILES = dict(corpus())
ACTIVE = re.compile(
    rb"/(JavaScript|JS|OpenAction|AA|A|Launch|URI|GoTo\w*|SubmitForm|ImportData|EmbeddedFile\w*|Filespec|AcroForm|XFA"
    rb"|RichMedia\w*|Annots?|Metadata|Info|Names|Outlines|PieceInfo|Ref|OPI|AF|EF|ICCBased|Collection)\b"
)
"""Names that no clean PDF holds."""


@pytest.fixture(scope="module")
def cleaner() -> Iterator[Cleaner]:
    made = Cleaner()
    yield made
    made.close()


def test_the_corpus_is_large_enough() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
async def test_what_is_sent_is_refused_or_made_harmless(name: str, cleaner: Cleaner) -> None:
    sent = FILES[name]
    verdict = await cleaner.clean(sent.content)
    if sent.refusal:
        assert isinstance(verdict, Refusal)
        assert verdict.code == sent.refusal
        return
    assert isinstance(verdict, Clean)
    assert verdict.mime == sent.mime
    assert CANARY not in verdict.content
    if sent.mime == "application/pdf":
        insist_on_paper(verdict.content)
    else:
        insist_on_picture(verdict.content, sent)


def insist_on_paper(content: bytes) -> None:
    """Read the copy as a reader does: one page with its text, and nothing that acts or is hidden."""
    assert ACTIVE.findall(content) == []
    reader = PdfReader(BytesIO(content), strict=True)
    assert len(reader.pages) == 1
    assert SHOWN.decode() in reader.pages[0].extract_text()
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(number)
        if isinstance(found, StreamObject) and found.get("/Subtype") != "/Image":
            assert CANARY not in found.get_data()


def insist_on_picture(content: bytes, sent: Sent) -> None:
    """Open the copy as a reader does: the pixels, and nothing beside them."""
    picture: Image.Image = Image.open(BytesIO(content))
    picture.load()
    assert picture.size == sent.size
    assert getattr(picture, "n_frames", 1) == 1
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


async def test_a_clean_copy_of_a_clean_copy_is_the_same(cleaner: Cleaner) -> None:
    for content in (PNG, PAPERS["a letter"]):
        once = await cleaner.clean(content)
        assert isinstance(once, Clean)
        assert await cleaner.clean(once.content) == once


@pytest.mark.parametrize(
    ("more", "seen"),
    [(b"", True), (b"/F 2", False), (b"/F 32", False), (b"/A<</S/JavaScript/JS(x)>>", True)],
)
async def test_what_a_stamp_shows_is_drawn_and_what_it_does_is_gone(
    more: bytes, *, seen: bool, cleaner: Cleaner
) -> None:
    font = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    form = stream(
        b"BT /F1 9 Tf (STAMPED) Tj ET", b"/Subtype/Form/BBox[0 0 100 20]/Matrix[0 1 -1 0 0 0]" + font
    )
    stamp = b"/Annots[<</Subtype/Stamp/Rect[90 90 50 40]/AP<</N<</On 5 0 R>>>>/AS/On%s>>]" % more
    copy = await cleaner.clean(pdf(page=stamp, o5=form))
    assert isinstance(copy, Clean)
    insist_on_paper(copy.content)
    page = PdfReader(BytesIO(copy.content)).pages[0]
    assert ("STAMPED" in page.extract_text()) is seen
    # Turned upright it reaches from -20 to 0 and from 0 to 100; on the page from 50 to 90 and from 40 to 90.
    laid = b"q 2.0000 0.0000 0.0000 0.5000 90.0000 40.0000 cm /Over0 Do Q"
    assert (laid in copy.content) is seen


async def test_sixteen_bits_of_grey_keep_their_shades(cleaner: Cleaner) -> None:
    deep = Image.new("I;16", (2, 1))
    deep.putpixel((0, 0), 0x8000)
    deep.putpixel((1, 0), 0xFFFF)
    out = BytesIO()
    deep.save(out, "PNG")
    copy = await cleaner.clean(out.getvalue())
    assert isinstance(copy, Clean)
    shown = Image.open(BytesIO(copy.content))
    assert [shown.getpixel((x, 0)) for x in (0, 1)] == [0x80, 0xFF]


async def test_a_file_beyond_the_memory_that_it_may_take_is_refused_and_the_next_one_is_not() -> None:
    cleaner = Cleaner(bounds=Bounds(memory=150))
    big = BytesIO()
    Image.new("RGB", (5000, 5000)).save(big, "PNG")
    try:
        assert await cleaner.clean(big.getvalue()) == Refusal("file_heavy")
        assert isinstance(await cleaner.clean(PNG), Clean)
    finally:
        cleaner.close()


@pytest.mark.parametrize(
    "words",
    [
        "import os; os._exit(1)",
        "import os; os.kill(os.getpid(), 11)",
        "print('nonsense' * 100)",
        "import time; time.sleep(3600)",
    ],
)
async def test_a_child_that_dies_lies_or_never_ends_costs_its_file_alone(words: str) -> None:
    cleaner = Cleaner(bounds=Bounds(wall=1), command=(sys.executable, "-c", words), grace=0)
    try:
        verdicts = await asyncio.gather(*(cleaner.clean(PDF) for _ in range(3)))
        assert verdicts == [Refusal("file_heavy")] * 3
    finally:
        cleaner.close()


async def test_closing_ends_a_child_with_the_one_that_it_has_at_work(tmp_path: Path) -> None:
    at_work = tmp_path / "at_work"
    # The shell's child holds the pipes as well: were it left alive, nobody would hear an end of them.
    cleaner = Cleaner(command=("/bin/sh", "-c", f"sleep 3600 & echo > '{at_work}'; wait"))
    looking = asyncio.create_task(cleaner.clean(PDF))
    while not at_work.exists():  # noqa: ASYNC110 - another process makes it
        await asyncio.sleep(0.01)
    async with asyncio.timeout(60):
        await asyncio.to_thread(cleaner.close)
        assert await looking == Refusal("file_heavy")


def test_whoever_bears_the_number_of_a_child_that_has_ended_lives_on() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    pipe = subprocess.PIPE
    with subprocess.Popen(["/bin/cat"], stdin=pipe, stdout=pipe, start_new_session=True) as another:
        ended.pid = another.pid  # as the system gives a number again
        end_group(ended)
        assert another.communicate(b"alive")[0] == b"alive"


def test_the_child_that_parses_holds_nothing_but_the_way_of_its_one_answer() -> None:
    reading, writing = os.pipe()
    other, _ = os.pipe()
    child = os.fork()
    if child == 0:
        keep_only(writing)
        # The list itself is read through a descriptor, which is gone by the time it is looked for.
        held = {int(one.name) for one in Path("/proc/self/fd").iterdir() if one.exists()}
        places = sorted({str(Path(f"/proc/self/fd/{one}").readlink()) for one in range(3)})
        os.write(writing, f"{sorted(held - {writing})} {places}".encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert os.read(reading, 1000).decode() == "[0, 1, 2] ['/dev/null']"
    os.close(reading)
    os.close(other)


_TAKEN_OVER = """
import os, socket, sys
sys.path.insert(0, sys.argv[1])
from scans.confined import confine, undumpable
undumpable()
confine()
for attempt in (
    lambda: open(sys.argv[2]),
    lambda: open(sys.argv[2], "a"),
    lambda: os.listdir(os.path.dirname(sys.argv[2])),
    lambda: open(f"/proc/{os.getppid()}/mem"),
    socket.socket,
    lambda: os.kill(os.getppid(), 0),
    lambda: os.execv(sys.executable, [sys.executable]),
):
    try:
        attempt()
        print("done")
    except OSError:
        print("refused")
import wave
"""
"""What code in a parser would try: the key and its folder, the bot, the network, another program."""


@pytest.mark.skipif(bool(lacking()), reason="this kernel cannot confine a process")
def test_a_parser_that_was_taken_over_reaches_neither_the_key_nor_the_bot_nor_the_network(
    tmp_path: Path,
) -> None:
    key = tmp_path / "secret.key"
    key.write_text("secret")
    words = (sys.executable, "-I", "-B", "-c", _TAKEN_OVER, str(Path(scans.__file__).parents[1]), str(key))
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert (done.stdout.split(), done.stderr) == (["refused"] * 7, ""), "Python's own modules it still loads"
    assert key.read_text() == "secret"


@pytest.mark.skipif(sys.platform != "linux", reason="a word of Linux")
def test_nobody_of_the_same_user_reads_the_memory_of_a_process_that_said_so() -> None:
    asks = "; print(ctypes.CDLL(None).prctl(3))"
    root = str(Path(scans.__file__).parents[1])
    does = "from scans.confined import undumpable; undumpable()"
    words = f"import ctypes, sys; sys.path.insert(0, {root!r}); {does}{asks}"
    done = subprocess.run((sys.executable, "-I", "-c", words), capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert done.stdout == "0\n"


async def test_others_go_on_while_a_file_is_looked_at(cleaner: Cleaner) -> None:
    looking = asyncio.create_task(cleaner.clean(FILES["a page that unpacks for ever"].content))
    turns = 0
    while not looking.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1


# --- the virus scanner ------------------------------------------------------------------------------


class Scanner:
    """What clamd says on its port."""

    def __init__(self, word: bytes = b"") -> None:
        self.word = word
        self.heard: list[bytes] = []

    async def __aenter__(self) -> str:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()
        return f"{host}:{port}"

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if (order := await reader.readuntil(b"\0")) == b"zPING\0":
            writer.write(b"PONG\0")
            writer.close()
            return
        assert order == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(await reader.readexactly(4)):
            content += await reader.readexactly(size)
        self.heard.append(content)
        found = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        writer.write(self.word or found)
        await writer.drain()
        writer.close()


async def test_what_the_scanner_knows_is_refused_and_all_else_is_taken() -> None:
    scanner = Scanner()
    infected = PDF + EICAR
    async with scanner as address:
        cleaner = Cleaner(clamd=address)
        assert await cleaner.clean(infected) == Refusal("file_infected")
        assert isinstance(await cleaner.clean(PDF), Clean)
        cleaner.close()
    assert scanner.heard == [infected, PDF]


@pytest.mark.parametrize("word", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: ", b"\0"])
async def test_a_scanner_that_says_anything_else_lets_nothing_in(word: bytes) -> None:
    async with Scanner(word) as address:
        cleaner = Cleaner(clamd=address)
        assert await cleaner.clean(PDF) == Refusal("scanner_unreachable")
        cleaner.close()


async def test_without_the_scanner_nothing_is_taken() -> None:
    cleaner = Cleaner(clamd="/nowhere/clamd.sock")
    assert await cleaner.clean(PDF) == Refusal("scanner_unreachable")
    cleaner.close()


# --- people -----------------------------------------------------------------------------------------


async def test_a_refused_file_is_told_with_what_to_send_and_the_draft_goes_on(town: Town) -> None:
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    for name, words in {
        "half a JPEG": "این پرونده سالم نیست",
        "a thousand pages": "بیش از ۵۰ صفحه",
        "a PNG of 900 million pixels": "بزرگ‌تر از ۲۵ میلیون نقطه",
        "a page that unpacks for ever": "بیش از اندازه سنگین",
    }.items():
        told = (await officer.sends_file(FILES[name].content, "letter.pdf"))["text"]
        assert words in told
        assert "نمونه:" in told
    assert "بدهکار شخص حقیقی است" in (await officer.sends_file())["text"]


def documents(person: Resident) -> list[bytes]:
    """The bytes of every document that stands in the chat."""
    files = person.town.sandbox.world.files
    sent = [m["document"]["file_id"] for m in person.phone.messages() if m["document"]]
    found = [files.by_id(person.phone.person.platform, number) for number in sent]
    return [files.data(file) for file in found if file is not None]


async def test_of_a_letter_with_a_script_the_reviewer_gets_the_clean_copy_alone(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    letter = PAPERS["a script at the opening"]
    await file_proposal(officer, letter)
    await reviewer.sees("پیشنهاد تازه رسید")
    await reviewer.told("دیدن پیشنهاد")
    await reviewer.told("پیوست‌ها")
    (shown,) = documents(reviewer)
    insist_on_paper(shown)
    assert CANARY in letter
    assert CANARY not in shown
    copies = await town.run(lambda work: [work.files.content(1), work.files.copy_of(1)])
    assert copies == [letter, FileCopy("application/pdf", shown)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a script when a page opens", 1), ("half a JPEG", 0)],
)
async def test_a_file_of_former_days_is_looked_at_before_it_is_shown(
    town: Town, name: str, shown: int
) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)

    def as_of_old(work: Work) -> int:
        work.files.delete(1)
        return work.files.add("letter.pdf", "application/pdf", FILES[name].content).id

    assert await town.run(as_of_old) == 1
    await reviewer.sees("پیشنهاد تازه رسید")
    await reviewer.told("دیدن پیشنهاد")
    for _ in range(2):
        await reviewer.told("پیوست‌ها")
    assert len(documents(reviewer)) == 2 * shown
    assert all(CANARY not in content for content in documents(reviewer))
    assert ("این پرونده سالم یا ایمن نیست" in reviewer.chat_text()) is not bool(shown)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Windows\\نامه.pdf", "نامه.pdf"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ("نا\u0000مه\u200f.pdf", "نامه.pdf"),
        ("...پنهان.pdf", "پنهان.pdf"),
        ("نامه.pdf. .", "نامه.pdf"),
        ("CON.pdf", ""),
        ("lpt1", ""),
        ("console.pdf", "console.pdf"),
        ("ن" * 10_000 + ".pdf", "ن" * 100),
        ("{name}%s${x}.pdf", "{name}%s${x}.pdf"),
        ("=cmd|' /C calc'!A0.pdf", "C calc'!A0.pdf"),
        ("", ""),
    ],
)
def test_an_odd_name_is_shown_tidied(sent: str, shown: str) -> None:
    assert tidy_name(sent) == shown


async def test_admins_hear_once_that_the_scanner_is_silent(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "نرگس رضایی"), await town.officer()
    await town.close()
    town.settings = town.settings.model_copy(update={"clamd": "/nowhere/clamd.sock"})
    town.cleaner = None
    await town.open()
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    for _ in range(2):
        told = (await officer.sends_file())["text"]
        assert "کمی بعد دوباره بفرستید" in told
    await town.quiet()
    assert admin.chat_text().count("ضدویروس پاسخ نمی‌دهد") == 1


@pytest.mark.parametrize("address", ["nowhere", "nowhere:", "nowhere:3310x"])
def test_a_scanner_at_no_address_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(ValidationError, match="host:port"):
        Settings(clamd=address)


@pytest.mark.parametrize("address", ["scanner.example:3310", "10.0.0.7:3310", "127.example.com:3310"])
def test_a_scanner_on_another_machine_has_to_be_allowed(address: str) -> None:
    with pytest.raises(ValidationError, match="CLAMD_IN_CLEAR"):
        Settings(clamd=address)
    assert Settings(clamd=address, clamd_in_clear=True).clamd == address


@pytest.mark.parametrize("address", ["/run/clamd.sock", "localhost:3310", "127.0.0.2:3310", "[::1]:3310"])
def test_a_scanner_on_this_machine_needs_no_leave(address: str) -> None:
    assert Settings(clamd=address).clamd == address


async def test_the_doctor_asks_the_scanner(town: Town) -> None:
    page = StringIO()

    async def told(clamd: str) -> str:
        settings = town.settings.model_copy(update={"clamd": clamd})
        await examine(settings, Console(file=page, width=200))
        return page.getvalue()

    assert "no answer at /nowhere/clamd.sock" in await told("/nowhere/clamd.sock")
    async with Scanner() as address:
        assert f"answers at {address}" in await told(address)
