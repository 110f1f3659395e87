"""The demo programme: loaded as often as one likes, removed without a trace."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command

from desk.demo_programme import load_demo, remove_demo
from social_prescribing.callbacks import Callback, Status
from tests.factories import a_callback

pytestmark = pytest.mark.django_db


def counts():
    models = [*apps.get_app_config("social_prescribing").get_models(), get_user_model()]
    return {model.__name__: model.objects.count() for model in models}


def test_loading_twice_changes_nothing(supports):
    load_demo()
    before = counts()
    call_command("demo", "load", verbosity=0)
    assert counts() == before


def test_its_history_is_there_whatever_reference_a_story_drew(supports):
    """A fifth letter drawn by lot once made the whole history look as if it was written."""
    callback = a_callback()
    Callback.objects.filter(pk=callback.pk).update(reference="BL-HEATH", is_demo=True)
    load_demo()
    assert Callback.objects.filter(is_demo=True, status=Status.CLOSED).count() > 100
    written = Callback.objects.count()
    load_demo()
    assert Callback.objects.count() == written


def test_removing_leaves_everything_else(supports):
    a_callback(status=Status.CLOSED)
    a_callback()
    get_user_model().objects.create_user("someone@example.test")
    before = counts()
    load_demo()
    remove_demo()
    assert counts() == before
