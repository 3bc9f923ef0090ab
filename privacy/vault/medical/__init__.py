"""The pages of the medical adviser, `/medical/`: a sign-in context of their own, outside `/gestion/`."""
