"""A UIDVALIDITY that a server comes back to is another numbering in the ledger."""

from ingest.numberings import is_of, told, unused


def test_a_numbering_is_the_servers_as_long_as_it_is_used_once() -> None:
    assert unused(7, ()) == unused(7, {8}) == 7
    assert told(7) == 7


def test_each_further_use_is_a_numbering_of_its_own_and_shows_the_same_uidvalidity() -> None:
    second = unused(7, {7})
    third = unused(7, {7, second, 9})
    assert len({7, second, third}) == 3
    assert [told(each) for each in (second, third)] == [7, 7]
    assert all(is_of(each, 7) for each in (7, second, third))
    assert not any(is_of(each, 8) for each in (7, second, third))


def test_a_uidvalidity_beyond_32_bits_is_not_an_earlier_one() -> None:
    assert not is_of(7, 7 + 2**32)
