"""Names that words single out."""

import pytest

from analysis.language.names import find_greeting, find_sign_off, find_vocative, names_in


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Hi Kurt,", ("Kurt",)),
        ("Dear Dr. Weber", ("Dr. Weber",)),
        ("Hello Kurt and Dana,", ("Kurt", "Dana")),
        ("Hi Kurt, Dana, Ed", ("Kurt", "Dana", "Ed")),
        ("Good morning Ana Ruiz,", ("Ana Ruiz",)),
        ("Hi Kurt, could you send it?", ("Kurt",)),
        ("hi kurt, any news?", ("kurt",)),
        ("Hi JD,", ("JD",)),
        ("Hi Jean-Pierre,", ("Jean-Pierre",)),
        ("Dear Ms. van der Berg,", ("Ms. van der Berg",)),
    ],
)
def test_greetings(line: str, names: tuple[str, ...]) -> None:
    assert find_greeting(line).names == names


@pytest.mark.parametrize(
    "line", ["Hi all,", "Dear team", "Hello everyone!", "Hi QA Team,", "Hi folks, could you help?"]
)
def test_plural_greetings(line: str) -> None:
    called = find_greeting(line)
    assert called.plural
    assert called.names == ()


@pytest.mark.parametrize(
    "line", ["History matters.", "Hello, the line is down.", "Hi, please send it.", "Dear Sir or Madam,"]
)
def test_greetings_that_name_nobody(line: str) -> None:
    assert find_greeting(line).names == ()


@pytest.mark.parametrize(
    ("sentence", "names", "rule"),
    [
        ("Kurt, could you look at this?", ("Kurt",), "vocative"),
        ("Kurt - please sign.", ("Kurt",), "vocative"),
        ("Joel: can you merge it?", ("Joel",), "vocative"),
        ("Kurt could you sign it?", ("Kurt",), "vocative"),
        ("Kurt, Ana and Ed, please review.", ("Kurt", "Ana", "Ed"), "vocative"),
        ("Could you, Ana, confirm?", ("Ana",), "vocative"),
        ("Where do we stand, Kurt?", ("Kurt",), "vocative"),
        ("@Ed could you have a look?", ("Ed",), "at_sign"),
        ("Can @Dana Cole, @Ed check?", ("Dana Cole", "Ed"), "at_sign"),
    ],
)
def test_vocatives(sentence: str, names: tuple[str, ...], rule: str) -> None:
    called = find_vocative(sentence)
    assert (called.names, called.rule) == (names, rule)


@pytest.mark.parametrize(
    "sentence",
    [
        "However, could you send it?",
        "Thanks, received.",
        "Tomorrow, we ship.",
        "Status: shipped.",
        "Adding, removing and changing is fine.",
        "Please write to dana@halden.example today.",
        "FYI, the batch failed.",
        "Reviews, thoughts and comments are welcome.",
    ],
)
def test_what_only_looks_like_a_call(sentence: str) -> None:
    assert find_vocative(sentence).names == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("See below.\n\nBest regards,\nDana Cole", "Dana Cole"),
        ("Done.\nDana", "Dana"),
        ("Thanks, received.\n\n-Kurt", "Kurt"),
        ("Done.\n\nThanks\nAna Ruiz", "Ana Ruiz"),
        ("Please send it.\nThanks", ""),
        ("Kurt", ""),
        ("We ship today.\nNo further news.", ""),
    ],
)
def test_sign_off(text: str, name: str) -> None:
    assert find_sign_off(text.splitlines()) == name


def test_names_inside_words_leave_acronyms_and_openers_out() -> None:
    assert names_in("I'm forwarding this to Maria Lopez and Ed at OEM.") == ("Maria Lopez", "Ed")
    assert names_in("Adding the IBM folks") == ()
    assert names_in("We hand it to QA") == ("QA",)
