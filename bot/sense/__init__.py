"""What a sentence says before Rasa sees it; imports no rasa."""
