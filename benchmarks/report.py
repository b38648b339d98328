"""The table, for a terminal and for a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.figures import FAIL, PASS, Row, Unsound

BEGIN: Final = "<!-- written by python -m benchmarks --write: begin -->"
END: Final = "<!-- written by python -m benchmarks --write: end -->"
COLOURS: Final = {PASS: "green", FAIL: "red"}

Cells = Sequence[str]


@dataclass
class Report:
    """What a run has found.

    Attributes:
        heading: on what it was made.
        rows: the targets.
        bots: every bot's own figures.
        stages: where an update's time goes.
        notes: what is to be known besides.
    """

    heading: list[str]
    rows: list[Row] = field(default_factory=list)
    bots: list[Cells] = field(default_factory=list)
    stages: list[Cells] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many targets were missed."""
        return sum(row.verdict.startswith(FAIL) for row in self.rows)

    def tables(self) -> list[tuple[str, Cells, list[Cells]]]:
        """Each table's title, head and lines."""
        targets: list[Cells] = [
            (row.what, row.target, row.figure, row.ratio, row.verdict) for row in self.rows
        ]
        made: list[tuple[str, Cells, list[Cells]]] = [
            ("Targets", ("what", "target", "figure (least-most)", "ratio", "verdict"), targets),
            ("The bots", ("bot", "API latency", "updates", "updates/s", "CPU an update"), self.bots),
            ("Where an update's CPU goes", ("stage", "µs an update", "share", "most of it in"), self.stages),
        ]
        return [one for one in made if one[2]]

    def show(self, console: Console) -> None:
        """Print everything."""
        for line in self.heading:
            console.print(line, markup=False, highlight=False)
        for title, head, lines in self.tables():
            shown = Table(
                *head, title=title, title_justify="left", title_style="bold", show_lines=title == "Targets"
            )
            for cells in lines:
                shown.add_row(*cells, style=COLOURS.get(cells[-1].partition(":")[0], ""))
            console.print(shown)
        for note in self.notes:
            console.print(note, markup=False, highlight=False)

    def markdown(self) -> str:
        """The same for a page."""
        parts = ["\n".join(f"* {line}" for line in self.heading)]
        for title, head, lines in self.tables():
            cells = [head, ["---"] * len(head), *lines]
            table = "\n".join(
                "| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in cells
            )
            parts.append(f"### {title}\n\n{table}")
        parts += self.notes
        return "\n\n".join(parts)

    def write(self, page: Path) -> None:
        """Put it into the page, in place of what was written there before.

        Raises:
            Unsound: the page has no marked section.
        """
        text = page.read_text(encoding="utf-8")
        before, begin, rest = text.partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise Unsound(f"{page} has no section between {BEGIN} and {END}")
        page.write_text(f"{before}{BEGIN}\n\n{self.markdown()}\n\n{END}{after}", encoding="utf-8")
