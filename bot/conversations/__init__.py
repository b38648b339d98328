"""Conversations as data: kinds of answer, forms, the engine that walks them, and their screens. Pure."""
