"""Database fields for the house's own values. All are text columns: the same on SQLite and PostgreSQL."""

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from okiagari.plumbing import ids
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

if TYPE_CHECKING:
    _LocalTextBase = models.TextField[LocalText | str, LocalText]
    _PartialDateBase = models.CharField[PartialDate | str, PartialDate]
    _JsonBase = models.TextField[Any, Any]
    _IdBase = models.CharField[str, str]
else:
    _LocalTextBase = _JsonBase = models.TextField
    _PartialDateBase = _IdBase = models.CharField

_NO_TEXT = LocalText()  # frozen: every empty column can share it


class LocalTextField(_LocalTextBase):
    """A `LocalText`, kept as JSON text."""

    if TYPE_CHECKING:
        _pyi_private_set_type: LocalText | str  # type: ignore[assignment]
        _pyi_private_get_type: LocalText  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", LocalText)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> LocalText:
        return LocalText.from_json(json.loads(value)) if value else _NO_TEXT

    def to_python(self, value: Any) -> LocalText:
        return value if isinstance(value, LocalText) else LocalText.from_json(value)

    def get_prep_value(self, value: Any) -> str:
        text = self.to_python(value) if value else LocalText()
        return json.dumps(text.to_json(), ensure_ascii=False, sort_keys=True) if text else ""


class PartialDateField(_PartialDateBase):
    """A `PartialDate`, kept as it is written; unknown is empty."""

    if TYPE_CHECKING:
        _pyi_private_set_type: PartialDate | str  # type: ignore[assignment]
        _pyi_private_get_type: PartialDate  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("default", PartialDate)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> PartialDate:
        return PartialDate.parse(value)

    def to_python(self, value: Any) -> PartialDate:
        return value if isinstance(value, PartialDate) else PartialDate.parse(value)

    def get_prep_value(self, value: Any) -> str:
        return str(self.to_python(value))


class JsonField(_JsonBase):
    """Plain JSON that is read and written whole and never queried into."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return json.loads(value) if value else None

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)


class PublicIdField(_IdBase):
    """A random public id, unique, made when the row is first saved."""

    def __init__(self, *args: Any, prefix: str = "", **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs.setdefault("max_length", 24)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "prefix": self.prefix}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = getattr(model_instance, self.attname)
        if add and not value:
            manager = type(model_instance)._default_manager
            value = ids.fresh(self.prefix)
            while manager.filter(**{self.attname: value}).exists():
                value = ids.fresh(self.prefix)
            setattr(model_instance, self.attname, value)
        return str(value)
