"""The newest events of an agent read off an index; and words for the moment by which events are listed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Exchange the indexes of agents for those that know the place in the ledger."""

    dependencies = [("events", "0002_ledger_place")]
    operations = [
        migrations.RemoveIndex(model_name="economicevent", name="event_provider"),
        migrations.RemoveIndex(model_name="economicevent", name="event_receiver"),
        migrations.AddIndex(
            model_name="economicevent",
            index=models.Index(fields=["provider", "id"], name="event_provider_place"),
        ),
        migrations.AddIndex(
            model_name="economicevent",
            index=models.Index(fields=["receiver", "id"], name="event_receiver_place"),
        ),
        migrations.AlterField(
            model_name="economicevent",
            name="occurred_at",
            field=models.DateTimeField(
                db_index=True,
                editable=False,
                help_text="When it happened or ended; of what nobody dated, when it was recorded.",
                verbose_name="when",
            ),
        ),
    ]
