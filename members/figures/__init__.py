"""What this space gives to anonymous statistics: benefits paid, by month. Nothing is published from here."""
