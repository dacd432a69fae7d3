"""Refuses what Meta refuses of a message that is sent: a field that is missing, unknown, too long or too many.

It counts for itself what `whatsapp_rendering` counts, so that a mistake in one of the two is found. Source of the
limits: developers.facebook.com/documentation/business-messaging/whatsapp/messages, the pages text-messages,
interactive-reply-buttons-messages, interactive-list-messages and template-messages (seen August 2026). Where pages
name two limits for the body of a list, the smaller one holds here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.whatsapp_phone_errors import KIND, PARAMETER, REQUIRED, VALUE, Refused
from bot.channels.whatsapp_phone_templates import Template

Body = dict[str, Any]
Templates = Mapping[str, Template]
BESIDE = {"messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"}


def check(body: Any, templates: Templates) -> None:
    """Let a message pass, whoever it is for.

    Raises:
        Refused: with Meta's code and the first thing that is wrong.
    """
    message = _object(body, "message")
    if message.get("messaging_product") != "whatsapp":
        raise Refused(PARAMETER, "The parameter messaging_product is required.")
    _need(message.get("recipient_type", "individual") == "individual", "recipient_type must be individual")
    if not any(isinstance(message.get(name), str) and message[name] for name in ("to", "recipient")):
        raise Refused(PARAMETER, "The parameter to is required.")
    kind = message.get("type", "text")
    if kind not in KINDS:
        raise Refused(KIND, f"Message type {kind} is not supported here.")
    _keys(message, BESIDE | {kind}, "message")
    if kind not in message:
        raise Refused(REQUIRED, f"Missing parameter {kind}.")
    KINDS[kind](_object(message[kind], kind), templates)


def _check_text(text: Body, _: Templates) -> None:
    _keys(text, {"body", "preview_url"}, "text")
    _words(text.get("body"), 4096, "text.body")
    _need(isinstance(text.get("preview_url", False), bool), "preview_url must be a boolean")


def _check_interactive(interactive: Body, _: Templates) -> None:
    _keys(interactive, {"type", "header", "body", "footer", "action"}, "interactive")
    kind = interactive.get("type")
    _need(kind in ("button", "list"), f"interactive.type {kind} is not supported here")
    _words(_object(interactive.get("body"), "body").get("text"), 1024, "interactive.body.text")
    for name in ("header", "footer"):
        if name in interactive:
            _words(_object(interactive[name], name).get("text"), 60, f"interactive.{name}.text")
    action = _object(interactive.get("action"), "action")
    _check_buttons(action) if kind == "button" else _check_list(action)


def _check_buttons(action: Body) -> None:
    _keys(action, {"buttons"}, "action")
    replies = []
    for button in _several(action.get("buttons"), 3, "buttons"):
        _keys(button, {"type", "reply"}, "button")
        _need(button.get("type") == "reply", "button type must be reply")
        reply = _object(button.get("reply"), "reply")
        _keys(reply, {"id", "title"}, "reply")
        _words(reply.get("id"), 256, "button id")
        _words(reply.get("title"), 20, "button title")
        replies.append(reply)
    _unlike([reply["id"] for reply in replies], "button id")
    _unlike([reply["title"] for reply in replies], "button title")


def _check_list(action: Body) -> None:
    _keys(action, {"button", "sections"}, "action")
    _words(action.get("button"), 20, "action.button")
    sections = _several(action.get("sections"), 10, "sections")
    rows: list[Body] = []
    for section in sections:
        _keys(section, {"title", "rows"}, "section")
        if "title" in section or len(sections) > 1:
            _words(section.get("title"), 24, "section title")
        rows += _several(section.get("rows"), 10, "rows")
    _need(len(rows) <= 10, "Total row count exceed max allowed count: 10")
    for row in rows:
        _check_row(row)
    _unlike([row["id"] for row in rows], "row id")


def _check_row(row: Body) -> None:
    _keys(row, {"id", "title", "description"}, "row")
    _words(row.get("id"), 200, "row id")
    _words(row.get("title"), 24, "row title")
    if "description" in row:
        _words(row["description"], 72, "row description")


def _check_template(template: Body, templates: Templates) -> None:
    _keys(template, {"name", "language", "components"}, "template")
    _words(template.get("name"), 512, "template.name")
    language = _object(template.get("language"), "language").get("code")
    found = Template.of(templates, template["name"], language)
    found.fill(template.get("components", []))


KINDS = {"text": _check_text, "interactive": _check_interactive, "template": _check_template}


def _object(value: Any, name: str) -> Body:
    if not isinstance(value, dict):
        raise Refused(PARAMETER, f"Param {name} must be a JSON object.")
    return value


def _several(value: Any, most: int, name: str) -> Sequence[Body]:
    _need(isinstance(value, list) and 1 <= len(value) <= most, f"{name}: min 1, max {most}")
    return [_object(one, name) for one in value]


def _keys(value: Body, known: set[str], name: str) -> None:
    for key in value.keys() - known:
        raise Refused(PARAMETER, f'Unexpected key "{key}" on param "{name}".')


def _words(value: Any, most: int, name: str) -> None:
    if value is None or value == "":
        raise Refused(REQUIRED, f"Missing parameter {name}.")
    _need(isinstance(value, str) and value.strip() != "", f"{name} must hold words")
    _need(len(value) <= most, f"{name} length invalid. Min length: 1, Max length: {most}")


def _unlike(values: Sequence[str], name: str) -> None:
    _need(len(set(values)) == len(values), f"Duplicated {name}")


def _need(is_right: bool, details: str) -> None:
    if not is_right:
        raise Refused(VALUE, details)
