"""What the buttons of the stock bot send: an intent, or a value with it."""

INTENTS = {
    "start": "greet",
    "explain": "dont_understand",
    "why": "explain_why",
    "example": "ask_example",
    "human": "ask_human",
    "pause": "pause",
    "resume": "resume",
    "skip": "skip",
    "continue": "continue",
    "safe_yes": "safe_yes",
}


def payload(choice: str) -> str:
    """The message that a button with this value sends to Rasa."""
    return f"/{INTENTS[choice]}" if choice in INTENTS else f'/choose{{"value":"{choice}"}}'
