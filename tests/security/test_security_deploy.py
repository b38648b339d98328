"""What an office deploys: the systemd unit and the container file give no right that the bot can spare."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.commands.sbom import bill, packages
from bot.settings import Settings
from bot.terminal import read_settings
from scans.cleaner import AT_ONCE
from scans.wire import Bounds

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "mohlat.service").read_text("utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
VARIABLES = {name.upper() for name in Settings.model_fields}
HARDENED = {
    "DynamicUser": ["yes"],
    "NoNewPrivileges": ["yes"],
    "CapabilityBoundingSet": [""],
    "AmbientCapabilities": [""],
    "ProtectSystem": ["strict"],
    "ProtectHome": ["yes"],
    "PrivateTmp": ["yes"],
    "PrivateDevices": ["yes"],
    "PrivateUsers": ["yes"],
    "ProtectProc": ["invisible"],
    "ProtectClock": ["yes"],
    "ProtectHostname": ["yes"],
    "ProtectControlGroups": ["yes"],
    "ProtectKernelLogs": ["yes"],
    "ProtectKernelModules": ["yes"],
    "ProtectKernelTunables": ["yes"],
    "RestrictAddressFamilies": ["AF_INET AF_INET6 AF_UNIX"],
    "RestrictNamespaces": ["yes"],
    "RestrictRealtime": ["yes"],
    "RestrictSUIDSGID": ["yes"],
    "LockPersonality": ["yes"],
    "MemoryDenyWriteExecute": ["yes"],
    "SystemCallArchitectures": ["native"],
    "SystemCallFilter": [
        "@system-service landlock_create_ruleset landlock_add_rule landlock_restrict_self",
        "~@privileged",
    ],
    "UMask": ["0077"],
    "StateDirectoryMode": ["0700"],
    "LimitCORE": ["0"],
    "Restart": ["on-failure"],
}
MOST_PACKAGES = 60


def directives(text: str) -> dict[str, list[str]]:
    """What a unit says, by name, each as often as it is said."""
    found = defaultdict(list)
    for name, value in re.findall(r"^([A-Z]\w+)=(.*)$", text, re.MULTILINE):
        found[name].append(value.strip())
    return dict(found)


SAID = directives(UNIT)


def test_the_unit_is_as_narrow_as_it_was_meant() -> None:
    assert {name: SAID.get(name) for name in HARDENED} == HARDENED


def test_the_unit_bounds_memory_and_tasks_and_waits_for_the_drain() -> None:
    assert {"MemoryMax", "TasksMax"} <= set(SAID)
    assert int(SAID["TimeoutStopSec"][0]) > 10, "seconds that a drain may take"


def test_two_heavy_files_leave_room_for_the_bot() -> None:
    children = AT_ONCE * Bounds().memory
    assert int(SAID["MemoryMax"][0].removesuffix("M")) >= children + 1024
    assert SAID["OOMPolicy"] == ["continue"]


def test_the_unit_claims_no_word_that_the_bot_does_not_speak() -> None:
    assert (SAID["Type"], "WatchdogSec" in SAID) == (["exec"], False)


def test_the_unit_and_the_container_run_a_command_that_there_is() -> None:
    started = SAID["ExecStart"][0].split(" -m ")[1].split()
    entry = json.loads(re.findall(r"^ENTRYPOINT (.*)$", CONTAINER, re.MULTILINE)[0])
    command = json.loads(re.findall(r"^CMD (.*)$", CONTAINER, re.MULTILINE)[0])
    assert (started, entry[1:] + command) == (["bot", "run"], ["-m", "bot", "run"])
    assert CliRunner().invoke(cli, ["run", "--help"]).exit_code == 0


def test_every_variable_and_secret_that_they_set_is_one() -> None:
    named = {value.split("=")[0] for value in SAID["Environment"]}
    named |= {
        name
        for line in re.findall(r"^ENV (.*)$", CONTAINER, re.MULTILINE)
        for name in re.findall(r"(\w+)=", line)
    }
    assert named - VARIABLES == {"PYTHONDONTWRITEBYTECODE"}
    secrets = {value.split(":")[0] for value in SAID["LoadCredential"]}
    assert {name.upper() for name in secrets - {"mohlat.key"}} <= VARIABLES


def test_a_secret_that_a_supervisor_hands_in_as_a_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bale_token").write_text("1:handed-in\n")
    monkeypatch.delenv("BALE_TOKEN", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_settings().token("bale") == "1:handed-in"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "gone"))
    assert read_settings().token("bale") == ""


def test_the_container_runs_as_nobody_of_note_and_builds_nothing() -> None:
    final = CONTAINER.rpartition("\nFROM ")[2]
    assert re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE) == ["docker.io/library/python:3.11-slim"] * 2
    assert re.findall(r"^USER (.*)$", final, re.MULTILINE) == ["10001:10001"]
    assert "--require-hashes" in CONTAINER
    assert "--only-binary :all:" in CONTAINER
    assert re.findall(r"apt-get|gcc|pip install|ADD |curl", final) == []
    assert "http://127.0.0.1:8085/healthz" in final


def test_the_container_holds_every_package_of_the_program_and_no_secret() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER.rpartition("\nFROM ")[2], re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    program = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"sandbox", "benchmarks"}
    assert names == program | {"requirements.txt", "pyproject.toml", "LICENSE"}


def test_the_bill_of_materials_is_a_cyclonedx_document_of_every_package() -> None:
    printed = CliRunner().invoke(cli, ["sbom"])
    made = json.loads(printed.output)
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.5", 1)
    assert [each["name"] for each in made["components"]] == packages()
    assert {each["type"] for each in made["components"]} == {"library"}
    assert all(each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}" for each in made["components"])
    refs = [made["metadata"]["component"]["bom-ref"], *(each["bom-ref"] for each in made["components"])]
    assert len(set(refs)) == len(refs)
    assert [each["ref"] for each in made["dependencies"]] == refs
    assert {ref for each in made["dependencies"] for ref in each["dependsOn"]} == set(refs[1:])


def test_what_is_installed_is_what_is_pinned() -> None:
    pinned = dict(
        re.findall(
            r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^ \\\n;]+)",
            (ROOT / "requirements.txt").read_text(),
            re.MULTILINE,
        )
    )
    assert {each["name"]: each["version"] for each in bill()["components"]} == pinned


def test_the_bot_runs_on_at_most_sixty_packages() -> None:
    assert len(packages()) <= MOST_PACKAGES
