"""The third-party payment card: rights at a date, what is printed, its codes, its issued versions."""
