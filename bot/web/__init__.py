"""The gateway: pages and API for people's browsers. It imports no rasa."""
