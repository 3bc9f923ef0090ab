"""The bank account of a company: debited for contributions, credited when it paid too much; changed by two people."""
