"""`python -m bot sbom`: what is installed here to run the bot, as a CycloneDX bill of materials."""

import json
import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.terminal import fail

ROOT: Final = Path(__file__).parents[2]
_PINNED: Final = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==", re.MULTILINE)
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHORT: Final = 100
"""Characters of a licence's name; what is longer is its text."""


def sbom(
    to: Annotated[Path | None, typer.Option(help="The file to write; without it, it is printed.")] = None,
) -> None:
    """List every package that the bot runs on, with version, licence and what it needs, as CycloneDX 1.5."""
    try:
        told = json.dumps(bill(), ensure_ascii=False, indent=2) + "\n"
    except PackageNotFoundError as missing:
        fail(f"{missing.name} is not installed.", "Install what requirements.txt lists: make run")
    if to is None:
        typer.echo(told, nl=False)
    else:
        to.write_text(told, "utf-8")


def packages() -> list[str]:
    """The names in requirements.txt, normalised, in order.

    Those that only other systems need are among them.
    """
    return sorted({_plain(name) for name in _PINNED.findall((ROOT / "requirements.txt").read_text("utf-8"))})


def bill() -> dict[str, Any]:
    """The bill of materials.

    Raises:
        PackageNotFoundError: a package is not installed.
    """
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = {name: distribution(name) for name in packages()}
    refs = {name: f"pkg:pypi/{name}@{one.version}" for name, one in found.items()}
    product = {
        "type": "application",
        "bom-ref": about["name"],
        "name": about["name"],
        "version": about["version"],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": product},
        "components": [_component(name, one, refs[name]) for name, one in found.items()],
        "dependencies": [
            {"ref": about["name"], "dependsOn": list(refs.values())},
            *({"ref": refs[name], "dependsOn": _needs(one, refs)} for name, one in found.items()),
        ],
    }


def _component(name: str, found: Distribution, ref: str) -> dict[str, Any]:
    made = {"type": "library", "bom-ref": ref, "name": name, "version": found.version, "purl": ref}
    return made | _licences(found)


def _licences(found: Distribution) -> dict[str, Any]:
    """As the package's own metadata have it, where they have it."""
    for expression in found.metadata.get_all("License-Expression") or ():
        return {"licenses": [{"expression": expression}]}
    named = [*(found.metadata.get_all("License") or ())]
    named += [
        line.rpartition("::")[2].strip()
        for line in found.metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    short = [name for name in named if name and len(name) <= _SHORT and "\n" not in name]
    return {"licenses": [{"license": {"name": short[0]}}]} if short else {}


def _needs(found: Distribution, refs: dict[str, str]) -> list[str]:
    """What it asks for without being asked for an extra, of what is on the list."""
    asked = [each for each in found.requires or () if "extra ==" not in each]
    names = {_plain(match[0]) for each in asked if (match := _NAME.match(each))}
    return [refs[name] for name in sorted(names & refs.keys())]


def _plain(name: str) -> str:
    """A package's name as all spellings of it are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
