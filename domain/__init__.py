"""The office's rules under Article 47: pure functions and frozen values; no input, no output, no clock."""
