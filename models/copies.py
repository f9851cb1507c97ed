"""One message, many copies: where the copies lay, and which different messages bear one Message-ID."""

from collections import defaultdict

from sqlalchemy import Connection, case, func, literal_column, select

from models.polls import Copies
from models.schema import ledger, message_ids, messages
from models.vocabulary import Outcome


def shared_message_ids(connection: Connection) -> dict[str, list[str]]:
    """Message-ID -> the different messages that came under it, where there are several."""
    borne = message_ids.join(messages, messages.c.message_id == message_ids.c.alias)
    query = select(message_ids.c.alias, message_ids.c.message_id, messages.c.id).select_from(borne)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for alias, bearer, other in connection.execute(query.where(message_ids.c.message_id != messages.c.id)):
        found[alias] |= {bearer, other}
    return {alias: sorted(found[alias]) for alias in sorted(found)}


def counted(connection: Connection) -> Copies:
    """Copies by where they lay, beside the stored copy of the same message."""
    stored, copy = ledger.alias("stored"), ledger.alias("copy")
    place = case(
        (copy.c.account != stored.c.account, "other_mailbox"),
        (copy.c.folder != stored.c.folder, "other_folder"),
        (copy.c.uidvalidity != stored.c.uidvalidity, "renumbered"),
        else_="same_folder",
    ).label("place")
    pairs = copy.join(stored, (copy.c.message_id == stored.c.message_id) & literal_column("stored.outcome = 'stored'"))
    query = select(place, func.count()).select_from(pairs).where(copy.c.outcome == Outcome.DUPLICATE).group_by(place)
    places: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    kept = connection.execute(select(func.count()).select_from(messages)).scalar_one()
    aliases = select(func.count(), func.count(message_ids.c.message_id.distinct()))
    named, bearers = connection.execute(aliases).one()
    return Copies(stored=kept, message_ids=named - bearers, **places)
