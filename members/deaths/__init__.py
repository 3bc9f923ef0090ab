"""What a death changes in the member space, and what this space knows of persons for the record."""
