"""Cover that goes on after the contract of employment (article L. 911-8 of the code de la sécurité sociale), and the
individual contract that is offered after it (article 4 of the loi Evin). docs/decisions/portability.md
"""
