from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_focus_and_cards")]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="changed_at",
            field=models.DateTimeField(
                auto_now=True, default=timezone.now, verbose_name="last change"
            ),
            preserve_default=False,
        ),
    ]
