"""The working calendar, and the target moment of a case."""
