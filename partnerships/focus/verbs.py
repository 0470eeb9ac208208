"""What the journal says about choosing topics, by verb; never which topics a city ranked."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "partnerships.topics_submitted": _("A city submitted its list of topics"),
    "partnerships.topics_reopened": _("Topics reopened by one of the cities"),
    "partnerships.focus_agreed": _("Cities agreed on a common focus, topics: %(count)s"),
    "partnerships.focus_empty": _("All cities chose topics and had none in common"),
    "partnerships.goals_chosen": _("Goals of the common focus chosen: %(count)s"),
}
