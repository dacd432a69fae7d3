"""The questionnaire, its texts and their rules, loaded once for all actions."""

import os
from functools import cache

from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.answering import Answering
from bot.core.help import Help
from bot.core.route import Route
from bot.core.texts import Texts
from bot.settings import Settings


@cache
def route() -> Route:
    """The steps of the talk."""
    return Route(questionnaire.load())


@cache
def answering() -> Answering:
    """The rules for answers."""
    return Answering(route(), texts())


@cache
def texts() -> Texts:
    """The responses of `domain.yml`; their placeholders are filled by Rasa from slots."""
    return Texts.load({})


def is_open() -> bool:
    """Whether the municipality answers its telephone now."""
    return help_lines().municipality_is_open()


@cache
def help_lines() -> Help:
    """The help lines and the municipality's own facts, from its own file when it has one."""
    return helplines.load(Settings.from_env(os.environ).municipality_file)
