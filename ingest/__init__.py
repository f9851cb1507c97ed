"""Mail in: mailboxes, what to fetch, how to read the bytes."""
