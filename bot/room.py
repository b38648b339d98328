"""Room on the disk: how much there is, how little is too little, and what is refused meanwhile."""

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MB: Final = 2**20
LEAST_FREE: Final = 500 * MB
"""Bytes under `DATA_DIR` below which room is low."""
FREE_AGAIN: Final = 600 * MB
"""Bytes from which it is low no more: about the bound itself it would go to and fro."""


@dataclass(slots=True)
class Room:
    """What this process knows of the room on its disk.

    Attributes:
        low: whether there is too little: files of people without a role are refused meanwhile.
    """

    low: bool = False

    def measured(self, free: int) -> None:
        """So many bytes are free."""
        self.low = free < (FREE_AGAIN if self.low else LEAST_FREE)


def free_under(folder: Path) -> int:
    """Bytes that are free where this folder is, or would be made.

    Raises:
        OSError: it could not be made there.
    """
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    return shutil.disk_usage(folder).free
