"""How a guest is addressed: function, salutation, and why the invitation came."""

from __future__ import annotations

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from partnerships.models import Holder, Partnership, Position

_LENGTH = 250


def function_of(position: Position, holder: Holder | None) -> str:
    """What the post is, in its language.

    German offices are stored in both genders, the female first ("Oberbürgermeisterin /
    Oberbürgermeister"); a holder's own salutation with Frau or Herr says which one applies.
    Pairs that share further words ("Referentin / Referent für …") stay as they are.
    """
    with translation.override(position.language):
        text = position.function
    words = (holder.salutation if holder else "").split()
    forms = text.split(" / ")
    if position.office_id and len(forms) == 2 and len({len(f.split()) for f in forms}) == 1:
        if "Frau" in words:
            return forms[0]
        if "Herr" in words:
            return forms[1]
    return text


def salutation_of(position: Position, holder: Holder | None) -> str:
    """The holder's own line, else the pattern of the office, else a neutral one.

    Only ``{name}`` is replaced in a pattern; a pattern without a name to fill it is not used.
    """
    if holder and holder.salutation:
        return holder.salutation
    with translation.override(position.language):
        pattern = position.office.salutation if position.office else ""
        if pattern and holder:
            return Truncator(pattern.replace("{name}", holder.name)).chars(_LENGTH)
        if pattern and "{name}" not in pattern:
            return pattern
        return neutral_salutation(holder.name if holder else "", position.language)


def neutral_salutation(name: str, language: str) -> str:
    """ "Guten Tag Erika Beispiel," or, for nobody in particular, the usual formula."""
    with translation.override(language):
        if name:
            return _("Dear %(name)s,") % {"name": name}
        return _("Dear colleagues,")


def why_invited(
    position: Position | None, function: str, partnership: Partnership | None, language: str
) -> str:
    """The sentence that tells guests why they got the invitation, in their language."""
    with translation.override(language):
        if position is None:
            return _(
                "You receive this invitation because the organisers put you on the guest list."
            )
        names = {"function": function, "place": position.place}
        listed = _listed_as(position) % names
        if partnership is not None:
            sentence = _(
                "You receive this invitation because %(listed)s and the partnership "
                "%(partnership)s is invited."
            ) % {"listed": listed, "partnership": partnership.title}
            if len(sentence) <= _LENGTH:
                return sentence
        sentence = _("You receive this invitation because %(listed)s.") % {"listed": listed}
        return Truncator(sentence).chars(_LENGTH)


def _listed_as(position: Position) -> str:
    """A clause; people hold an office, but work in a department."""
    if position.city_id and position.office_id:
        return _("you are listed as %(function)s of the city of %(place)s")
    if position.city_id:
        return _("you are listed at the city of %(place)s (%(function)s)")
    return _("you are listed at %(place)s (%(function)s)")
