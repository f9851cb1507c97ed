"""Measures of a relationship: declared, computed from frames by pure functions, kept by month in a ledger."""
