"""`{% load presentation %}`: thin tags and filters over `portals.presentation`."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_urlconf
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portals.presentation import fields, formats, icons, shares, spaces

register = template.Library()

MOST_KEPT = 512
"""Values of one `{% kept %}`: the rubrics of every space and role, with each of them as the current one."""

register.filter("euros", formats.euros)
register.filter("percent", formats.percent)
register.filter("number", formats.number)
register.filter("siret", formats.siret)
register.filter("phone", formats.phone)
register.filter("professional_name", formats.professional_name)
register.filter("long_date", formats.long_date)
register.filter("short_date", formats.short_date)
register.filter("day_month", formats.day_month)
register.filter("weekday_date", formats.weekday_date)
register.filter("month_name", formats.month_name)
register.filter("of_month", formats.of_month)
register.filter("clock_time", formats.clock_time)
register.filter("full_instant", formats.full_instant)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "doc" %}`: an icon, always beside a word."""
    return mark_safe(icons.icon(name))  # noqa: S308 our own constants, no outside text


class SpriteNode(template.Node):
    """Renders its body, then puts before it the symbols that the body uses."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        body = self.nodelist.render(context)
        return mark_safe(icons.sprite_for(body) + body)  # noqa: S308 both come out of the template engine


@register.tag
def sprite(parser: Parser, token: Token) -> SpriteNode:
    """`{% sprite %}…{% endsprite %}` around the body of a page: emits only the symbols used in it."""
    nodelist = parser.parse(("endsprite",))
    parser.delete_first_token()
    return SpriteNode(nodelist)


class OnceNode(template.Node):
    """Renders its body the first time only, and from nothing: no variable of the page reaches what is kept."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.rendered: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        addresses = get_urlconf() or settings.ROOT_URLCONF
        if addresses not in self.rendered:
            self.rendered[addresses] = _rendered_from(self.nodelist, context, {})
        return self.rendered[addresses]


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """`{% once %}…{% endonce %}`: addresses of pages and files, which are the same for everybody and slow to make."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist)


class KeptNode(template.Node):
    """Renders its body once for each value of one variable, from that value and nothing else of the page."""

    def __init__(self, variable: str, nodelist: NodeList) -> None:
        self.variable = template.Variable(variable)
        self.nodelist = nodelist
        self.rendered: OrderedDict[tuple[str, Hashable], SafeString] = OrderedDict()

    def render(self, context: Context) -> SafeString:
        value: Hashable = self.variable.resolve(context)
        key = (get_urlconf() or settings.ROOT_URLCONF, value)
        kept = self.rendered.get(key)
        if kept is None:
            kept = self.rendered[key] = _rendered_from(self.nodelist, context, {str(self.variable): value})
            while len(self.rendered) > MOST_KEPT:
                self.rendered.popitem(last=False)
        return kept


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept navigation %}…{% endkept %}`: what follows from one immutable value that many pages share.

    Only for values that are few and say nothing of a person: what is made of them serves everybody's pages.
    """
    _tag, variable = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(variable, nodelist)


def _rendered_from(nodelist: NodeList, context: Context, values: dict[str, Any]) -> SafeString:
    """The body in a context of its own, without the request: only its engine is that of the page."""
    own = Context(values)
    with own.bind_template(_template_of(context)):
        return nodelist.render(own)


def _template_of(context: Context) -> template.Template:
    if context.template is None:
        raise template.TemplateSyntaxError("a fragment is kept by a page that is being rendered, and by nothing else")
    return context.template


@register.simple_tag
def bookmark(space: str | None = None) -> spaces.Bookmark:
    """`{% bookmark space as tab %}`: words and address of the space's bookmark."""
    return spaces.bookmark_of(space)


@register.inclusion_tag("components/share_bar.html")
def share_bar(
    scheme: Decimal,
    mutual: Decimal,
    own: Decimal,
    other: Decimal = shares.ZERO,
    *,
    key: bool = True,
    own_label: str = "Vous",
) -> Mapping[str, Any]:
    """`{% share_bar scheme=… mutual=… own=… other=… %}`: the bar of an expense and its key."""
    return shares_context(scheme, mutual, own, other, own_label) | {"key": key}


