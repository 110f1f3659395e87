import django.db.models.deletion
import social_prescribing.sites
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('social_prescribing', '0018_days_at_practices'),
    ]

    operations = [
        # A many-to-many table cannot be given days: it goes, and the new one takes its place.
        migrations.RemoveField(model_name='linkworker', name='practices'),
        migrations.AddField(
            model_name='linkworker',
            name='practices',
            field=models.ManyToManyField(blank=True, related_name='link_workers', through='social_prescribing.DaysAtPractice', to='social_prescribing.practice'),
        ),
        migrations.AddField(
            model_name='practice',
            name='own_words',
            field=models.CharField(blank=True, help_text='A sentence of the practice’s own in the first text to each patient, for example: Morag and Sam are our link workers.', max_length=150, verbose_name='own words in the greeting'),
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_branch', models.BooleanField(default=False, verbose_name='a branch')),
                ('name', models.CharField(blank=True, help_text='What patients call a branch, for example: Balornock branch', max_length=40)),
                ('address', models.CharField(blank=True, max_length=150)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('neighbourhood', models.CharField(blank=True, help_text='Where supports “near the practice” are looked for', max_length=60)),
                ('hours', models.CharField(blank=True, help_text='In OpenStreetMap’s syntax: Mo-Fr 08:30-18:00; We 08:30-13:00', max_length=200, validators=[social_prescribing.sites.check_site_hours], verbose_name='opening hours')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sites', to='social_prescribing.practice')),
            ],
            options={
                'ordering': ['is_branch', 'name', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_branch', False)), fields=('practice',), name='one_surgery_beside_the_branches'), models.CheckConstraint(condition=models.Q(('is_branch', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='branches_have_a_name')],
            },
        ),
    ]
