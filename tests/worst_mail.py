"""The worst mail that a stranger could think of, by name; made on the spot, because the files would be large."""

import base64
from collections.abc import Callable

_HEAD = b"From: a@corvus.example\nTo: b@halden.example\nDate: Mon, 2 Mar 2026 08:30:00 +0000\nMIME-Version: 1.0\n"
_SIZE = 49 * 10**6


def _plain(body: bytes, fields: bytes = b"") -> bytes:
    return _HEAD + fields + b"\n" + body


def _html(body: bytes) -> bytes:
    return _plain(body, b"Content-Type: text/html; charset=utf-8\n")


def _mixed(parts: bytes) -> bytes:
    return _plain(parts, b"Content-Type: multipart/mixed; boundary=b\n")


def _attachment(size: int, line_end: bytes = b"\n") -> bytes:
    encoded = base64.encodebytes(bytes(range(256)) * (size // 256)).replace(b"\n", line_end)
    head = b"--b\nContent-Type: text/plain\n\nSee the file.\n--b\nContent-Type: application/pdf; name=x.pdf\n"
    head += b"Content-Transfer-Encoding: base64\n\n"
    return _mixed(head).replace(b"\n", line_end) + encoded + b"--b--" + line_end


def _nested_multiparts() -> bytes:
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1000))
    return _HEAD + levels + b"\nx\n"


def _continued_parameter() -> bytes:
    pieces = b"".join(b";\n name*%d=x" % n for n in range(100_000))
    return _plain(b"x", b"Content-Type: application/pdf" + pieces + b"\n")


def _nested_messages() -> bytes:
    return _HEAD + b"Content-Type: message/rfc822\n\n" * 5000 + b"\nx"


_FILE_OF_36_MB = 36 * 10**6

