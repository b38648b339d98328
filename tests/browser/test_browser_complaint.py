"""A complaint in a browser: a stranger sends it, the complaints officer answers, the stranger reads it."""

import re

from journey_stage import Stage
from office_steps import COMPLAINT, complain

_CODE = re.compile(r"\d{4}[ \u00a0]\d{4}[ \u00a0]\d{4}")


async def test_a_stranger_complains_and_reads_the_answer_of_the_complaints_officer(stage: Stage) -> None:
    debtor, officer = stage.person("telegram-debtor"), stage.person("bale-complaints")
    receipt = _CODE.search(await complain(debtor))
    assert receipt is not None
    code = receipt.group()

    assert code in await officer.reads("شکایت تازه رسید")
    assert COMPLAINT in await officer.presses("دیدن شکایت", then="ثبت‌کننده: کاربر بدون نقش")
    await officer.presses("برداشتن", then="نزد: لیلا کاظمی")
    await debtor.reads("رسیدگی آغاز شد")
    await officer.presses("پاسخ دادن", then="متن پاسخ را بنویسید")
    await officer.types("پیگیری شد؛ دفترچه اقساط تا فردا می‌رسد.", then="علت این مورد چه بود؟")
    await officer.presses("تأخیر در رسیدگی", then="پاسخ همین حالا فرستاده شود؟")
    await officer.presses("بله، پاسخ فرستاده شود", then="مرحله: پاسخ داده شد")

    answer = await debtor.reads("از این پاسخ راضی بودید؟")
    assert code in answer
    assert "پیگیری شد؛ دفترچه اقساط تا فردا می‌رسد." in answer
