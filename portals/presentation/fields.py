"""How one answer of a form is drawn: which shape, which attributes, which words around it."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class DrawnField:
    """A bound field with its widget already rendered, tied to its hint and errors."""

    bound: BoundField
    shape: str  # line, select, check, choices or file
    widget: SafeString
    says_optional: bool
    is_password: bool


def shape_of(widget: forms.Widget) -> str:
    """The component that shows this widget. Order matters: a radio group is also a select for Django."""
    if isinstance(widget, CHOICE_WIDGETS):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.Select):
        return "select"
    return "file" if isinstance(widget, forms.FileInput) else "line"


def draw(bound: BoundField, says_optional: bool = True) -> DrawnField:
    """Prepare a field: classes by shape, `is-invalid` when refused, hint and errors named in aria-describedby."""
    widget = bound.field.widget
    shape = shape_of(widget)
    own_class = {"select": "form-select", "line": "form-control", "file": "form-control"}.get(shape, "")
    classes = " ".join(
        name for name in (own_class, widget.attrs.get("class", ""), "is-invalid" if bound.errors else "") if name
    )
    return DrawnField(
        bound=bound,
        shape=shape,
        widget=bound.as_widget(attrs={"class": classes} if classes and shape != "choices" else {}),
        says_optional=says_optional and not bound.field.required,
        is_password=isinstance(widget, forms.PasswordInput),
    )


@dataclass(frozen=True)
class Summary:
    """What remains to be corrected, as the first thing to read: whole-form errors, then one link per field."""

    whole_form: tuple[str, ...]
    fields: tuple[BoundField, ...]

    @property
    def title(self) -> str:
        """« Il reste 2 réponses à corriger »; whole-form errors alone need no count."""
        count = len(self.fields)
        if not count:
            return "Nous n’avons pas pu continuer"
        return f"Il reste {count} réponse{'s' if count > 1 else ''} à corriger"


def summarise(form: forms.BaseForm) -> Summary | None:
    """The summary of a refused form, or None when there is nothing to say."""
    if not form.is_bound or not form.errors:
        return None
    hidden = tuple(str(error) for bound in form.hidden_fields() for error in bound.errors)
    return Summary(
        whole_form=tuple(str(error) for error in form.non_field_errors()) + hidden,
        fields=tuple(bound for bound in form.visible_fields() if bound.errors),
    )


def target_of(bound: BoundField) -> str:
    """The id that a link to the field goes to: in a group, its first choice."""
    return f"{bound.auto_id}_0" if shape_of(bound.field.widget) == "choices" else bound.auto_id
