"""Mail that machines write: bounces, receipts, automatic replies, and what they say."""
