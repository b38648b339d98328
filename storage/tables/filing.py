"""The officer's day: co-signatures, copies, reviews asked for."""
