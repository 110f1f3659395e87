"""Name local supports: with the offer of a call, and more when asked."""

from rasa_sdk import Action

from actions.conversation import conversation_of, referral_of, text_of
from actions.in_turn import in_turn
from social_prescribing.asked_needs import record_asked_needs
from social_prescribing.callbacks import open_callback
from social_prescribing.circumstances import read_age, read_circumstances
from social_prescribing.gaps import Why, record_not_reached
from social_prescribing.moves import says_shut, wants_nearer
from social_prescribing.open_needs import MOST_SUPPORTS, record_match
from social_prescribing.places import find_place
from social_prescribing.signposting import is_of_demo, record_signposting
from social_prescribing.suggestions import Asked, answer, may_name_unchecked, one_line
from social_prescribing.support_reports import report_shut

# "Nearer?" is answered from so many that fit.
WEIGHED_FOR_NEARER = 12
# What the lines may take, so that the question after them still fits in two segments.
LONGEST_LINES = 190


class SuggestMoreSupports(Action):
    """Name supports that were not named before: others, nearer ones, one for one that is shut."""

    def name(self):
        return "action_suggest_more_supports"

    async def run(self, dispatcher, tracker, domain):
        await in_turn(self._name_more, dispatcher, tracker)
        return []

    def _name_more(self, dispatcher, tracker):
        conversation, referral = conversation_of(tracker), referral_of(tracker)
        text = text_of(tracker)
        if conversation.is_safe_to_text is False:
            dispatcher.utter_message(response="utter_more_supports__bland")
            return
        if says_shut(text) and (shut := report_shut(conversation, text)):
            name_another(dispatcher, conversation, referral, shut)
            return
        nearer = wants_nearer(text)
        lines = name_supports(conversation, referral, nearest=nearer)
        if lines:
            response = "utter_more_supports__nearer" if nearer else "utter_more_supports"
        elif nearer and not referral.area:
            response = "utter_no_more_supports__where"
        else:
            response = "utter_no_more_supports"
        dispatcher.utter_message(response=response, supports=lines)


def name_another(dispatcher, conversation, referral, shut):
    """Thank for the word that a support is shut, and name another for the same need."""
    record_not_reached(conversation, shut, Why.SHUT, district=referral.district or "")
    needs = referral.needs or shut.needs[:1]
    met = [need for need in needs if need in shut.needs] or needs
    lines = name_supports(conversation, referral, needs=met)
    response = "utter_reported_shut" if lines else "utter_reported_shut__no_other"
    dispatcher.utter_message(response=response, support=shut.name, supports=lines)


def name_supports(conversation, referral, *, needs=None, nearest=False, room=LONGEST_LINES):
    """Name what fits, local first and none twice, a line each; an empty text where nothing fits.

    room: how many letters the lines may take. A support is named all the same, and two where
    two needs were told.
    """
    needs = referral.needs if needs is None else needs
    words, on_behalf = _told(conversation, referral), bool(referral.on_behalf_of)
    named_before = [row.support for row in conversation.signpostings.select_related("support")]
    asked = Asked(
        needs=needs,
        near=find_place(referral.area, is_asked_for=True) if referral.area else None,
        age=read_age(words, on_behalf=on_behalf) or (None if on_behalf else referral.age),
        said=read_circumstances(words, needs=needs, on_behalf=on_behalf),
        language=referral.language,
        exclude=[support.id for support in named_before],
        unchecked_too=may_name_unchecked(is_demo=is_of_demo(conversation)),
    )
    fitting = answer(asked, limit=WEIGHED_FOR_NEARER if nearest else MOST_SUPPORTS)
    record_asked_needs(conversation, needs)
    record_match(
        conversation,
        asked,
        fitting,
        words=words,
        district=referral.district or "",
        named_before=named_before,
    )
    if nearest:
        near_by = [found for found in fitting if found.distance_km is not None]
        fitting = sorted(near_by, key=lambda found: found.distance_km)[:MOST_SUPPORTS]
    named = _as_many_as_fit(fitting, room, at_least=min(len(needs), 2))
    record_signposting(conversation, named)
    return "\n".join(map(one_line, named))


def _told(conversation, referral):
    """What the patient told of their need; once a call is queued, it stands there."""
    if referral.words or not referral.is_queued:
        return "\n".join(referral.words)
    callback = open_callback(conversation)
    return callback.words if callback else ""


def _as_many_as_fit(suggestions, room, *, at_least):
    """The first suggestions whose lines fit into the text, and always one."""
    named = suggestions[:1]
    for suggestion in suggestions[1:]:
        longest = room if len(named) >= at_least else LONGEST_LINES
        if len("\n".join(map(one_line, [*named, suggestion]))) <= longest:
            named.append(suggestion)
    return named
