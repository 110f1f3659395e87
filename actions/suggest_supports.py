"""Name local supports: with the offer of a call, and more when asked."""

from asgiref.sync import sync_to_async
from rasa_sdk import Action

from actions.conversation import conversation_of, referral_of
from social_prescribing.circumstances import read_age, read_circumstances
from social_prescribing.gaps import record_gaps
from social_prescribing.places import find_place
from social_prescribing.signposting import is_of_demo, record_signposting, supports_named
from social_prescribing.suggestions import may_name_unchecked, one_line, suggest_supports

MOST_SUPPORTS = 3
# What the lines may take, so that the question after them still fits in two segments.
LONGEST_LINES = 190


class SuggestMoreSupports(Action):
    """Name supports that were not named before."""

    def name(self):
        return "action_suggest_more_supports"

    async def run(self, dispatcher, tracker, domain):
        lines = await sync_to_async(self._name_more)(tracker)
        if lines:
            dispatcher.utter_message(response="utter_more_supports", supports=lines)
        else:
            dispatcher.utter_message(response="utter_no_more_supports")
        return []

    def _name_more(self, tracker):
        return name_supports(conversation_of(tracker), referral_of(tracker))


def name_supports(conversation, referral):
    """Name what fits, local first and none twice, a line each; an empty text where nothing fits."""
    words, on_behalf = "\n".join(referral.words), bool(referral.on_behalf_of)
    fitting = suggest_supports(
        referral.needs,
        find_place(referral.area, is_asked_for=True) if referral.area else None,
        limit=MOST_SUPPORTS,
        age=read_age(words, on_behalf=on_behalf),
        circumstances=read_circumstances(words, needs=referral.needs, on_behalf=on_behalf),
        language=referral.language,
        exclude=supports_named(conversation),
        unchecked_too=may_name_unchecked(is_demo=is_of_demo(conversation)),
    )
    # "Any others?" is no gap: what was named before meets the need too.
    met_by = [*fitting, *conversation.signpostings.select_related("support")]
    record_gaps(referral.needs, met_by, district=referral.district or "")
    named = _as_many_as_fit(fitting)
    record_signposting(conversation, named)
    return "\n".join(map(one_line, named))


def _as_many_as_fit(suggestions):
    """The first suggestions whose lines fit into the text; always one."""
    named = suggestions[:1]
    for suggestion in suggestions[1:]:
        if len("\n".join(map(one_line, [*named, suggestion]))) <= LONGEST_LINES:
            named.append(suggestion)
    return named
