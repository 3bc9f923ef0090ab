"""`make demo`: prepares and supervises the whole product on one machine. Demo settings only."""
