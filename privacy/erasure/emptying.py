"""One table of an erasure: rows deleted or emptied, with their past, their files and their keys. As the role `eraser`."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models
from django.db.models import Q

from portals.declarations import Erasure
from portals.documents.models import StoredFile, Upload, private_storage
from portals.documents.uploads import subject_of as upload_subject
from portals.secrets.models import SubjectKey
from privacy.erasure.planning import Doom, Fate, declared_of

ALIAS = "eraser"
CHUNK = 2000


_rehearsing: ContextVar[bool] = ContextVar("rehearsing", default=False)


@contextmanager
def rehearsal() -> Iterator[None]:
    """What the database can take back, and nothing else: no file is touched. The caller takes it back."""
    before = _rehearsing.set(True)
    try:
        yield
    finally:
        _rehearsing.reset(before)


def is_rehearsal() -> bool:
    return _rehearsing.get()


class Unemptiable(TypeError):
    """A field can hold neither NULL nor an empty text, and its reach says nothing to put there."""


def apply(doom: Doom, rows: Q, today: datetime.date) -> tuple[int, int]:
    """Do it; how many rows were deleted and emptied. In the caller's transaction of the role `eraser`.

    A row that something else still points to, and is not the target's, is emptied instead of deleted.
    """
    manager = doom.model._base_manager.using(ALIAS)
    chosen = manager.filter(rows)
    if doom.reach.recent:
        chosen = chosen.exclude(doom.reach.recent(today))
    keys = sorted(set(chosen.values_list("pk", flat=True)))
    deleted = emptied = 0
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        if doom.fate == Fate.EMPTY:
            _empty(doom, part, doom.emptied)
            emptied += len(part)
        elif doom.fate == Fate.DELETE:
            held = _pointed_at(doom.model, part)
            free = [key for key in part if key not in held]
            _delete(doom, free)
            if not doom.reach.if_free:
                _empty(doom, sorted(held), _personal(doom))
            deleted, emptied = deleted + len(free), emptied + (0 if doom.reach.if_free else len(held))
    if doom.fate != Fate.KEEP:
        _past(doom, rows, keys if doom.fate == Fate.DELETE else [])
    return deleted, emptied


def apply_to(doom: Doom, keys: Sequence[Any]) -> tuple[int, int, int]:
    """The same for rows that are known by their keys: how many were deleted, emptied, and left since something points to
    them. In the caller's transaction of the role `eraser`."""
    if doom.fate == Fate.EMPTY:
        _empty(doom, keys, doom.emptied)
        return 0, len(keys), 0
    held = _pointed_at(doom.model, keys)
    free = [key for key in keys if key not in held]
    _delete(doom, free)
    _past(doom, Q(pk__in=[]), free)
    return len(free), 0, len(keys) - len(free)


def _delete(doom: Doom, keys: Sequence[Any]) -> None:
    if not keys:
        return
    rows = doom.model._base_manager.using(ALIAS).filter(pk__in=keys)
    _forget_keys(doom, rows, ())
    documents, files = _enclosures(doom, keys)
    _unlink(doom.model, keys)
    rows._raw_delete(ALIAS)
    _forget(doom.model, keys, None)  # once deleted: the deletion itself leaves a past
    remove_documents(documents)
    remove_files(files)


def _unlink(model: type[models.Model], keys: Sequence[Any]) -> None:
    """The rows between these rows and their documents."""
    for relation in model._meta.many_to_many:
        through: Any = relation.remote_field.through
        through._base_manager.using(ALIAS).filter(**{f"{relation.m2m_field_name()}__in": keys})._raw_delete(ALIAS)


def _empty(doom: Doom, keys: Sequence[Any], names: Sequence[str]) -> None:
    if not keys or not names:
        return
    rows = doom.model._base_manager.using(ALIAS).filter(pk__in=keys)
    kept = [name for name in doom.kept if name not in names]
    _forget_keys(doom, rows, kept)
    follows = doom.reach.files_follow in names
    files = [name for name in doom.reach.files if name in names or follows]
    documents, stored = _enclosures(doom, keys, only=files) if files else ([], [])
    if follows:
        _unlink(doom.model, keys)
    rows.update(**{name: _blank(doom, doom.model, name) for name in names}, **doom.reach.sets)
    _forget(doom.model, keys, names)
    event = _event_model(doom.model)
    if event is not None:
        held = {one.name for one in event._meta.concrete_fields}
        values = {name: _blank(doom, event, name) for name in names if name in held}
        event._base_manager.using(ALIAS).filter(pgh_obj_id__in=keys).update(**values)
    remove_documents(documents)
    remove_files(stored)


def _past(doom: Doom, rows: Q, gone: Sequence[Any]) -> None:
    """Old versions of rows that no longer are, whose event tables still say what they held."""
    event = _event_model(doom.model)
    if event is None or doom.fate != Fate.DELETE:
        return
    live = list(doom.model._base_manager.using(ALIAS).filter(rows | Q(pk__in=gone)).values_list("pk", flat=True))
    old = event._base_manager.using(ALIAS).filter(rows | Q(pgh_obj_id__in=gone)).exclude(pgh_obj_id__in=live)
    keys = list(old.values_list("pk", flat=True))
    event._base_manager.using(ALIAS).filter(pk__in=keys)._raw_delete(ALIAS)


