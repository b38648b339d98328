"""The Persian language itself: digits, letters, money, Jalali dates, identifiers and codes."""
