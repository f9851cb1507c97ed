"""Text is mended one for one, and only where it must be."""

from hypothesis import given
from hypothesis import strategies as st

from models.storable_text import storable


@given(st.text(st.characters()))
def test_offsets_stay_true_and_the_rest_stays_as_it_is(text: str) -> None:
    mended = storable(text)
    assert len(mended) == len(text)
    assert all(new in (old, "\N{REPLACEMENT CHARACTER}") for old, new in zip(text, mended, strict=True))
    assert "\x00" not in mended
    assert mended.encode().decode() == mended
    assert storable(mended) == mended
