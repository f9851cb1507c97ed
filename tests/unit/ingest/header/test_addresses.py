"""Address fields as programs and people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.header.address_repair import repair
from ingest.parse import parse_message
from models.records import Message


def read(fields: bytes) -> Message:
    message = parse_message(b"Date: Mon, 2 Mar 2026 08:30:00 +0000\n" + fields + b"\n\nx").message
    assert message is not None
    return message


def recipients(field: str | bytes) -> list[tuple[str, str]]:
    value = field if isinstance(field, bytes) else field.encode()
    return [(each.address, each.display_name) for each in read(b"From: q@corvus.example\nTo: " + value).recipients]


DANA = ("dana@halden.example", "Dana Cole")


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("undisclosed-recipients:;", []),
        ('"Undisclosed recipients":;', []),
        (
            "Team: a@halden.example, b@halden.example;, c@halden.example",
            [("a@halden.example", ""), ("b@halden.example", ""), ("c@halden.example", "")],
        ),
        ("=?utf-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <j@halden.example>", [("j@halden.example", "Müller, Jörg")]),
        ("=?utf-8?Q?J=C3=B6rg_<j@halden.example>?=", [("j@halden.example", "Jörg")]),
        ("=?utf-8?B?asO2cmdAaGFsZGVuLmV4YW1wbGU=?=", [("jörg@halden.example", "")]),
        ('"=?utf-8?Q?J=C3=B6rg?=" <j@halden.example>', [("j@halden.example", "Jörg")]),
        ("=?utf-8?Q?dana?=@halden.example", [("dana@halden.example", "")]),
        ("dana@halden.example (Dana Cole)", [DANA]),
        ("dana (the (second)) <dana@halden.example> (lab)", [("dana@halden.example", "dana (the second)")]),
        ('"dana cole"@halden.example', [('"dana cole"@halden.example', "")]),
        ('"dana"@halden.example', [("dana@halden.example", "")]),
        ("<@relay.example,@mx.example:dana@halden.example>", [("dana@halden.example", "")]),
        ("dana@müller.example", [("dana@xn--mller-kva.example", "")]),
        ("dana@XN--MLLER-KVA.example", [("dana@xn--mller-kva.example", "")]),
        ("Jörg <jörg@müller.example>", [("jörg@xn--mller-kva.example", "Jörg")]),
        ("jo\u0308rg@halden.example", [("jörg@halden.example", "")]),
        (
            "Cole, Dana </O=HALDEN/OU=EXCH/CN=RECIPIENTS/CN=DCOLE>",
            [("imceaex-_o=halden_ou=exch_cn=recipients_cn=dcole@x500.invalid", "Cole, Dana")],
        ),
        (
            "IMCEAEX-_O=HALDEN_OU=EXCH_CN=RECIPIENTS_CN=DCOLE@halden.example",
            [("imceaex-_o=halden_ou=exch_cn=recipients_cn=dcole@halden.example", "")],
        ),
        (
            'a@halden.example; b@halden.example; "C, D" <c@halden.example>',
            [("a@halden.example", ""), ("b@halden.example", ""), ("c@halden.example", "C, D")],
        ),
        (
            "Dana Cole<dana@halden.example>;Kurt<kurt@halden.example>",
            [DANA, ("kurt@halden.example", "Kurt")],
        ),
        ("Cole, Dana <dana@halden.example>", [("dana@halden.example", "Cole, Dana")]),
        (
            "Cole, Dana <dana@halden.example>, Weber, Kurt <kurt@halden.example>",
            [("dana@halden.example", "Cole, Dana"), ("kurt@halden.example", "Weber, Kurt")],
        ),
        ("a@halden.example b@halden.example", [("a@halden.example", ""), ("b@halden.example", "")]),
        ("Dana Cole [mailto:dana@halden.example]", [DANA]),
        ("dana@halden.example <mailto:dana@halden.example>", [("dana@halden.example", "")]),
        ("'dana@halden.example' <dana@halden.example>", [("dana@halden.example", "")]),
        ("dana at halden.example (Dana Cole)", [DANA]),
        ("dana..cole@halden.example", [("dana..cole@halden.example", "")]),
        ("dana@halden.example.", [("dana@halden.example", "")]),
        ("dana@@halden.example", []),
        ("dana@halden..example", []),
        ("dana@cole@halden.example", [("cole@halden.example", "")]),
        ("Dana Cole", []),
        ("dana@[10.0.0.1]", [("dana@[10.0.0.1]", "")]),
        ("dana@halden", [("dana@halden", "")]),
    ],
)
def test_recipients(field: str, expected: list[tuple[str, str]]) -> None:
    assert recipients(field) == expected


def test_latin_letters_without_a_character_set() -> None:
    assert recipients(b"J\xf6rg <j@halden.example>") == [("j@halden.example", "Jörg")]


LIST = b"List-Id: Tech <tech.lists.halden.example>\nList-Post: <mailto:tech@lists.halden.example>\n"
ANA = ("ana@corvus.example", "Ana Ruiz")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (b"From: Ana Ruiz via tech <tech@lists.halden.example>\nReply-To: ana@corvus.example\n" + LIST, ANA),
        (
            b"From: Ana Ruiz via tech <tech@lists.halden.example>\nReply-To: tech@lists.halden.example\n"
            b"Cc: Kurt <kurt@halden.example>, Ana Ruiz <ana@corvus.example>\n" + LIST,
            ANA,
        ),
        (
            b"From: \"'Ana Ruiz' via Tech\" <tech@lists.halden.example>\n"
            b"X-Original-From: Ana Ruiz <ana@corvus.example>\nReply-To: other@corvus.example\n" + LIST,
            ANA,
        ),
        (
            b"From: 'Ana Ruiz' via Tech <tech@lists.halden.example>\nX-Original-Sender: ana@corvus.example\n" + LIST,
            ANA,
        ),
        (
            b"From: Ana Ruiz (via tech) <tech@lists.halden.example>\nReply-To: Ana Ruiz <ana@corvus.example>\n" + LIST,
            ANA,
        ),
        (
            b"From: Ana Ruiz [tech] <tech@lists.halden.example>\nReply-To: Ana Ruiz <ana@corvus.example>\n" + LIST,
            ANA,
        ),
        (
            b"From: Ana Ruiz via groups <ana=corvus.example@lists.halden.example>\n" + LIST,
            ANA,
        ),
        (b"From: Ana Ruiz <ana=40corvus.example@dmarc.lists.example>\n", ANA),
        (
            b'From: "ana@corvus.example via tech" <tech@lists.halden.example>\n' + LIST,
            ("ana@corvus.example", ""),
        ),
        (b"From: Ana Ruiz via tech <tech@lists.halden.example>\n" + LIST, ("tech@lists.halden.example", "Ana Ruiz")),
        (
            b"From: Ana via Rome <ana@corvus.example>\nReply-To: x@corvus.example\n" + LIST,
            ("ana@corvus.example", "Ana via Rome"),
        ),
        (
            b"From: Ana Ruiz (via Documents) <no-reply@documents.example>\nReply-To: ana@corvus.example\n",
            ("no-reply@documents.example", "Ana Ruiz (via Documents)"),
        ),
        (
            b"From: Dana Cole <dana@halden.example>, Ana Ruiz <ana@corvus.example>\nSender: ana@corvus.example\n",
            ANA,
        ),
        (b"From: Ana Ruiz <ana@corvus.example>\nSender: office@corvus.example\n", ANA),
        (b"Sender: ana@corvus.example\n", ("ana@corvus.example", "")),
        (b"From: Ruiz, Ana <ana@corvus.example>\n", ("ana@corvus.example", "Ruiz, Ana")),
    ],
)
def test_the_author(fields: bytes, expected: tuple[str, str]) -> None:
    sender = read(fields.rstrip(b"\n")).sender
    assert (sender.address, sender.display_name) == expected


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_makes_repairing_raise(text: str) -> None:
    for named in repair(text):
        assert "@" in named.address


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["a@b.example", "<", ">", ",", ";", '"', "(", ")", "Cole", " at ", "=?utf-8?Q?a?="]),
        max_size=40,
    )
)
def test_pieces_in_any_order_are_repaired(pieces: list[str]) -> None:
    assert all(named.address.count("@") == 1 for named in repair("".join(pieces)))
