"""What the models say of one another: foreign keys point downwards, and nothing leads back up."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.support.source import height

OURS = "okiagari."


def room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith(OURS) else ""


def own_fields(model: type[models.Model]) -> Iterator[models.Field]:  # type: ignore[type-arg]
    """The fields this house wrote, not those that an abstract model of a library brings along."""
    foreign = {
        field.name
        for base in model.__mro__[1:]
        if hasattr(base, "_meta") and base._meta.abstract and not base.__module__.startswith(OURS)
        for field in (*base._meta.local_fields, *base._meta.local_many_to_many)
    }
    fields = (*model._meta.local_fields, *model._meta.local_many_to_many)
    yield from (field for field in fields if field.name not in foreign)


def faults(model: type[models.Model]) -> Iterator[str]:
    here = room(model)
    for field in own_fields(model):
        place = f"{model.__module__}.{model.__name__}.{field.name}"
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            yield f"{place}: takes the time from Django, not from plumbing.clock"
        if field.remote_field is None:
            continue
        target = field.remote_field.model
        there = room(target)
        if there == here:
            continue
        if height(there) >= height(here):
            yield f"{place}: points up or sideways, to {there}.{target.__name__}"
        if not str(field.remote_field.related_name or "").endswith("+"):
            yield f"{place}: leads back into {here} from {there or target.__module__}; related_name='+'"
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE:
            yield f"{place}: deleting in {there or target.__module__} deletes in {here}; PROTECT"


def test_foreign_keys_point_downwards_and_nothing_leads_back() -> None:
    ours = [model for model in apps.get_models(include_auto_created=False) if room(model)]
    found = [fault for model in ours for fault in faults(model)]
    assert ours
    assert not found, "\n".join(found)
