"""The custom actions: doormen that read slots, ask `bot.core` what to do, and name the texts to say."""
