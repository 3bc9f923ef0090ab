"""Writing to the mutual from the professional space: by topic, or about the payment of an invoice."""