def _personal(doom: Doom) -> list[str]:
    """The fields that a row loses when it cannot go because somebody else's points to it: all that can be emptied."""
    declared = declared_of(doom.reach.label)
    names = [name for kind, those in declared.items() if kind.erasure != Erasure.NOT_PERSONAL for name in those]
    fields = [doom.model._meta.get_field(name) for name in names if name not in doom.reach.kept]
    return [one.name for one in fields if one.name in doom.reach.blanks or _is_emptiable(one)]


def _is_emptiable(one: Any) -> bool:
    try:
        blank_of(one)
    except Unemptiable:
        return False
    return True


def _blank(doom: Doom, model: type[models.Model], name: str) -> Any:
    if name in doom.reach.blanks:
        return doom.reach.blanks[name]
    return blank_of(model._meta.get_field(name))


def blank_of(one: Any) -> Any:
    """What an emptied field holds. Raises Unemptiable."""
    if one.null:
        return None
    if isinstance(one, models.CharField | models.TextField | models.FileField):
        return ""
    if isinstance(one, models.BinaryField):
        return b""
    if isinstance(one, models.BooleanField):
        return False
    if isinstance(one, models.JSONField):
        return {}
    raise Unemptiable(f"{one.model._meta.label}.{one.name}")


def _pointed_at(model: type[models.Model], keys: Sequence[Any]) -> set[Any]:
    """Those of these rows that a row of another table still points to; histories do not count."""
    found: set[Any] = set()
    for relation in model._meta.related_objects:
        column: Any = relation.field
        other: Any = relation.related_model
        if relation.many_to_many:
            other, name = column.remote_field.through, column.m2m_reverse_field_name()
            column = other._meta.get_field(name)
        if other is model or not column.db_constraint:
            continue
        pointing = other._base_manager.using(ALIAS).filter(**{f"{column.name}__in": keys})
        found |= set(pointing.values_list(column.attname, flat=True))
    return found


def _event_model(model: type[models.Model]) -> type[models.Model] | None:
    try:
        return apps.get_model(f"{model._meta.label}Event")
    except LookupError:
        return None


def _forget_keys(doom: Doom, rows: models.QuerySet[Any], kept: Collection[str]) -> None:
    """Without its data key, what was sealed is unreadable in every copy of it. A key that opens what is kept stays."""
    for key in doom.reach.keys:
        if any(name in kept for name in key.fields):
            continue
        names = [one.name for one in doom.model._meta.concrete_fields if "{" + one.name + "}" in key.subject]
        subjects = [key.subject.format(**row) for row in rows.values(*names)]
        SubjectKey.objects.using(ALIAS).filter(subject__in=subjects)._raw_delete(ALIAS)


def _enclosures(
    doom: Doom, keys: Sequence[Any], only: Sequence[str] | None = None
) -> tuple[list[Upload], list[StoredFile]]:
    """The documents and the files that hang on these rows."""
    documents: list[Upload] = []
    files: list[StoredFile] = []
    for name in doom.reach.files if only is None else only:
        numbers = doom.model._base_manager.using(ALIAS).filter(pk__in=keys).exclude(**{name: None})
        held = set(numbers.values_list(name, flat=True))
        if doom.model._meta.get_field(name).related_model is Upload:
            documents += Upload.objects.using(ALIAS).filter(pk__in=held)
        else:
            files += StoredFile.objects.using(ALIAS).filter(pk__in=held)
    return documents, files


def remove_documents(documents: Sequence[Upload]) -> None:
    """Documents that nothing holds any more, with their keys and their files."""
    held = _pointed_at(Upload, [one.pk for one in documents])
    free = [one for one in documents if one.pk not in held]
    keys = [one.pk for one in free]
    SubjectKey.objects.using(ALIAS).filter(subject__in=[upload_subject(one.reference) for one in free])._raw_delete(
        ALIAS
    )
    files = list(StoredFile.objects.using(ALIAS).filter(pk__in=[one.stored_id for one in free if one.stored_id]))
    Upload.objects.using(ALIAS).filter(pk__in=keys)._raw_delete(ALIAS)
    _forget(Upload, keys, None)
    remove_files(files)


def remove_files(files: Sequence[StoredFile]) -> None:
    """The files first: killed in between, the row still says what remains to be removed."""
    for one in () if is_rehearsal() else files:
        private_storage().delete(str(one.file.name))
    keys = [one.pk for one in files]
    StoredFile.objects.using(ALIAS).filter(pk__in=keys)._raw_delete(ALIAS)
    _forget(StoredFile, keys, None)


def _forget(model: type[models.Model], keys: Sequence[Any], names: Sequence[str] | None) -> None:
    """What the field histories kept of these rows: everything, or what these fields held."""
    if not keys:
        return
    texts = [str(key) for key in keys]
    kind = ContentType.objects.db_manager(ALIAS).get_for_model(model).pk
    with connections[ALIAS].cursor() as cursor:
        if names is None:
            cursor.execute(
                "DELETE FROM privacy_rowchange WHERE model = %s AND row_key = ANY(%s)", [model._meta.label, texts]
            )
            cursor.execute(
                "DELETE FROM privacy_fieldchange WHERE content_type_id = %s AND object_pk = ANY(%s)", [kind, texts]
            )
            return
        columns = [str(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr]
        cursor.execute(
            "UPDATE privacy_rowchange SET old = old - %s::text[] WHERE model = %s AND row_key = ANY(%s)",
            [columns, model._meta.label, texts],
        )
        cursor.execute(
            "UPDATE privacy_fieldchange SET changes = changes - %s::text[] "
            "WHERE content_type_id = %s AND object_pk = ANY(%s) AND jsonb_typeof(changes) = 'object'",
            [list(names), kind, texts],
        )
