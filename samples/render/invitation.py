"""Meeting invitations as text/calendar (RFC 5545, RFC 5546)."""

from datetime import datetime

from samples.cast import Person
from samples.script import Invitation, Mail


def calendar(mail: Mail, invitation: Invitation) -> str:
    """Write the calendar object of a mail that invites or cancels."""
    ends = invitation.starts.timestamp() + 60 * invitation.minutes
    reply = invitation.method == "REPLY"
    guests = [mail.sender] if reply else [party for party in mail.to if isinstance(party, Person)]
    organiser = mail.to[0] if reply else mail.sender
    answer = "ACCEPTED" if reply else "NEEDS-ACTION"
    return "\r\n".join(
        map(
            _folded,
            [
                "BEGIN:VCALENDAR",
                "PRODID:-//Fictional Mail//Calendar 16.0//EN",
                "VERSION:2.0",
                f"METHOD:{invitation.method}",
                "BEGIN:VEVENT",
                f"ORGANIZER;CN={organiser.name}:mailto:{organiser.address}",
                *(
                    f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};RSVP=TRUE;CN={guest.name}:mailto:{guest.address}"
                    for guest in guests
                ),
                f"DESCRIPTION:{_escaped(mail.text)}",
                f"UID:{invitation.uid}",
                f"SUMMARY:{_escaped(invitation.title)}",
                f"DTSTART:{_utc(invitation.starts)}",
                f"DTEND:{_utc(datetime.fromtimestamp(ends, invitation.starts.tzinfo))}",
                f"DTSTAMP:{_utc(mail.at)}",
                f"SEQUENCE:{invitation.sequence}",
                f"STATUS:{'CANCELLED' if invitation.method == 'CANCEL' else 'CONFIRMED'}",
                f"LOCATION:{invitation.place}",
                "END:VEVENT",
                "END:VCALENDAR",
                "",
            ],
        )
    )


def _utc(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.strip().replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    parts = [line[:72], *(line[start : start + 71] for start in range(72, len(line), 71))]
    return "\r\n ".join(parts)
