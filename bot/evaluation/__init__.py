"""`python -m bot evaluate`: our model beside stock Rasa, on texts that nobody tuned on.

The texts of data/evaluation were written by another writer than the training
texts. Every figure is from them, and the report says so.
"""

from bot.evaluation.report import evaluate

__all__ = ["evaluate"]
