"""What people ask of their data: the eight rights of the Regulation, their clock, their tasks and their answer."""
