"""Everything that an operator sets, read once at start from the environment or `.env`, and passed on."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.here import is_here
from storage.keyfile import KeySource

STORES: Final = ("sqlite", "postgresql")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{32,240}")


def _address(url: str) -> str:
    """An address without a slash at its end; empty stays empty."""
    parts = urlsplit(url)
    if url and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise ValueError("should begin with https:// or http:// and a host")
    return url.rstrip("/")


def _api_address(url: str) -> str:
    """An address that tokens may be sent to: with TLS, or on this machine, and nothing in it but a place."""
    url, parts = _address(url), urlsplit(url)
    if parts.scheme == "http" and not is_here(parts.hostname or ""):
        raise ValueError(
            "should begin with https://; http:// is for this machine only, as http://127.0.0.1:8081"
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("should be a host and perhaps a path, without a user, «?» or «#»")
    return url


def _store_address(url: str) -> str:
    """An address of an engine that there is; what is wrong is said without it, for it may hold a password."""
    parts = urlsplit(url)
    if url and parts.scheme not in STORES:
        raise ValueError("should begin with sqlite:/// or postgresql://")
    with suppress(ValueError):
        _ = parts.port
        return url
    raise ValueError("has a port that is no number, or a character that must be written as %XX")


def _scanner_address(address: str) -> str:
    """Where a virus scanner listens."""
    if address and not address.startswith("/") and not address.rpartition(":")[2].isdecimal():
        raise ValueError("should be host:port, or the path of a socket that begins with /")
    return address


def _near(address: str) -> bool:
    """Whether what is said to this address stays on this machine."""
    host = address.rpartition(":")[0].strip("[]")
    return not address or address.startswith("/") or is_here(host)


Address = Annotated[str, AfterValidator(_address)]
ApiAddress = Annotated[str, AfterValidator(_api_address)]
ScannerAddress = Annotated[str, AfterValidator(_scanner_address)]
StoreAddress = Annotated[str, AfterValidator(_store_address)]
Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(lambda word: word.upper())]


class Settings(BaseSettings):
    """The fixed environment of the product; an empty value counts as not set.

    A platform without a token is not served. To `TELEGRAM_API` and `BALE_API` `/bot<token>/METHOD` is
    appended. `TELEGRAM_RATE` and `BALE_RATE` are messages a second over all chats; `CHAT_INTERVAL` the
    seconds between two messages of one chat once its burst is used up. `DATABASE_URL` empty means SQLite
    under `DATA_DIR`. `MOHLAT_KEYS` holds master keys in base64, the newest first; without it they
    are read from `KEY_FILE`, from `mohlat.key` among systemd's credentials, or from `DATA_DIR`/secret.key.
    Without `WEBHOOK_URL` updates come by long polling; with it `WEBHOOK_SECRET` is
    needed, for that is all that keeps strangers from posting updates. Ports listen on 127.0.0.1 only.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    telegram_token: SecretStr = SecretStr("")
    telegram_api: ApiAddress = "https://api.telegram.org"
    telegram_proxy: str = ""
    telegram_rate: float = Field(default=29.0, gt=0)
    bale_token: SecretStr = SecretStr("")
    bale_api: ApiAddress = "https://tapi.bale.ai"
    bale_proxy: str = ""
    bale_rate: float = Field(default=20.0, gt=0)
    chat_interval: float = Field(default=1.0, ge=0)

    database_url: StoreAddress = ""
    data_dir: Path = Path("data")
    key_file: Path | None = None
    mohlat_keys: SecretStr = SecretStr("")
    credentials_directory: Path | None = None
    clamd_in_clear: bool = False
    clamd: ScannerAddress = ""

    backup_to: Path | None = None
    backup_recipients: str = ""
    backup_hours: float = Field(default=24.0, gt=0)
    backup_keep: int = Field(default=14, ge=1)

    webhook_url: Address = ""
    webhook_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    health_port: int = Field(default=8085, ge=0, le=65535)
    chat_page_port: int = Field(default=8088, ge=0, le=65535)
    log_level: Level = "INFO"

    @field_validator("clamd")
    @classmethod
    def _on_this_machine(cls, address: str, info: ValidationInfo) -> str:
        if not _near(address) and not info.data.get("clamd_in_clear"):
            raise ValueError(
                "leads off this machine, and files would go there unencrypted; "
                "set CLAMD_IN_CLEAR=1 where the way is safe"
            )
        return address

    @field_validator("webhook_secret")
    @classmethod
    def _unguessable(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        if info.data.get("webhook_url") and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("should be 32 to 240 of A-Z a-z 0-9 _ - while WEBHOOK_URL is set")
        return secret

    @property
    def store_url(self) -> str:
        """The database's address; the embedded default lies under `DATA_DIR`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'mohlat.sqlite'}"

    @property
    def key_path(self) -> Path:
        """The file of the master keys; it is created on the first start of the embedded default."""
        return self.key_file or self.data_dir / "secret.key"

    @property
    def keys(self) -> KeySource:
        """Where the master keys are read: MOHLAT_KEYS, KEY_FILE, systemd's credentials, DATA_DIR."""
        if given := self.mohlat_keys.get_secret_value():
            return KeySource(given=given)
        handed = self.credentials_directory and self.credentials_directory / "mohlat.key"
        if handed and self.key_file is None and handed.exists():
            return KeySource(handed, ours=False)
        return KeySource(self.key_path)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show, besides what looks like a secret by itself."""
        kept = (self.telegram_token, self.bale_token, self.webhook_secret)
        told = [value for secret in kept if (value := secret.get_secret_value())]
        return *told, *self.mohlat_keys.get_secret_value().replace(",", " ").split()

    def token(self, platform: str) -> str:
        """The token of a platform's bot, or an empty string."""
        secret: SecretStr = getattr(self, f"{platform}_token")
        return secret.get_secret_value()