WORST_MAIL: dict[str, Callable[[], bytes]] = {
    "large_attachment": lambda: _attachment(_FILE_OF_36_MB),
    "large_attachment_crlf": lambda: _attachment(_FILE_OF_36_MB, b"\r\n"),
    "large_text": lambda: _plain(b"All the words of a long text.\n" * (_SIZE // 30)),
    "large_text_on_one_line": lambda: _plain(b"x" * _SIZE),
    "large_text_8bit": lambda: _plain("Größe\n".encode() * (_SIZE // 8), b"Content-Type: text/plain; charset=utf-8\n"),
    "large_text_of_blank_lines": lambda: _plain(b"\n" * _SIZE),
    "large_text_of_dashes": lambda: _plain(b"--x\n" * (_SIZE // 4)),
    "large_text_quoted_printable": lambda: _plain(
        b"=C3=BC=\n" * (_SIZE // 8), b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n"
    ),
    "large_text_base64": lambda: _plain(
        base64.encodebytes(b"Some words.\n" * 3 * 10**6), b"Content-Transfer-Encoding: base64\n"
    ),
    "large_text_uuencoded": lambda: _plain(
        b"begin 644 x\n" + (b"M" + b"!" * 60 + b"\n") * 10**5 + b"`\nend\n", b"Content-Transfer-Encoding: uuencode\n"
    ),
    "large_html": lambda: _html(b"<p>A line of text.</p>\n" * (_SIZE // 23)),
    "large_html_base64": lambda: _plain(
        base64.encodebytes(b"<p>words\n" * 4 * 10**6),
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n",
    ),
    "large_parts": lambda: _mixed((b"--b\n\n" + b"text " * 10_000 + b"\n") * 950),
    "large_attached_message": lambda: _mixed(
        b"--b\nContent-Type: message/rfc822\n\nSubject: inner\n\n" + b"words\n" * (_SIZE // 6) + b"--b--\n"
    ),
    "base64_of_garbage": lambda: _plain(b"!?*=" * 10**7, b"Content-Transfer-Encoding: base64\n"),
    "carriage_returns_alone": lambda: b"\r" * 10**7,
    "carriage_returns_and_fields": lambda: (_HEAD + b"\nx").replace(b"\n", b"\r") + b"\r" * 10**7,
    "nulls_alone": lambda: b"\x00" * 10**7,
    "nulls_in_the_text": lambda: _plain(b"\x00" * 10**7),
    "nested_multiparts_1000": _nested_multiparts,
    "nested_messages_5000": _nested_messages,
    "parts_100000": lambda: _mixed(b"--b\n\nx\n" * 100_000),
    "boundaries_of_dashes": lambda: _plain(b"-" * 10**6 + b"\n", b'Content-Type: multipart/mixed; boundary="-"\n'),
    "boundaries_alike": lambda: _plain(
        b"--b" * 10**6 + b"\n" + b"--bb\n" * 10**6, b"Content-Type: multipart/mixed; boundary=b\n"
    ),
    "fields_100000": lambda: b"".join(b"X-Field-%d: x\n" % n for n in range(100_000)) + _HEAD + b"\nx",
    "fields_to_100000": lambda: b"To: a@b.example\n" * 100_000 + _HEAD + b"\nx",
    "fields_received_100000": lambda: (
        b"Received: from a (b [10.0.0.1]) by c; Mon, 2 Mar 2026 08:30:00 +0000\n" * 100_000 + _HEAD + b"\nx"
    ),
    "field_of_10_mb": lambda: b"Subject: " + b"x" * 10**7 + b"\n" + _HEAD + b"\nx",
    "field_of_10_mb_folded": lambda: b"Subject: x" + b"\n x" * 3 * 10**6 + b"\n" + _HEAD + b"\nx",
    "field_of_10_mb_received": lambda: b"Received: " + b"(" * 10**7 + b"\n" + _HEAD + b"\nx",
    "field_of_spaces": lambda: b"Subject: x" + b" " * 10**7 + b"\n" + _HEAD + b"\nx",
    "encoded_words_100000": lambda: b"Subject: " + b"=?utf-8?B?w7w=?= " * 100_000 + b"\n" + _HEAD + b"\nx",
    "encoded_words_unfinished": lambda: b"Subject: " + b"=?utf-8?Q?" * 10**6 + b"\n" + _HEAD + b"\nx",
    "encoded_words_of_names": lambda: b"To: " + b"=?utf-8?Q?a?= <a@b.example>, " * 10**5 + b"\n" + _HEAD + b"\nx",
    "addresses_100000": lambda: (
        b"Cc: " + b",\n ".join(b"P%d <p%d@b.example>" % (n, n) for n in range(100_000)) + b"\n" + _HEAD + b"\nx"
    ),
    "addresses_of_comments": lambda: b"Cc: " + b"(" * 10**6 + b"\n" + _HEAD + b"\nx",
    "addresses_of_quotes": lambda: b'Cc: "' + b'\\"' * 10**6 + b"\n" + _HEAD + b"\nx",
    "addresses_of_angles": lambda: b"Cc: " + b"<" * 10**6 + b"\n" + _HEAD + b"\nx",
    "addresses_of_groups": lambda: b"Cc: " + b"a:" * 10**6 + b"\n" + _HEAD + b"\nx",
    "addresses_of_at_signs": lambda: b"Cc: " + b"a@" * 10**6 + b"\n" + _HEAD + b"\nx",
    "sender_via_via": lambda: (
        b"From: " + b'"a via ' * 20_000 + b'" <l@b.example>\nList-Post: <mailto:l@b.example>\n\nx'
    ),
    "references_1000000": lambda: b"References: " + b"<a@b>" * 10**6 + b"\n" + _HEAD + b"\nx",
    "references_unfinished": lambda: b"References: " + b"<" * 10**6 + b"\n" + _HEAD + b"\nx",
    "parameters_continued_100000": _continued_parameter,
    "parameters_10000_a_part": lambda: _mixed(b"--b\nContent-Type: text/plain" + b"; a=b" * 10_000 + b"\n\nx\n"),
    "parameters_8000_in_1000_parts": lambda: _mixed(
        (b"--b\nContent-Type: text/plain" + b'; a="b"' * 1000 + b"\n\nx\n") * 900
    ),
    "html_of_angles": lambda: _html(b"<" * 10**6),
    "html_of_nested_divs": lambda: _html(b"<div>" * 300_000 + b"x"),
    "html_of_nested_quotes": lambda: _html(b"<blockquote>" * 150_000 + b"x"),
    "html_of_nested_tables": lambda: _html(b"<table><tr><td>" * 100_000 + b"x"),
    "html_of_open_bold": lambda: _html(b"<b><p>" * 100_000 + b"x"),
    "html_of_open_anchors": lambda: _html(b"<a href=x><p>" * 100_000 + b"x"),
    "html_of_attributes": lambda: _html(b"<p " + b"a=b " * 500_000 + b">x"),
    "html_of_entities": lambda: _html(b"&ngE;&#160;" * 180_000),
    "html_of_comments": lambda: _html(b"<!--" * 500_000),
    "quotes_of_depth": lambda: _plain(b">" * 10**6 + b"\n"),
    "quotes_1000000": lambda: _plain(b"> x\n" * 10**6),
    "attributions_100000": lambda: _plain(b"On Mon, 2 Mar 2026 at 08:30, Ana <a@b.example> wrote:\n" * 20_000),
    "outlook_headers_100000": lambda: _plain(b"From: a\nSent: b\nTo: c\nSubject: d\n\n" * 50_000),
    "originals_100000": lambda: _plain(b"-----Original Message-----\n" * 50_000),
    "signature_marks": lambda: _plain(b"-- \n" * 10**6),
    "rules_of_underscores": lambda: _plain(b"_" * 2 * 10**6),
    "words_with_spaces": lambda: _plain((b" " * 5000 + b"x\n") * 400),
    "undecodable_charset": lambda: _plain(b"\xff\xfe\x80" * 10**6, b"Content-Type: text/plain; charset=utf-7\n"),
    "utf_7_of_shifts": lambda: _plain(b"+AAA-" * 10**6, b"Content-Type: text/plain; charset=utf-7\n"),
    "iso_2022_of_shifts": lambda: _plain(b"\x1b$B\x1b(B" * 10**6, b"Content-Type: text/plain; charset=iso-2022-jp\n"),
    "delivery_status_1000000": lambda: _plain(
        b"--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        + b"Final-Recipient: rfc822; a@b.example\nAction: failed\n\n" * 100_000
        + b"--b--\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    ),
    "absence_of_dates": lambda: _plain(
        b"I am out of office from 1 March until 2 April back on " * 30_000, b"Auto-Submitted: auto-replied\n"
    ),
    "calendar_of_lines": lambda: _plain(
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" * 100_000, b"Content-Type: text/calendar; method=REQUEST\n"
    ),
    "calendar_of_attendees": lambda: _plain(
        b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTART:20260302T083000Z\n"
        + b"ATTENDEE;CN=A:mailto:a@b.example\n" * 100_000
        + b"END:VEVENT\nEND:VCALENDAR\n",
        b"Content-Type: text/calendar; method=REQUEST\n",
    ),
}
"""Name -> its maker; each message is below the standard bound on size."""
