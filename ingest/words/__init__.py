"""Whose words a message's text is: new text, quotes, signatures, embedded mails."""
