"""What is told of many persons must tell nothing of one: the rules that every publication of figures shares. Pure."""
