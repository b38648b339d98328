"""Backups beside the running bot, and the restore drill: sound, whole, and silent about what is old."""

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from processes_world import PATIENCE, World, shown, until
from typer.testing import CliRunner

from benchmarks.proofs import backups
from benchmarks.proofs.tally import Place
from bot.__main__ import cli
from bot.backups import Backups, doubted_in, is_due, made_in, name_at
from bot.commands.backup import drop_older
from bot.drills import drop_left, for_drill
from bot.settings import Settings
from domain.roles import Role
from sandbox import Phone
from storage.engine import Store
from storage.envelope import new_identity
from storage.records import Outgoing
from storage.vault import Vault
from storage.work import Work

SECRET, RECIPIENT = new_identity()
OLD = "پیامی که پیش از نسخه پشتیبان در صف بود"
FENCED = "سامانه از نسخه پشتیبان بازگردانده شد"


def _identity(folder: Path) -> Path:
    path = folder / "identity"
    path.write_text(f"# {RECIPIENT}\n{SECRET}\n")
    return path


async def _backed_up(world: World) -> Path:
    """A backup of a store in which one message waits for whoever is called «کارشناس»."""
    phone = world.phone("bale", "کارشناس")
    chat = phone.person.user_id

    def wait(work: Work) -> None:
        work.outbox.add(
            Outgoing("bale", chat, 1, "sendMessage", {"chat_id": chat, "text": OLD}, purpose="old")
        )

    await world.visit(wait)
    folder = world.home.parent / "backups"
    code, told, complaint = await world.command("backup", "--to", str(folder), "--recipient", RECIPIENT)
    made = made_in(folder)[-1][1]
    assert (code, told, complaint) == (0, f"{made}  {made.stat().st_size} bytes\n", "")
    assert made.stat().st_mode & 0o777 == 0o600
    return made


async def _admin(world: World) -> Phone:
    """The phone of an admin who has written to the bot before."""
    admin, bot = await world.staff(Role.ADMIN, "bale", "نرگس رضایی"), world.bot()
    await bot.start()
    await admin.send("/start")
    await admin.sees("خوش آمدید", within=PATIENCE)
    assert (await bot.stop())[0] == 0
    return admin


async def _restored(world: World) -> dict[str, object]:
    """What a process is told that is to live on the restored store."""
    made, home = await _backed_up(world), world.home.parent / "restored"
    identity = _identity(world.home.parent)
    options = ("--identity", str(identity), "--to", str(home))
    code, told, complaint = await world.command("restore", str(made), *options)
    assert (code, complaint) == (0, "")
    assert "Held back: 1 messages, 0 updates." in told
    return {"DATA_DIR": home, "KEY_FILE": world.home / "secret.key"}


async def test_a_restored_bot_answers_and_repeats_what_waited_only_once_it_is_told_to(world: World) -> None:
    admin = await _admin(world)
    officer = world.phone("bale", "کارشناس")
    place = await _restored(world)
    bot = world.bot(**place)
    await bot.start()
    await admin.sees(FENCED, within=PATIENCE)
    await officer.send("/start")
    await officer.sees("خوش آمدید", within=PATIENCE)
    assert sum(OLD in text for text in shown(officer)) == 0
    told = await world.command("restore", "--open", "--send-waiting", **place)
    assert told == (0, "Open; what waited is sent and handled: 1 messages, 0 updates.\n", "")
    await until(lambda: sum(OLD in text for text in shown(officer)) == 1)
    assert (await bot.stop())[0] == 0
    assert (await world.command("restore", "--open", "--send-waiting", **place))[0] == 2


async def test_what_waited_is_never_sent_where_the_keeper_drops_it(world: World) -> None:
    officer = world.phone("bale", "کارشناس")
    place = await _restored(world)
    assert (await world.command("restore", "--open", "--drop-waiting", **place))[0] == 0
    bot = world.bot(**place)
    await bot.start()
    await officer.send("/start")
    await officer.sees("خوش آمدید", within=PATIENCE)
    assert (await bot.stop())[0] == 0, "drained: whatever it had to send is sent"
    assert [text for text in shown(officer) if OLD in text] == []


async def test_the_bot_makes_its_backups_by_itself(world: World) -> None:
    folder = world.home.parent / "backups"
    bot = world.bot(BACKUP_TO=folder, BACKUP_RECIPIENTS=RECIPIENT)
    await bot.start()
    await until(lambda: len(made_in(folder)) == 1)
    assert (await bot.stop())[0] == 0


