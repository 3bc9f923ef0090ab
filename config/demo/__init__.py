"""The demo: its supervisor, its portfolio, its accounts and its mailbox. Installed by demo and test settings only."""
