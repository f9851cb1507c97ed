"""What mail says of meetings: calendar parts and invitations in words."""
