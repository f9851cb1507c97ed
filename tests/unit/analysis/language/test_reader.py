"""The reader with the real model: whole readings."""

import hashlib

import pytest

from analysis.language.reader import Reader, ReadingJob, read_messages
from analysis.language.versions import reader_version
from analysis.settings import DEFAULT_MODEL, ReaderSettings
from models.errors import ModelMissingError
from models.judgements import Reading

MAIL = """Hi Kurt and Dana,

Could you please send the executed batch record for lot AB123 by Friday? We will review it
within 5 business days.
Ana, can you take the deviation DEV-2031? Send me the raw data as well.

Approve the draft too.

Best regards,
Helen
"""


def read(reader: Reader, text: str) -> Reading:
    return next(reader.read([(hashlib.sha256(text.encode()).hexdigest(), text)]))


def test_spans_are_offsets_into_the_text(reader: Reader) -> None:
    reading = read(reader, MAIL)
    for span in [ask.span for ask in reading.asks] + [made.span for made in reading.commitments]:
        assert " ".join(MAIL[span.start : span.end].split()) == " ".join(span.text.split())
    for mention in reading.names:
        if mention.role != "mention":
            assert MAIL[mention.span.start : mention.span.end] == mention.name


def test_a_greeting_holds_until_somebody_else_is_called_and_after_that_paragraph_again(reader: Reader) -> None:
    asks = read(reader, MAIL).asks
    assert [(ask.names, ask.names_rule) for ask in asks] == [
        (("Kurt", "Dana"), "greeting"),
        (("Ana",), "vocative"),
        (("Ana",), "vocative"),
        (("Kurt", "Dana"), "greeting"),
    ]


def test_commitments_topics_and_signature(reader: Reader) -> None:
    reading = read(reader, MAIL)
    assert [made.due_text for made in reading.commitments] == ["within 5 business days"]
    assert {found.topic for found in reading.topics} >= {"batch_record_review", "deviation"}
    assert [found.name for found in reading.names if found.role == "sign_off"] == ["Helen"]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Not my area, please contact Maria Lopez.", "refusal", ("Maria Lopez",)),
        ("I'm forwarding this to Maria Lopez.", "handing_on", ("Maria Lopez",)),
        ("Dana Cole will take this.", "assignment", ("Dana Cole",)),
        ("I'm taking over from Dana Cole.", "handoff", ("Dana Cole",)),
        ("In my absence please contact Ed Stone.", "cover", ("Ed Stone",)),
    ],
)
def test_cues_about_who_carries_it(reader: Reader, text: str, kind: str, names: tuple[str, ...]) -> None:
    assert (kind, names) in [(cue.kind, cue.names) for cue in read(reader, text).cues]


def test_mere_thanks(reader: Reader) -> None:
    reply = read(reader, "Thanks, received.\n\nKurt").reply
    assert reply.thanks_only
    assert reply.acknowledges
    assert reply.substance_words == 0


def test_substance(reader: Reader) -> None:
    reply = read(reader, "Hi Ana,\nthe yield of lot 12 was 94.1 % and the assay is within limits.").reply
    assert reply.substance_words >= 10
    assert not reply.thanks_only


def test_a_statement_behind_an_instruction_is_substance(reader: Reader) -> None:
    assert read(reader, "Please order the stoppers, we cover all of them as agreed.").reply.substance_words == 7
    assert read(reader, "Please order the stoppers and the caps.").reply.substance_words == 0


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("We cannot accept this deviation.", "declines"),
        ("Never mind, I found the answer.", "withdraws"),
        ("That works, thanks!", "closes"),
        ("Sorry, I sent the wrong file.", "rework"),
        ("I want to let you know that the line will be closed.", "proactive"),
        ("We will look into it.", "acknowledges"),
    ],
)
def test_reply_cues(reader: Reader, text: str, cue: str) -> None:
    assert getattr(read(reader, text).reply, cue)


def test_other_languages_are_not_read(reader: Reader) -> None:
    text = "Sehr geehrter Herr Weber, bitte senden Sie uns die Unterlagen zu der Charge. Danke!"
    reading = read(reader, text)
    assert (reading.language, reading.read, reading.asks) == ("de", False, ())


@pytest.mark.parametrize(
    "text", ["", " \n\n", "\x00\ufffd", "?" * 5000, "a" * 30000, "- \n" * 500, "@ @ @", "Hi", "http://x/" * 500]
)
def test_odd_texts_are_read_without_asks(reader: Reader, text: str) -> None:
    assert read(reader, text).asks == ()


def test_a_reading_does_not_depend_on_its_neighbours(reader: Reader) -> None:
    texts = [(str(number), f"{MAIL}\nPlease send item {number}.") for number in range(40)]
    together = list(reader.read(texts))
    assert together == [next(reader.read([text])) for text in texts]
    assert [reading.text_sha256 for reading in together] == [key for key, _ in texts]


def test_reading_in_order_with_progress() -> None:
    heard: list[int] = []
    settings = ReaderSettings(matrix_products="numpy")
    readings = list(read_messages([("a", "Please send it."), ("b", "Thanks.")], settings, heard.append))
    assert [(reading.text_sha256, len(reading.asks)) for reading in readings] == [("a", 1), ("b", 0)]
    assert heard == [1, 2]


def test_processes_read_the_same(reader: Reader) -> None:
    texts = [(str(number), f"{MAIL}\nCan you check lot {number}?") for number in range(40)]
    settings = ReaderSettings(executor="processes", workers=2, matrix_products="numpy")
    assert list(read_messages(texts, settings)) == list(reader.read(texts))


def test_the_version_is_known_without_the_model(reader: Reader) -> None:
    assert reader.version == reader_version(DEFAULT_MODEL)
    assert read(reader, "Hi").reader_version == reader.version


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(ModelMissingError) as caught:
        ReadingJob(ReaderSettings(model="en_core_web_absent")).prepare()
    assert "make setup" in caught.value.hint


def test_matrix_products_have_three_names() -> None:
    with pytest.raises(ValueError, match="'cuda'"):
        Reader(ReaderSettings(matrix_products="cuda"))
