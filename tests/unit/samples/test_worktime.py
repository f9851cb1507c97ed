"""Business hours over weekends, holidays, closures and clock changes."""

from datetime import UTC, datetime

import pytest

from samples.cast import CORVUS, HALDEN, MERIDIAN, Organisation


@pytest.mark.parametrize(
    ("company", "start", "hours", "expected"),
    [
        (HALDEN, "2026-01-14T10:00", 8, "2026-01-15T10:00"),
        (HALDEN, "2026-01-16T15:00", 4, "2026-01-19T11:00"),
        (HALDEN, "2026-04-02T14:00", 8, "2026-04-07T14:00"),
        (HALDEN, "2025-12-23T15:30", 8, "2026-01-05T15:30"),
        (CORVUS, "2025-11-26T21:30", 4, "2025-12-01T17:30"),
        (CORVUS, "2026-03-06T15:00", 8, "2026-03-09T14:00"),
        (MERIDIAN, "2026-01-23T11:00", 8, "2026-01-27T11:00"),
        (MERIDIAN, "2026-01-24T20:00", 0.5, "2026-01-27T04:00"),
    ],
)
def test_business_hours_stand_still_outside_working_time(
    company: Organisation, start: str, hours: float, expected: str
) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert company.worktime.due(moment, hours) == datetime.fromisoformat(expected).replace(tzinfo=UTC)
