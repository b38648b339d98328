"""A forgotten passcode in a browser: issued by an admin who never sees it, made anew by its owner."""

import re

from journey_stage import Stage
from office_steps import CODE, OLD_PASSCODE, ask_for_passcode

_ONCE = re.compile(r"renew[0-9a-f]{32}")
_PASSCODE = re.compile(r"(?:^|(?<=\u200f))[0-9A-HJKMNP-TV-Z]{8}$", re.MULTILINE)


async def test_a_forgotten_passcode_is_made_anew_by_its_owner_alone(stage: Stage) -> None:
    officer, admin, debtor = map(stage.person, ("bale-officer", "bale-admin", "telegram-debtor"))
    await ask_for_passcode(officer)
    await admin.reads("درخواست رمز تازه")
    await admin.presses("رسیدگی می‌کنم", then="در دست نرگس رضایی")
    await admin.presses("صدور رمز یک‌بارمصرف", then="صادر شود؟")
    card = await admin.presses("بله، صادر شود", then="در انتظار صاحب رمز")
    once = _ONCE.search(await officer.reads("رمز یک‌بارمصرف شما"))
    assert once is not None
    assert once.group() not in card

    new = _PASSCODE.search(await officer.types(once.group(), then="رمز تازه ساخته شد"))
    assert new is not None
    await debtor.types(CODE, then="در حال بررسی")
    await debtor.presses("دیدن جزئیات", then="رمز")
    await debtor.types(OLD_PASSCODE, then="پیدا نشد")
    await debtor.types(CODE, then="در حال بررسی")
    await debtor.presses("دیدن جزئیات", then="رمز")
    await debtor.types(new.group(), then="جزئیات پیشنهاد")
