"""Signing in with an identity that the State vouches for: FranceConnect for members, Pro Santé Connect for professionals."""
