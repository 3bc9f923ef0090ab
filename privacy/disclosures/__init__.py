"""What is handed to authorities that the law lets ask (CGU-8.7, PDP-6.2): on which ground, what, about whom, by whom.

Nothing leaves before the data protection officer approved it, unless the secrecy of an inquiry forbids to tell even them
first. The persons read it among « Mes données », at once or from the day on which the secrecy ends.
"""
