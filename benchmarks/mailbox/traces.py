"""The part of a header section that relays write: most of what a parser has to get past in real mail."""

import base64
import random
from datetime import datetime, timedelta
from email.utils import format_datetime

from benchmarks.mailbox.prose import HOSTS

_SIGNED = "h=from:to:cc:subject:date:message-id:mime-version:content-type:in-reply-to:references"


def trace_fields(dice: random.Random, at: datetime) -> str:
    """Return-Path, three to five Received, one or two DKIM signatures, ARC, results; ends in LF."""
    hops = dice.randint(3, 5)
    fields = [f"Return-Path: <bounce-{dice.getrandbits(40):x}@{dice.choice(HOSTS)}>"]
    fields += [_received(dice, at + timedelta(seconds=2 * (hops - hop))) for hop in range(hops)]
    fields += [_authentication(dice), _arc(dice), *(_dkim(dice) for _ in range(dice.randint(1, 2))), *_vendor(dice)]
    return "\n".join(fields) + "\n"


def _address(dice: random.Random) -> str:
    return ".".join(str(dice.randint(1, 254)) for _ in range(4))


def _received(dice: random.Random, at: datetime) -> str:
    one, other = dice.sample(HOSTS, 2)
    mark = f"{dice.getrandbits(48):012X}"
    return (
        f"Received: from mx{dice.randint(1, 9)}.{one} (mx{dice.randint(1, 9)}.{one} [{_address(dice)}])\n"
        f"\tby relay{dice.randint(1, 9)}.{other} (Postfix) with ESMTPS id {mark}\n"
        f"\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n"
        f"\tfor <team@{other}>; {format_datetime(at)}"
    )


def _token(dice: random.Random, size: int) -> str:
    text = base64.b64encode(dice.randbytes(size)).decode()
    return "\n\t ".join(text[start : start + 68] for start in range(0, len(text), 68))


def _dkim(dice: random.Random) -> str:
    return (
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={dice.choice(HOSTS)}; s=selector1;\n"
        f"\t{_SIGNED};\n\tbh={_token(dice, 32)};\n\tb={_token(dice, 256)}"
    )


def _arc(dice: random.Random) -> str:
    return (
        f"ARC-Seal: i=1; a=rsa-sha256; s=arcselector; d={dice.choice(HOSTS)}; cv=none;\n\tb={_token(dice, 256)}\n"
        f"ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d={dice.choice(HOSTS)}; s=arcselector;\n"
        f"\t{_SIGNED};\n\tbh={_token(dice, 32)};\n\tb={_token(dice, 256)}"
    )


def _authentication(dice: random.Random) -> str:
    host = dice.choice(HOSTS)
    return (
        f"Authentication-Results: mx.{host};\n\tdkim=pass (2048-bit key) header.d={host} header.i=@{host};\n"
        f"\tspf=pass (mx.{host}: domain of {host} designates {_address(dice)} as permitted sender);\n\tdmarc=pass"
    )


def _vendor(dice: random.Random) -> list[str]:
    return [
        f"X-MS-Exchange-Organization-Network-Message-Id: {dice.getrandbits(128):032x}",
        f"X-Originating-IP: [{_address(dice)}]",
        f"X-Spam-Status: No, score=-{dice.randint(0, 9)}.{dice.randint(0, 9)} required=5.0 tests=DKIM_SIGNED,SPF_PASS",
        f"X-MS-Exchange-AntiSpam-MessageData: {_token(dice, 300)}",
    ]
