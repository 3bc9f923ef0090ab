"""The medical vault (PDP-4.6 to 4.8): what only the medical adviser and the assistants they name may read.

Members write into it and read nothing back; the portals seal with a public key and hold no key that opens.
docs/decisions/vault.md
"""
