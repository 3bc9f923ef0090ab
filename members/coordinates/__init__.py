"""A member's own bank account, address and telephone: how they change, what is told, what is kept."""
