"""Reusable widgets that know nothing of Carrel."""
