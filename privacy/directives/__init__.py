"""What people decide for after their death (law of 1978, art. 85): written, changed and revoked at any time, by them alone."""
