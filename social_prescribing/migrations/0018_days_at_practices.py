import django.db.models.deletion
import social_prescribing.link_workers
from django.db import migrations, models


def keep_practices(apps, schema_editor):
    """Whoever worked for a practice before still does, every working day."""
    worked_before = apps.get_model('social_prescribing', 'LinkWorker').practices.through
    days_at_practice = apps.get_model('social_prescribing', 'DaysAtPractice')
    days_at_practice.objects.bulk_create(
        days_at_practice(link_worker_id=row.linkworker_id, practice_id=row.practice_id)
        for row in worked_before.objects.all()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('social_prescribing', '0017_gaps_by_patient'),
    ]

    operations = [
        migrations.CreateModel(
            name='DaysAtPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.JSONField(blank=True, default=list, help_text='None ticked: every working day', validators=[social_prescribing.link_workers.check_weekdays])),
                ('link_worker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days_at_practices', to='social_prescribing.linkworker')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days_of_link_workers', to='social_prescribing.practice')),
            ],
            options={
                'ordering': ['link_worker__name'],
                'constraints': [models.UniqueConstraint(fields=('link_worker', 'practice'), name='days_once_for_a_practice')],
            },
        ),
        migrations.RunPython(keep_practices, migrations.RunPython.noop),
    ]
