"""Messages come back as they went in, light or whole."""

from dataclasses import replace
from datetime import timedelta, timezone
from hashlib import sha256

from models.records import Attachment, NamedAddress, Problem, Recipient
from models.store import Store
from models.vocabulary import AutoKind, RecipientKind
from tests.unit.models.building import NOON, make_message, message_id, record


def test_whole_messages_come_back_equal_in_the_order_asked_for(store: Store) -> None:
    first, second = make_message(1), make_message(2, recipients=(), attachments=(), problems=())
    record(store, first, second)
    assert list(store.messages([second.id, "unknown", first.id]).values()) == [second, first]


def test_more_messages_than_one_statement_takes(store: Store) -> None:
    messages = [make_message(number) for number in range(1, 1203)]
    record(store, *messages)
    ids = [message.id for message in messages]
    assert list(store.messages(ids).values()) == messages
    assert list(store.new_texts(ids[:2])) == sorted(ids[:2])


def test_headers_stand_in_time_order_without_texts(store: Store) -> None:
    tied = [make_message(number, at=NOON) for number in (4, 5)]
    record(store, make_message(2), make_message(1), *tied)
    light = [replace(message, body_text="", new_text="", signature="") for message in tied]
    headers = store.headers()
    assert headers[:2] == sorted(light, key=lambda message: message.id)
    assert [message.id for message in headers[2:]] == [message_id(1), message_id(2)]


def test_headers_stop_at_the_moment_asked_for_inclusively(store: Store) -> None:
    messages = [make_message(number) for number in (1, 2, 3)]
    record(store, *messages)
    until = messages[1].at
    assert [message.id for message in store.headers(until)] == [message_id(1), message_id(2)]
    assert len(store.headers(until - timedelta(microseconds=1))) == 1
    assert store.headers(until)[1].recipients == messages[1].recipients


def test_moments_come_back_to_the_microsecond_in_utc(store: Store) -> None:
    delhi = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    ancient = NOON.replace(year=1)
    record(store, make_message(1, at=delhi, sent_at=ancient))
    (message,) = store.headers()
    assert message.at == NOON
    assert message.at.utcoffset() == timedelta(0)
    assert message.sent_at == ancient


def test_texts_that_no_database_takes_are_mended_at_the_same_length(store: Store) -> None:
    hostile = "a\x00b\udc80c\U0001f600"
    mended = "a�b�c\U0001f600"
    message = make_message(
        1,
        subject=hostile,
        new_text=hostile,
        body_text=hostile,
        message_id=hostile,
        references=(hostile,),
        sender=NamedAddress(hostile, hostile),
        recipients=(Recipient(hostile, hostile, RecipientKind.BCC),),
        attachments=(Attachment(hostile, hostile, 1, "0" * 64),),
        problems=(Problem("odd", hostile),),
        auto=AutoKind.OUT_OF_OFFICE,
    )
    record(store, message)
    assert store.messages([message.id]) == {
        message.id: replace(
            message,
            subject=mended,
            new_text=mended,
            body_text=mended,
            message_id=mended,
            references=(mended,),
            sender=NamedAddress(mended, mended),
            recipients=(Recipient(mended, mended, RecipientKind.BCC),),
            attachments=(Attachment(mended, mended, 1, "0" * 64),),
            problems=(Problem("odd", mended),),
        )
    }
    assert store.aliases() == {mended: message.id}
    assert store.new_text_hashes() == {message.id: sha256(mended.encode()).hexdigest()}


def test_new_texts_of_all_and_their_hashes(store: Store) -> None:
    record(store, make_message(1, new_text="Grüße"), make_message(2, new_text=""))
    assert store.new_texts() == {message_id(1): "Grüße", message_id(2): ""}
    assert store.new_texts([message_id(2)]) == {message_id(2): ""}
    assert store.new_texts([]) == {}
    assert store.new_text_hashes()[message_id(1)] == sha256("Grüße".encode()).hexdigest()


def test_raw_bytes_come_back_as_they_were_fetched(store: Store) -> None:
    record(store, make_message(1))
    assert store.raw(message_id(1)) == b"Subject: x\r\n\r\nbytes"
    assert store.raw(message_id(2)) is None
