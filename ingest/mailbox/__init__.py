"""One contract for every source of mail: IMAP, mbox, Maildir, memory."""