async def test_a_backup_that_fails_alarms_the_admins(world: World) -> None:
    admin = await _admin(world)
    blocked = world.home.parent / "backups"
    blocked.write_text("a file where the folder should be")
    bot = world.bot(BACKUP_TO=blocked, BACKUP_RECIPIENTS=RECIPIENT)
    await bot.start()
    await admin.sees("نسخه پشتیبان گرفته نشد", within=PATIENCE)
    assert (await bot.stop())[0] == 0


async def test_the_drill_of_backups_under_load_and_of_kills_in_them(tmp_path: Path) -> None:
    place = Place(f"sqlite:///{tmp_path / 'mohlat.sqlite'}", tmp_path, 47, 2, judges_speed=False)
    assert (await backups.restored(place)).wrong == []


async def test_postgresql_has_tools_of_its_own_and_the_same_fence(pg_world: World) -> None:
    await pg_world.visit(lambda work: work.now)
    folder = str(pg_world.home)
    code, told, complaint = await pg_world.command("backup", "--to", folder, "--recipient", RECIPIENT)
    assert (code, told, "pg_dump or pg_basebackup" in complaint) == (2, "", True)
    assert await pg_world.command("restore", "--shut") == (0, "Held back: 0 messages, 0 updates.\n", "")
    assert (await pg_world.command("restore", "--open", "--drop-waiting"))[0] == 0


