"""Access tokens for mailboxes (OAuth 2, RFC 6749): asked for, kept in memory, renewed before they expire."""
