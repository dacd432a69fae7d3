"""Voorgesprek: helps people on bijstand prepare a meeting with their municipality."""
