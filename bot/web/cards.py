"""A talk and its card: joined to it, or told that it went to somebody else before the first yes."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.core.errors import InvitationTooLate, MeetingWrong
from bot.core.invitations import meeting_day, words_of
from bot.store.unit_of_work import UnitOfWork
from bot.web.gateway import GATEWAY, Gateway
from bot.web.opening import reopen
from bot.web.talks import Draft, Message, Opened, State, shown


def joining(request: web.Request, token: str) -> Callable[[UnitOfWork], State]:
    """The change that joins a running talk to a card: from then on the last card counts, and earlier pages stay.

    The change raises InvitationUnknown, InvitationWithdrawn, InvitationPast or InvitationUsed as the store does, and
    InvitationTooLate when the talk ends before the card's meeting.
    """
    store, conversation_id = request.app[GATEWAY].store, request.match_info["conversationId"]

    def join(unit: UnitOfWork) -> State:
        invitation = store.invitations.open(token, conversation_id)
        if unit.record.get("invitation") == invitation:
            return shown(unit.record, [])
        try:
            unit.meet_on(meeting_day(invitation))
        except MeetingWrong:
            raise InvitationTooLate from None
        unit.record["invitation"] = invitation
        return shown(unit.record, [unit.say(unit.texts.get("utter_invitation_joined", **words_of(invitation)).text)])

    return join


async def tell(gateway: Gateway, opened: Opened) -> tuple[Opened, list[Message]]:
    """Say that the card went to another talk, or was taken back, before this one had its first yes.

    Returns:
        The conversation without the card then, and the new message: one, or none.

    Raises:
        LostRace, ConversationUnknown, DatabaseDown: nothing was said.
    """
    invitation = opened.record.get("invitation")
    if not invitation or opened.given("consent") or opened.help:
        return opened, []
    if await asyncio.to_thread(gateway.store.invitations.can_be_claimed, invitation["invitationId"], opened.id):
        return opened, []
    draft = Draft(gateway, opened)
    draft.record["invitation"] = draft.record["meeting"] = None  # not taken out: the row of the start still has both
    draft.bot("utter_invitation_lost")
    await draft.commit()
    return await reopen(gateway, opened), draft.unit.messages
