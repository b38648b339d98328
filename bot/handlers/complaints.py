"""«شکایت و نظر» and «شکایت‌ها»: complaints, from entry to answer and objection."""

from typing import Final

from bot.part import Part

PART: Final = Part()
