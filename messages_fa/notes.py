"""What an answer brings with it: the end of the form, a warning, or the law's note."""

from messages_fa.markup import Text, lines, say
from persian.money import Rials, toman_words, words


def special_rule_stops() -> Text:
    """Another rule settles this debt: Article 47 steps back before it, and no case arises."""
    return lines(
        say("دلیل: برای این بدهی مقررات خاص یا عمومی دیگری هست."),
        say(
            "مبنای قانونی: ماده ۴۷ قانون محاسبات عمومی کشور فقط درباره بدهی‌هایی است که مقررات دیگری "
            "تکلیف تقسیط یا مهلت آن‌ها را روشن نکرده باشد."
        ),
        say("اقدام شما: تقسیط یا مهلت را طبق همان مقررات و از مرجع آن پیگیری کنید."),
        say("نمونه: برای بدهی مالیاتی، اداره امور مالیاتی."),
    )


def creditor_not_named() -> Text:
    """Article 47 names ministries and government institutions only; the office warns and does not block."""
    return say(
        "توجه: ماده ۴۷ از وزارتخانه‌ها و مؤسسات دولتی نام می‌برد. پیشنهاد شما ثبت می‌شود، "
        "ولی شمول ماده بر این دستگاه در بررسی روشن می‌شود."
    )


def prosecution_goes_on() -> Text:
    """The note to Article 47 on a debt from a crime or violation."""
    return say(
        "توجه: طبق تبصره ماده ۴۷، تقسیط یا مهلت مانع تعقیب جرم یا تخلف نیست. این نکته در پاسخ اداره کل می‌آید."
    )


def amount_in_words(amount: Rials) -> Text:
    """The debt just taken: the likeliest slip is a factor of ten, and words show it."""
    return lines(
        say("مبلغ بدهی: {words} ریال", words=words(amount)),
        say("معادل: {tomans}", tomans=toman_words(amount)),
    )
