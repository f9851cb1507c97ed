"""UIDs from what a message is."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.numbering import number_all


@given(st.lists(st.binary(max_size=3), max_size=30), st.lists(st.binary(max_size=3), max_size=5))
def test_numbers_are_distinct_valid_and_stay_when_more_comes(keys: list[bytes], more: list[bytes]) -> None:
    numbers = number_all(keys)
    assert len(set(numbers)) == len(keys)
    assert all(0 < number < 2**63 for number in numbers)
    assert number_all([*keys, *more])[: len(keys)] == numbers
