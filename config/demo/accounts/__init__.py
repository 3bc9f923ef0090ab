"""The demo's accounts: one for each role of the product, opened on the demo portfolio. Demo settings only.

Passwords and second factors are derived from the demo's own key, so that `demo_accounts` can print them at any time
without any of them being kept in clear.
"""

from config.demo.accounts.opening import DemoAccount, demo_accounts, open_demo_accounts

__all__ = ["DemoAccount", "demo_accounts", "open_demo_accounts"]