@register.filter
def share_fill(name: str) -> SafeString:
    """`<rect {{ segment.part.name|share_fill }}/>`: the fill of a payer's part, always the same."""
    return mark_safe(shares.fill_of(name))  # noqa: S308 our own constants, no outside text


@register.simple_tag
def thin_bar(scheme: Decimal, mutual: Decimal, own: Decimal, other: Decimal = shares.ZERO) -> SafeString:
    """`{% thin_bar scheme=… mutual=… own=… %}`: decoration of a table line whose amounts are written beside it.

    Hidden from screen readers. Drawn here rather than by a template: a page has one for each of its lines.
    """
    segments = shares.segments_of(shares.parts_of(scheme, mutual, own, other))
    drawn = [
        f'<rect x="{segment.x}" width="{segment.width}" height="10" {shares.fill_of(segment.part.name)}/>'
        for segment in segments
    ] or ['<rect width="100%" height="10" class="f-line"/>']
    svg = f'<svg class="bar thin" aria-hidden="true">{"".join(drawn)}</svg>'
    return mark_safe(svg)  # noqa: S308 lengths and our own constants, no outside text


@register.inclusion_tag("pdf/share_bar.html")
def print_share_bar(
    scheme: Decimal, mutual: Decimal, own: Decimal, other: Decimal = shares.ZERO, space: str = "adherent"
) -> Mapping[str, Any]:
    """`{% print_share_bar scheme=… mutual=… own=… %}`: the same for WeasyPrint, colours as attributes."""
    return shares_context(scheme, mutual, own, other) | {"tab": spaces.bookmark_of(space)}


def shares_context(
    scheme: Decimal, mutual: Decimal, own: Decimal, other: Decimal, own_label: str = "Vous"
) -> dict[str, Any]:
    parts = shares.parts_of(scheme, mutual, own, other, own_label)
    return {"parts": parts, "segments": shares.segments_of(parts), "expense": sum(part.amount for part in parts)}


@register.inclusion_tag("components/form.html")
def form_fields(form: forms.BaseForm, note: bool = True) -> Mapping[str, Any]:
    """`{% form_fields form %}`: error summary, then every field. `note=False`: nothing on mandatory answers."""
    drawn = [fields.draw(bound) for bound in form.visible_fields()]
    return {
        "form": form,
        "drawn_fields": drawn,
        "note": note and len(drawn) > 1,
        "some_are_optional": any(field.says_optional for field in drawn),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> Mapping[str, Any]:
    """`{% error_summary form %}`: for pages that place their fields one by one."""
    summary = fields.summarise(form)
    links = [(fields.target_of(bound), bound) for bound in summary.fields] if summary else []
    return {"summary": summary, "links": links}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, optional: bool = True) -> Mapping[str, Any]:
    """`{% field form.login %}`: one answer with its label, hint and errors.

    `optional=False` leaves out « (facultatif) », for filters, where nothing is asked of anybody.
    """
    return {"drawn": fields.draw(bound, says_optional=optional)}


@register.inclusion_tag("components/stepper.html")
def stepper(*names: str, current: int) -> Mapping[str, Any]:
    """`{% stepper "Vos références" "Conditions" current=1 %}`: where one is in a short series, counted from 1."""
    return {
        "steps": [{"name": name, "is_done": rank < current} for rank, name in enumerate(names, start=1)],
        "current": current,
        "count": len(names),
    }


@register.simple_tag
def state(word: str, kind: str = "", icon: str = "") -> SafeString:
    """`{% state "Prévu le 14/10" kind="warn" icon="clock" %}`: a state, in words. kind: good, warn, bad or nothing."""
    drawn = mark_safe(icons.icon(icon)) if icon else ""  # noqa: S308 our own constants, no outside text
    return format_html('<span class="tag{}">{}{}</span>', f" {kind}" if kind else "", drawn, word)


@register.inclusion_tag("components/empty_state.html")
def empty_state(sentence: str, url: str = "", link: str = "") -> Mapping[str, Any]:
    """`{% empty_state "Aucun soin sur cette période." url=… link="Voir le dernier" %}`."""
    return {"sentence": sentence, "url": url, "link": link}


@register.inclusion_tag("components/pagination.html")
def pagination(newer: str | None = None, older: str | None = None) -> Mapping[str, Any]:
    """`{% pagination newer=url older=url %}`: keyset pages, newest first; nothing when there is one page."""
    return {"newer": newer, "older": older}
