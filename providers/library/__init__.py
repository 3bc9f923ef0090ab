"""The texts that bind a professional and the mutual, version by version."""
