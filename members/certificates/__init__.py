"""Certificates of cover: who is covered, by which policy, since when, for how much, as a PDF that anybody can check."""
