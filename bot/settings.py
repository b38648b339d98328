"""Everything that an operator sets, read once at start from the environment or `.env`, and passed on."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Base = Annotated[str, AfterValidator(lambda url: url.rstrip("/"))]
"""An API's base address, to which `/bot<token>/METHOD` is appended."""


class Settings(BaseSettings):
    """The fixed environment of the product; an empty value counts as not set.

    A platform without a token is not served. Without `WEBHOOK_URL` updates come by long polling.
    `TELEGRAM_RATE` and `BALE_RATE` are messages a second over all chats; `CHAT_INTERVAL` the seconds between
    two messages of one chat once its burst is used up. `DATABASE_URL` empty means SQLite under `DATA_DIR`. Ports listen on 127.0.0.1 only.
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_token: SecretStr = SecretStr("")
    telegram_api: Base = "https://api.telegram.org"
    telegram_proxy: str = ""
    telegram_rate: float = Field(default=28.0, gt=0)
    bale_token: SecretStr = SecretStr("")
    bale_api: Base = "https://tapi.bale.ai"
    bale_proxy: str = ""
    bale_rate: float = Field(default=20.0, gt=0)
    chat_interval: float = Field(default=1.0, ge=0)

    database_url: str = ""
    data_dir: Path = Path("data")
    key_file: Path | None = None

    webhook_url: Base = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    health_port: int = Field(default=8085, ge=0, le=65535)
    chat_page_port: int = Field(default=8088, ge=0, le=65535)
    log_level: str = "INFO"

    @property
    def store_url(self) -> str:
        """The database's address; the embedded default lies under `DATA_DIR`."""
        return self.database_url or f"sqlite:///{self.data_dir / 'mohlat.sqlite'}"

    @property
    def key_path(self) -> Path:
        """Where the secret key lies; it is created on the first start."""
        return self.key_file or self.data_dir / "secret.key"

    def token(self, platform: str) -> str:
        """The token of a platform's bot, or an empty string."""
        secret: SecretStr = getattr(self, f"{platform}_token")
        return secret.get_secret_value()
