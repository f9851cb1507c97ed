"""From the script to bytes: message fields, MIME parts, quotes and invitations as real programs write them."""
