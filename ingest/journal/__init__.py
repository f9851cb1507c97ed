"""Journal mailboxes: reports taken apart, and who was truly reached."""
