"""What Rasa calls, one file a flow. Each action is a doorman: it reads slots, calls one
function of social_prescribing, and answers."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk.settings")
django.setup()
