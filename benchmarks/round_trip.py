"""Messages a second over a long line: fetched through a proxy that delays every byte, against the same without it.

    python -m benchmarks.round_trip [--messages 5000] [--milliseconds 40] [--rounds 3]

The line is long, not narrow: its bandwidth is not limited. One connection, TLS, a private Dovecot.
"""

from benchmarks.mailbox.delay import long_line
from benchmarks.mailbox.measured import Cost, cost_of, middle, rate
from benchmarks.mailbox.options import command_line, repeat
from benchmarks.mailbox.served import serve, settings_for
from ingest.mailbox.imap import ImapMailbox
from ingest.settings import ImapSettings


def main() -> None:
    """Measure in turn and print the medians."""
    parser = command_line(__doc__)
    parser.add_argument("--messages", type=int, default=5000, help="in the mailbox")
    parser.add_argument("--milliseconds", type=float, default=40, help="of a round trip")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median is told")
    options = parser.parse_args()
    short: list[Cost] = []
    far: list[Cost] = []
    with serve(options.messages) as served, long_line(served.settings.port, options.milliseconds / 1000) as port:
        distant = settings_for(served.server, served.account, port)
        for _ in range(options.rounds):
            short.append(_fetch(served.settings, options.messages))
            far.append(_fetch(distant, options.messages))
    near, away = middle(short), middle(far)
    print(f"{options.messages} messages, medians of {options.rounds} rounds")
    print(f"loopback            {rate(options.messages, near)}")
    print(f"{options.milliseconds:4.0f} ms round trip  {rate(options.messages, away)}")
    print(f"ratio {near.wall / away.wall:.2f}")
    print(repeat("round_trip", options))


def _fetch(settings: ImapSettings, messages: int) -> Cost:
    with ImapMailbox.open("benchmark", settings) as mailbox:
        uids = mailbox.select("INBOX").uids
        cost = cost_of(lambda: [len(mail.raw) for mail in mailbox.fetch(uids)])
    if len(uids) != messages:
        raise SystemExit(f"{len(uids)} of {messages} messages were listed")
    return cost


if __name__ == "__main__":
    main()
