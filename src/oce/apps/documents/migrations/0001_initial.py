import oce.kit.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True)),
                ('about_kind', models.CharField(max_length=60, verbose_name='kind of record')),
                ('about_uid', models.UUIDField(verbose_name='record')),
                ('role', models.CharField(choices=[('photo', 'photo'), ('certificate', 'certificate'), ('manual', 'instructions'), ('receipt', 'receipt'), ('other', 'something else')], max_length=20, verbose_name='kind of document')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('media_type', models.CharField(max_length=100, verbose_name='form')),
                ('digest', models.CharField(db_index=True, max_length=64, verbose_name='fingerprint')),
                ('small', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='fingerprint of the small picture')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('width', models.PositiveIntegerField(default=0, verbose_name='width')),
                ('height', models.PositiveIntegerField(default=0, verbose_name='height')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.CharField(max_length=200, verbose_name='who')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'indexes': [models.Index(fields=['about_uid', 'id'], name='attachment_by_record')],
            },
        ),
    ]
