"""Messages of any structure, right and wrong, made part by part: nothing raises, and the same bytes say the same."""

import base64
import quopri
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.parse import parse_message
from ingest.settings import ParseLimits

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SMALL = replace(ParseLimits(), whole_bytes=2000)

TYPES = st.sampled_from(
    [
        *(
            "text/plain",
            "text/html",
            "text/calendar; method=REQUEST",
            "text/rfc822-headers",
            "application/pdf; name=a.pdf",
        ),
        *(
            "application/ms-tnef; name=winmail.dat",
            "message/delivery-status",
            "message/rfc822",
            "text",
            "/",
            "image/png",
        ),
        *("message/disposition-notification", "application/octet-stream", "message/partial; number=1; total=2"),
    ]
)
CHARSETS = st.sampled_from(
    ["", "utf-8", "iso-8859-1", "gb2312", "utf-7", "utf-16", "nonsense", "base64", "iso-2022-jp"]
)
ENCODINGS = st.sampled_from(
    ["", "7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "BASE64 (yes)", "nonsense"]
)
WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "Could you send the record?\n",
                "> quoted\n",
                "-- \nAna\n",
                "\n",
                "Größe ",
                "批号 ",
                "\x00",
                "<p>",
                "</div>",
                "&amp;",
            ),
            *("From: a@b.example\nSent: today\nTo: c\nSubject: d\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "word " * 700),
            *("On 1 Mar 2026, Ana wrote:\n", "Final-Recipient: rfc822; a@b.example\nAction: failed\n", "begin 644 a\n"),
            *("I am out of office until 6 March.\n", "--b0\n", "--\n", "=\n", "=3D", "Message-ID: <a@b.example>\n"),
        ]
    ),
    max_size=8,
).map("".join)


@st.composite
def leaves(draw: st.DrawFn) -> bytes:
    """One part with its header section; declarations may lie."""
    charset, encoding = draw(CHARSETS), draw(ENCODINGS)
    content = draw(WORDS).encode(draw(st.sampled_from(["utf-8", "cp1252", "utf-16", "gb18030"])), "replace")
    if draw(st.booleans()):
        content = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(content)
    kind = draw(TYPES) + (f'; charset="{charset}"' if charset else "")
    disposition = draw(st.sampled_from(["", "Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1=b\n"]))
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n{disposition}\n".encode() + content


@st.composite
def multiparts(draw: st.DrawFn, inside: st.SearchStrategy[bytes]) -> bytes:
    """Parts in one another; delimiters may be missing."""
    boundary = draw(st.sampled_from([b"b0", b"b1", b"b 2", b"-"]))
    kind = draw(
        st.sampled_from([b"mixed", b"alternative", b"related", b"report; report-type=delivery-status", b"digest"])
    )
    parts = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in draw(st.lists(inside, max_size=4)))
    end = draw(st.sampled_from([b"--" + boundary + b"--\n", b""]))
    return b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\n\n' + parts + end


FIELDS = st.lists(
    st.sampled_from(
        [
            *(
                b"From: Ana Ruiz <ana@corvus.example>\n",
                b"From: MAILER-DAEMON@mx.example\n",
                b"To: undisclosed-recipients:;\n",
            ),
            *(
                b"Cc: Cole, Dana <dana@halden.example>; kurt@halden.example\n",
                b"Date: Mon, 2 Mar 2026 08:30:00 +0000\n",
            ),
            *(
                b"Date: 31 Feb 0100\n",
                b"Received: by mx; Mon, 2 Mar 2026 08:31:00 +0000\n",
                b"Subject: =?utf-8?B?w7w=?=\n",
            ),
            *(b"Auto-Submitted: auto-replied\n", b"List-Id: <tech.halden.example>\n", b"Sender: \xff\n", b"X-Odd\n"),
        ]
    ),
    max_size=6,
).map(b"".join)
MAIL = st.builds(lambda fields, body: fields + body, FIELDS, st.recursive(leaves(), multiparts, max_leaves=8))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MAIL)
def test_any_structure_is_read_the_same_every_way(raw: bytes) -> None:
    unix = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    parsed = parse_message(unix, NOW)
    assert (parsed.message is None) <= bool(parsed.problems)
    assert parse_message(unix, NOW) == parsed
    assert parse_message(unix.replace(b"\n", b"\r\n"), NOW) == parsed


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MAIL)
def test_long_bodies_are_read_alike_through_the_parser_and_round_it(raw: bytes) -> None:
    through, round_it = parse_message(raw, NOW), parse_message(raw, NOW, SMALL)
    if through.message and round_it.message:
        assert round_it.message.body_text == through.message.body_text
        assert round_it.message.attachments == through.message.attachments