# --- what is refused --------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keeper's terminal, and the folder of a store that was begun."""
    for name in ("KEY_FILE", "MOHLAT_KEYS", "DATABASE_URL", "BACKUP_TO", "BACKUP_RECIPIENTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "home"))
    assert _says("invite", "--role", "admin", "--name", "نرگس رضایی")[0] == 0
    return tmp_path / "home"


def _says(*arguments: str) -> tuple[int, str]:
    """A command in this very process: its exit code and all that it printed."""
    result = CliRunner().invoke(cli, arguments)
    return result.exit_code, " ".join(result.output.split())


def _made(home: Path) -> Path:
    to = home.parent / "backups"
    assert _says("backup", "--to", str(to), "--recipient", RECIPIENT)[0] == 0
    return made_in(to)[-1][1]


def test_nothing_that_is_there_is_written_over(home: Path) -> None:
    made, before = _made(home), (home / "mohlat.sqlite").read_bytes()
    code, told = _says("restore", str(made), "--identity", str(_identity(home.parent)))
    assert (code, "There are data already" in told) == (2, True)
    assert (home / "mohlat.sqlite").read_bytes() == before


def test_neither_another_identity_nor_a_damaged_file_restores_anything(home: Path) -> None:
    made, to = _made(home), home.parent / "restored"
    other = home.parent / "other"
    other.write_text(new_identity()[0])
    assert _says("restore", str(made), "--identity", str(other), "--to", str(to))[0] == 2
    made.write_bytes(made.read_bytes()[:-5000])
    identity = str(_identity(home.parent))
    code, told = _says("restore", str(made), "--identity", identity, "--to", str(to))
    assert (code, "cannot be opened with this identity" in told) == (2, True), told
    assert list(to.iterdir()) == []


def test_without_its_key_a_backup_is_not_restored_and_no_key_is_made(home: Path) -> None:
    made, identity, to = _made(home), str(_identity(home.parent)), str(home.parent / "restored")
    assert _says("backup", "--key", "--to", str(home.parent), "--recipient", RECIPIENT)[0] == 0
    (kept,) = home.parent.glob("mohlat-key-*.age")
    key = (home / "secret.key").read_bytes()
    (home / "secret.key").unlink()
    assert _says("restore", str(made), "--identity", identity, "--to", to)[0] == 2
    assert not (home / "secret.key").exists()
    assert _says("restore", str(kept), "--identity", identity, "--key")[0] == 0
    assert ((home / "secret.key").read_bytes(), key in kept.read_bytes()) == (key, False)
    assert _says("restore", str(made), "--identity", identity, "--to", to)[0] == 0
    assert _says("restore", str(kept), "--identity", identity, "--key")[0] == 2, "a key is there"


def test_an_audit_that_was_rewritten_is_backed_up_apart_and_not_as_if_it_were_whole(home: Path) -> None:
    with closing(sqlite3.connect(home / "mohlat.sqlite")) as rows, rows:
        for (guard,) in rows.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            rows.execute(f"DROP TRIGGER {guard}")
        changed = rows.execute("UPDATE audit SET deed = 'revoked' WHERE number = 1").rowcount
    folder = home.parent / "backups"
    code, told = _says("backup", "--to", str(folder), "--recipient", RECIPIENT)
    assert (changed, code, "audit: row 1 is altered" in told) == (1, 3, True), told
    (made,) = doubted_in(folder)
    assert (made_in(folder), made[1].name in told) == ([], True)


async def test_a_backup_whose_audit_is_broken_counts_as_made_and_alarms_the_admins_once(
    sqlite_url: str, vault: Vault
) -> None:
    store, told = await Store.open(sqlite_url, vault=vault), list[str]()
    doubted = (sys.executable, "-c", "raise SystemExit(3)")
    making = Backups(Settings(), store, lambda _work, kind, _code: told.append(kind), doubted)
    assert [await making.make(), await making.make()] == [True, True]
    assert told == ["backup_doubted"]
    await store.close()


def _put(folder: Path, *moments: datetime) -> None:
    folder.mkdir(exist_ok=True)
    for moment in moments:
        (folder / name_at(moment)).touch()


def test_only_so_many_backups_stay(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_KEEP", "2")
    folder = home.parent / "backups"
    _put(folder, *(datetime(2026, 10, day, tzinfo=UTC) for day in (2, 3)))
    made = _made(home)
    assert [file.name for _, file in made_in(folder)] == ["mohlat-20261003T000000Z.sqlite.age", made.name]


@pytest.mark.parametrize("keep", [1, 2, 4, 5, 14])
def test_where_fewer_shall_stay_the_oldest_go_and_never_the_one_just_made(keep: int, tmp_path: Path) -> None:
    later = [datetime(2026, 10, day, tzinfo=UTC) for day in range(2, 6)]
    clock_set_back = datetime(2026, 9, 1, tzinfo=UTC)
    _put(tmp_path, *later, clock_set_back)
    drop_older(made_in(tmp_path), keep, tmp_path / name_at(clock_set_back))
    stay = later[max(0, 5 - keep) :]
    assert [moment for moment, _ in made_in(tmp_path)] == [clock_set_back, *stay]


def test_a_doubted_backup_takes_the_place_of_no_whole_one_where_fewer_shall_stay(tmp_path: Path) -> None:
    whole = [datetime(2026, 10, day, tzinfo=UTC) for day in range(2, 6)]
    _put(tmp_path, *whole)
    doubted = [tmp_path / name_at(moment, doubted=True) for moment in whole]
    for file in doubted:
        file.touch()
    drop_older(doubted_in(tmp_path), 1, doubted[-1])
    assert [moment for moment, _ in made_in(tmp_path)] == whole
    assert [file for _, file in doubted_in(tmp_path)] == doubted[-1:]


def test_a_clock_set_back_makes_no_backup_every_minute_and_a_wrong_date_stops_none(tmp_path: Path) -> None:
    settings = Settings(backup_to=tmp_path, backup_hours=24)
    days = [datetime(2026, 10, day, tzinfo=UTC) for day in range(1, 15)]
    _put(tmp_path, *days, datetime(2099, 1, 1, tzinfo=UTC))
    begin, made = days[-1] - timedelta(days=1), 0
    for minute in range(0, 3 * 24 * 60, 10):
        if is_due(settings, now := begin + timedelta(minutes=minute)):
            made += 1
            _put(tmp_path, now)
            drop_older(made_in(tmp_path), 14, tmp_path / name_at(now))
    left = [moment for moment, _ in made_in(tmp_path)]
    assert (made, left[0], len(left)) == (1, days[2], 14)


def test_a_drill_that_was_killed_leaves_no_copy_beyond_the_next_start(home: Path) -> None:
    left = home / ".drill" / "mohlat.sqlite.restoring"
    left.parent.mkdir()
    left.touch()
    with for_drill(home) as folder:
        assert list(folder.iterdir()) == []
        drop_left(home)
        assert folder.exists(), "a drill under way is let be"
    assert not folder.exists()
    left.parent.mkdir()
    left.touch()
    drop_left(home)
    assert not left.parent.exists()


def test_a_drill_restores_into_a_folder_that_is_gone_and_changes_nothing(home: Path) -> None:
    made, identity = _made(home), str(_identity(home.parent))
    before = sorted(home.iterdir())
    code, told = _says("restore", str(made), "--identity", identity, "--drill")
    assert (code, "it would hold back 0 messages and 0 updates" in told) == (0, True), told
    assert {*home.iterdir()} - {*before} <= {home / ".drill.lock"}


def test_the_doctor_warns_of_a_copy_that_a_killed_drill_left(home: Path) -> None:
    (home / ".drill").mkdir()
    assert "wrong drill: a readable copy of the database" in _says("doctor")[1]


def test_the_doctor_tells_how_old_the_newest_backup_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_TO", str(home.parent / "backups"))
    monkeypatch.setenv("BACKUP_RECIPIENTS", RECIPIENT)
    _made(home)
    assert "backups: 1; the newest is 0.0 hours old" in _says("doctor")[1]
