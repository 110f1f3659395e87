"""What the administration shows, one class a noun."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

# Roles decide here, not Django's groups.
admin.site.unregister(Group)
admin.site.unregister(get_user_model())
