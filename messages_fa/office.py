"""The office and the service, named once."""

from typing import Final

OFFICE: Final = "اداره کل امور اقتصادی و دارایی استان آذربایجان شرقی"
SERVICE: Final = "ارائه تاییدیه استمهال یا تقسیط بدهی اشخاص به دستگاههای اجرایی"
"""The official title, with its own spelling."""
BOT: Final = "مهلت"
