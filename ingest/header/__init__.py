"""What a header section says: who, to whom, when."""
