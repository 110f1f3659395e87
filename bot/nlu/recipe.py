"""Makes our components known to Rasa: `config.yml` names them by this module.

They stand apart from it since Rasa's recipe imports TensorFlow, which takes ten
seconds. `python -m bot triage` runs a trained model without it.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.nlu.character_ngrams import CharacterNgrams
from bot.nlu.entities import SpacyEntities
from bot.nlu.intents import ConversationMoves
from bot.nlu.language import LanguageGuess
from bot.nlu.normaliser import ScotsNormaliser
from bot.nlu.sentence_embedding import SentenceEmbedding
from bot.nlu.triage import Triage
from bot.nlu.word_ngrams import WordNgrams

_FEATURIZER = DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER
_CLASSIFIER = DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER
_EXTRACTOR = DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR

DefaultV1Recipe.register(_FEATURIZER, is_trainable=False)(ScotsNormaliser)
DefaultV1Recipe.register(_FEATURIZER, is_trainable=False)(SentenceEmbedding)
DefaultV1Recipe.register(_FEATURIZER, is_trainable=True)(CharacterNgrams)
DefaultV1Recipe.register(_FEATURIZER, is_trainable=True)(WordNgrams)
DefaultV1Recipe.register(_EXTRACTOR, is_trainable=False)(LanguageGuess)
DefaultV1Recipe.register(_EXTRACTOR, is_trainable=False)(SpacyEntities)
DefaultV1Recipe.register(_CLASSIFIER, is_trainable=True)(Triage)
DefaultV1Recipe.register(_CLASSIFIER, is_trainable=True)(ConversationMoves)
