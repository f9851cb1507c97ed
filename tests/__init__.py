"""Liaison's tests: unit (mirrors the packages), contract (every backend alike), system (whole runs)."""
