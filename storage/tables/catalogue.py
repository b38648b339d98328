"""The catalogues that the office edits."""
