"""What the command menu says of the commands that everybody has."""

from typing import Final

EVERYWHERE: Final = {
    "news": "اعلان خبرها",
    "menu": "منوی اصلی",
    "cancel": "انصراف از فرم",
    "back": "بازگشت به گام پیش",
}
