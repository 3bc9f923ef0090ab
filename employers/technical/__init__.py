"""The technical accounts of group contracts (Loi Evin, article 15; décret 90-769): frozen, anonymous, once a year."""
