"""A gap says what stood in the way, and counts a patient once a month."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("unmet", "No support to name"),
    ("not_reached", "Named, but the patient did not get there"),
    ("hindered", "Named, but hard to use"),
]
REASONS = [
    ("full", "Full, or a wait of weeks"),
    ("shut", "Shut"),
    ("unchecked", "Number not checked lately"),
    ("far", "Too far away"),
    ("english", "Only in English, as far as we know"),
    ("others", "Only for other people"),
    ("none", "Nothing for it in the directory"),
    ("unsaid", "Not said"),
]


def count_by_month(apps, schema_editor):
    """Keep the month alone: a day would tell more of a patient than any figure needs."""
    for gap in apps.get_model("social_prescribing", "Gap").objects.iterator():
        gap.month = gap.month.replace(day=1)
        gap.save(update_fields=["month"])


class Migration(migrations.Migration):
    dependencies = [("social_prescribing", "0016_web_chat_page")]

    operations = [
        migrations.RemoveIndex(model_name="gap", name="gap_by_need"),
        migrations.RenameField(model_name="gap", old_name="noticed_on", new_name="month"),
        migrations.AlterField(
            model_name="gap",
            name="month",
            field=models.DateField(help_text="The first day of the month in which it was asked"),
        ),
        migrations.RunPython(count_by_month, migrations.RunPython.noop),
        # Until now a gap was always that nothing was named, and nobody kept why.
        migrations.AddField(
            model_name="gap",
            name="kind",
            field=models.CharField(choices=KINDS, default="unmet", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="gap",
            name="why",
            field=models.CharField(choices=REASONS, default="unsaid", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="gap",
            name="practice",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="social_prescribing.practice",
            ),
        ),
        migrations.AddField(
            model_name="gap",
            name="beside",
            field=models.JSONField(
                blank=True, default=list, help_text="Needs asked for with it"
            ),
        ),
        migrations.AddField(
            model_name="gap",
            name="things",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What was asked for, in words of our list: things.py",
            ),
        ),
        # How many people the old rows are of is not known: they get one mark among them, so
        # that they count as one and are hidden.
        migrations.AddField(
            model_name="gap",
            name="asker",
            field=models.UUIDField(default=uuid.uuid4, help_text="Shared by the rows of one patient"),
        ),
        migrations.AddField(
            model_name="gap",
            name="conversation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="gaps",
                to="social_prescribing.conversation",
            ),
        ),
        migrations.AddField(
            model_name="gap", name="is_demo", field=models.BooleanField(default=False)
        ),
        migrations.AddConstraint(
            model_name="gap",
            constraint=models.UniqueConstraint(
                fields=("conversation", "need", "month"), name="one_gap_a_need_and_month"
            ),
        ),
        migrations.AddIndex(
            model_name="gap", index=models.Index(fields=["month"], name="gap_by_month")
        ),
    ]
