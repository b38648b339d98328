"""The office and the service, named once."""

from typing import Final

OFFICE: Final = "اداره کل امور اقتصادی و دارایی استان آذربایجان شرقی"
BOT: Final = "مهلت"
