"""How the staff's lists write dates, as all other pages do (`portals.presentation.formats`)."""
