"""Rights asked for at a counter: what a professional is answered, and what the person reads of it afterwards."""
