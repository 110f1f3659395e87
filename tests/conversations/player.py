"""Plays a patient against the trained model and the real channel code.

A patient says what the story gives them, then answers what the bot asks, by
`asks`, as the story's answers say. Nothing is imitated but the telephone.
"""

from dataclasses import dataclass, field

from asgiref.sync import sync_to_async

from bot.turn import Turns
from social_prescribing.conversations import Channel, Conversation, Inbound, receive_message

# A conversation that goes on longer than this has gone round in circles.
MOST_TURNS = 25


@dataclass
class Player:
    """One patient on one channel.

    agent: the trained Rasa agent.
    said: pairs of what the patient sent and what came back.
    """

    agent: object
    address: str
    contact_number: object
    channel: str = Channel.SIMULATED_SMS
    said: list = field(default_factory=list)

    async def send(self, text, *, media=()):
        """Send one text; returns the replies to it (Message)."""
        inbound = Inbound(
            channel=self.channel,
            address=self.address,
            text=text,
            provider_id=f"{self.address}:{len(self.said)}",
            contact_number=self.contact_number,
            media=list(media),
        )
        replies = await sync_to_async(self._answer_to)(inbound)
        self.said.append((text, replies))
        return replies

    def _answer_to(self, inbound):
        message, _ = receive_message(inbound)
        answered, _ = Turns(self.agent).answer(message.conversation_id)
        assert answered == [message]
        return list(message.replies.all())

    async def play(self, story):
        """Say the story's lines, then answer what is asked until nothing is."""
        for text in story.get("says", []):
            await self.send(text)
        await self._answer(dict(story.get("answers", {})), dict(story.get("then", {})))
        for text in story.get("afterwards", []):
            await self.send(text)

    async def play_examination(self, story):
        """Say the lines, answer each question from its list in turn, say what comes afterwards."""
        for text in story["says"]:
            await self.send(text)
        left = {
            asks: list(answer) if isinstance(answer, list) else [answer]
            for asks, answer in story["answers"].items()
        }
        await self._answer_from(left)
        for text in story.get("afterwards", []):
            await self.send(text)
            await self._answer_from(left)

    async def _answer_from(self, left):
        """Answer until nothing is asked, each question from its own list; the last line stays."""
        while (asks := self.open_question) and left.get(asks) and len(self.said) < MOST_TURNS:
            await self.send(left[asks].pop(0) if len(left[asks]) > 1 else left[asks][0])

    async def _answer(self, answers, then):
        """Answer by `asks`; `then` holds the answer to a question asked once more."""
        answered = set()
        while (asks := self.open_question) and len(self.said) < MOST_TURNS:
            again = then.get(asks) if asks in answered or asks not in answers else None
            answer = again or answers.get(asks)
            if answer is None:
                return
            answered.add(asks)
            await self.send(answer)

    @property
    def open_question(self):
        """What the bot waits for now, or None."""
        replies = self.said[-1][1]
        return replies[-1].asks if replies else None

    @property
    def replies(self):
        """Every text that came back, in order."""
        return [reply.text for _, replies in self.said for reply in replies]

    @property
    def transcript(self):
        """The conversation as people read it, for a failing test."""
        lines = []
        for text, replies in self.said:
            lines.append(f"> {text}")
            lines += [f"    {reply.text!r} [{reply.asks}]" for reply in replies]
        return "\n".join(lines)

    @sync_to_async
    def conversation(self):
        return self.conversation_now()

    def conversation_now(self):
        return Conversation.objects.get(
            channel=self.channel, address=self.address, contact_number=self.contact_number
        )
