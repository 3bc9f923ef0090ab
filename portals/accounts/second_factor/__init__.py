"""The second factor: what proves that the person who typed the password also holds something (CGU-2.5, 3.26)."""
