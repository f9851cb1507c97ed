"""Text cut at marks."""

from models.vocabulary import AutoKind
from reports.document import Mark, MessageLine, Person
from reports.spans import lettered, segments, visible


def _message(text: str, *marks: tuple[int | None, int | None]) -> MessageLine:
    return MessageLine(
        number=1,
        id="m",
        message_id="m@x",
        raw_sha256="",
        sender=Person("dana@halden.example"),
        recipients=(),
        subject="",
        sent_at=None,
        received_at=None,
        auto=AutoKind.NONE,
        text=text,
        omitted=0,
        attachments=(),
        marks=tuple(Mark(start, end, "ask", "a", "rule", 0.9) for start, end in marks),
    )


def test_overlapping_marks_end_with_their_own_letters() -> None:
    cut = segments(_message("abcdef", (0, 4), (2, 6)))
    assert [(piece.text, piece.marked, piece.ends) for piece in cut] == [
        ("ab", True, ()),
        ("cd", True, ("a",)),
        ("ef", True, ("b",)),
    ]


def test_no_text_is_lost_between_marks() -> None:
    message = _message("one two three", (4, 7), (None, None))
    assert "".join(piece.text for piece in segments(message)) == "one two three"
    assert [each.letter for each in lettered(message)] == ["a", "b"]


def test_a_mark_beyond_what_is_shown_is_cut() -> None:
    assert [piece.text for piece in segments(_message("abc", (1, 99)))] == ["a", "bc"]
    assert segments(_message("")) == ()


def test_letters_go_on_after_z() -> None:
    marks = [(0, end) for end in range(1, 29)]
    assert [each.letter for each in lettered(_message("a" * 28, *marks))][24:] == ["y", "z", "aa", "ab"]


def test_what_is_said_for_several_asks_has_one_letter() -> None:
    message = _message("abc", (0, 1), (0, 1), (1, 2), (0, 1))
    assert [(each.letter, each.mark.start) for each in lettered(message)] == [("a", 0), ("b", 1)]


def test_what_turns_letters_round_or_cannot_be_seen_is_shown_as_such() -> None:
    assert visible("a\u202eb\x00c\td\n") == "a\ufffdb\ufffdc\td\n"
