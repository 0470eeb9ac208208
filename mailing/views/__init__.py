"""Staff look into the outbox; in the demo everybody looks into the mailbox."""
