"""What a process can give up for good on Linux, so that a parser that was taken over reaches nothing.

Each step is for a kernel that knows it, and is left out by one that does not: `lacking` tells, and so does
the doctor. Numbers are those of the kernel's own interface, which never change.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator
from typing import Final

_UNDUMPABLE: Final = (4, 0)
_NO_NEW_RIGHTS: Final = (38, 1)
_FILTER: Final = (22, 2)
_ASK_FILTER: Final = (21,)

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ: Final = 1 << 2 | 1 << 3
"""Reading a file, listing a folder."""
_FILES_OF: Final = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15, 5: 1 << 16}
"""By the kernel's version of it: the first right to files that it does not know yet."""
_BENEATH: Final = 1
_NETWORK_SINCE: Final = 4
_CONNECTIONS: Final = 0b11

_MACHINES: Final = {
    "x86_64": (
        0xC000003E,
        (
            *(41, 42, 43, 49, 53, 288),  # socket, connect, accept, bind, socketpair, accept4
            *(59, 322, 101, 310, 311),  # execve, execveat, ptrace, process_vm_readv and _writev
            *(62, 200, 234, 129, 297, 424, 434, 438),  # kill and its kin; pidfd
            *(302, 425, 298, 321, 323, 248, 249, 250),  # prlimit64, io_uring, perf, bpf, userfaultfd, keys
            *(165, 272, 308),  # mount, unshare, setns
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(198, 203, 202, 200, 199, 242),
            *(221, 281, 117, 270, 271),
            *(129, 130, 131, 138, 240, 424, 434, 438),
            *(261, 425, 241, 280, 282, 217, 218, 219),
            *(40, 97, 268),
        ),
    ),
}
"""What the kernel calls the machine, and the calls that no parser needs."""
_FOREIGN: Final = 0x40000000
"""Calls from here on are those of another set of the same machine."""
_LOAD, _IS, _FROM, _END = 0x20, 0x15, 0x35, 0x06
_ALLOWED: Final = 0x7FFF0000
_REFUSED: Final = 0x00050000 | 1  # EPERM


def undumpable() -> None:
    """Let nobody of the same user read this process's memory, or trace it."""
    _control(*_UNDUMPABLE)


def confine() -> None:
    """Give up every file but Python's own, every connection, and every hold on other processes."""
    _control(*_NO_NEW_RIGHTS)
    _leave_files()
    _leave_calls()


def lacking() -> list[str]:
    """What this system does not offer of it, in words."""
    missing = [] if _landlock_version() > 0 else ["landlock (files)"]
    known = platform.machine() in _MACHINES and _control(*_ASK_FILTER) >= 0
    return missing if known else [*missing, "seccomp (network and other processes)"]


def _control(what: int, *values: int) -> int:
    """The system's answer; -1 where it has none."""
    if sys.platform != "linux":
        return -1
    four = (*values, 0, 0, 0, 0)[:4]
    return int(_system().prctl(what, *map(ctypes.c_ulong, four)))


def _call(number: int, *values: object) -> int:
    return int(_system().syscall(ctypes.c_long(number), *values)) if sys.platform == "linux" else -1


def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def _landlock_version() -> int:
    return _call(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))


def _leave_files() -> None:
    version = _landlock_version()
    if version < 1:
        return
    newest = max(known for known in _FILES_OF if known <= version)
    network = _CONNECTIONS if version >= _NETWORK_SINCE else 0
    rules = struct.pack("QQ", _FILES_OF[newest] - 1, network)
    size = len(rules) if version >= _NETWORK_SINCE else len(rules) // 2
    known = _call(_LANDLOCK_CREATE, rules, ctypes.c_size_t(size), ctypes.c_uint(0))
    if known < 0:
        return
    for folder in _own():
        _allow(known, folder)
    _call(_LANDLOCK_RESTRICT, ctypes.c_int(known), ctypes.c_uint(0))
    os.close(known)


def _own() -> Iterator[str]:
    """Where Python and its packages lie: what they load late. The program's own folder may hold the data."""
    yield from (path for path in sys.path[1:] if os.path.isdir(path))  # noqa: PTH112 - as Python keeps it
    yield from (path for path in ("/usr/lib", "/lib", "/lib64") if os.path.isdir(path))  # noqa: PTH112


def _allow(rules: int, folder: str) -> None:
    opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    below = struct.pack("=Qi", _READ, opened)
    _call(_LANDLOCK_ADD, ctypes.c_int(rules), ctypes.c_int(_BENEATH), below, ctypes.c_uint(0))
    os.close(opened)


def _leave_calls() -> None:
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return
    lines = b"".join(_lines(*machine))
    words = ctypes.create_string_buffer(lines, len(lines))
    program = struct.pack("HP", len(lines) // 8, ctypes.addressof(words))
    kept = ctypes.create_string_buffer(program, len(program))
    _control(*_FILTER, ctypes.addressof(kept))


def _lines(machine: int, refused: tuple[int, ...]) -> Iterator[bytes]:
    """The filter, one instruction each: what, two ways on, a number. The last line refuses."""
    yield _line(_LOAD, 4)
    yield _line(_IS, machine, no=len(refused) + 3)
    yield _line(_LOAD, 0)
    yield _line(_FROM, _FOREIGN, yes=len(refused) + 1)
    for at, number in enumerate(refused):
        yield _line(_IS, number, yes=len(refused) - at)
    yield _line(_END, _ALLOWED)
    yield _line(_END, _REFUSED)


def _line(what: int, number: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", what, yes, no, number)
