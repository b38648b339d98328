"""Logs of one JSON object a line, holding only what is allowed to be there.

Our own events have names and allow-listed keys. Third parties' records below INFO are dropped; the others
keep their message, with everything that looks like a token or a long number blotted out. Those of the loop,
which show what a task or a callback was given, keep their first words, and the kind and place of the error.
"""

import logging
import re
import sys
import traceback
from collections.abc import Collection, MutableMapping
from typing import Any, Final

import structlog

ALLOWED_KEYS: Final = frozenset(
    (
        "event",
        "level",
        "logger",
        "timestamp",
        "platform",
        "update",
        "row",
        "rows",
        "method",
        "code",
        "reason",
        "result",
        "reference",
        "attempt",
        "seconds",
        "where",
        "error",
        "count",
        "version",
        "port",
        "name",
        "state",
    )
)
# `reference` and row numbers are short; a chat, a person or an amount in rials has eight digits or more.
_TOKEN: Final = re.compile(r"\d{3,}:[\w-]{30,}")
_DIGITS: Final = re.compile(r"\d(?:[\s‌٬,.\-]?\d){7,}")
_ADDRESS: Final = re.compile(r"(?<=/bot)[^/\s]+(?=/)")
# Where the loop begins to show something: a future, the arguments of a callback, a value.
_SHOWN: Final = re.compile(r"""[<(\[{'"\n]""")
BLOT: Final = "•••"
OURS: Final = "mohlat"
THIRD_PARTIES: Final = ("telegram", "httpx", "httpcore", "aiohttp", "apscheduler", "uvicorn", "asyncio")

Event = MutableMapping[str, Any]


def logger(name: str) -> Any:  # noqa: ANN401 - structlog's own proxy type
    """A logger whose events have a name and allow-listed keys: `log.info("poll_failed", code=502)`."""
    return structlog.stdlib.get_logger(f"{OURS}.{name}")


def place(error: BaseException) -> str:
    """Where an error was raised, as «file:line function», without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno} {last.name}"


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """The text without tokens, the given secrets, and runs of eight digits and more in any script."""
    for secret in secrets:
        text = text.replace(secret, BLOT)
    return _DIGITS.sub(BLOT, _ADDRESS.sub(BLOT, _TOKEN.sub(BLOT, text)))


class Redaction(logging.Filter):
    """Sits on every handler: turns a record into bare, redacted words."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; a third party's details below INFO are dropped."""
        if isinstance(record.msg, dict):
            record.msg = {key: self._value(key, value) for key, value in record.msg.items()}
            return True
        if record.levelno < logging.INFO:
            return False
        told = _message(record)
        record.msg, record.args = redact(_bare(told) if _is_the_loops(record) else told, self._secrets), ()
        if record.exc_info:
            record.msg += f" [{_named(record.exc_info)}]"
        record.exc_info = record.exc_text = record.stack_info = None
        return True

    def _value(self, key: str, value: object) -> object:
        return redact(value, self._secrets) if isinstance(value, str) and key != "timestamp" else value


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return "unformattable"


def _is_the_loops(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == "asyncio"


def _bare(told: str) -> str:
    return _SHOWN.split(told, maxsplit=1)[0].rstrip()


def _named(info: object) -> str:
    error = info[1] if isinstance(info, tuple) else None
    return f"{type(error).__name__} {place(error)}" if error is not None else "error"


def _allowed(_: object, __: str, event: Event) -> Event:
    """Keep the allow-listed keys; values are numbers or short words."""
    return {key: value for key, value in event.items() if key in ALLOWED_KEYS or key.startswith("_")}


def _bare_error(_: object, __: str, event: Event) -> Event:
    """Name an error's type and place instead of its words: those may hold values."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["error"], event["where"] = type(error).__name__, place(error)
    return event


SHARED: Final = (
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _bare_error,
    _allowed,
)


def configure(level: str, secrets: Collection[str] = ()) -> None:
    """Set up logging for the process: one handler on the root logger, with redaction.

    Args:
        level: "DEBUG", "INFO", "WARNING" or "ERROR".
        secrets: tokens and keys that must never be written, besides whatever looks like one.
    """
    renderer = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redaction(secrets))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in THIRD_PARTIES:
        theirs = logging.getLogger(name)
        theirs.handlers.clear()
        theirs.propagate = True
    # It tells of every sweep, several times a minute.
    logging.getLogger("apscheduler").setLevel(max(root.level, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
