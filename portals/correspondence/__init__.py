"""What people write to the mutual and what it answers: messages and complaints, with their clocks."""
