"""Where a request comes from, for limits and for the records that must hold it."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The client's address, behind as many proxies as ALLAUTH_TRUSTED_PROXY_COUNT says, forged headers ignored."""
    address: str = get_adapter().get_client_ip(request)
    return address


def network_of(address: str) -> str:
    """The network that one person is taken to have: the address in IPv4, its /64 in IPv6."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network(f"{ip}/64", strict=False))
