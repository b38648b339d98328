"""Where a restore is only tried: one folder, gone afterwards, also where the trial was killed."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

FOLDER: Final = ".drill"
_LOCK: Final = ".drill.lock"


@contextmanager
def for_drill(data_dir: Path) -> Iterator[Path]:
    """An empty folder for one trial, on the disk of the data.

    Raises:
        BlockingIOError: another trial is under way.
    """
    with _alone(data_dir):
        folder = data_dir / FOLDER
        _drop(folder)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            _drop(folder)


def drop_left(data_dir: Path) -> None:
    """Remove the readable copy that a killed trial left; one that is under way is let be."""
    if not (data_dir / FOLDER).exists():
        return
    try:
        with _alone(data_dir):
            _drop(data_dir / FOLDER)
    except BlockingIOError:
        return


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """A dead process holds no lock."""
    descriptor = os.open(data_dir / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _drop(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
