"""Useful information that a new installation begins with, published under the date of its texts."""

from django.db import migrations

from portals.editorial.information.firsts import WRITTEN_AT, first_articles
from portals.editorial.information.queries import vector_of


def write_first_articles(apps, schema_editor):
    alias = schema_editor.connection.alias
    articles = apps.get_model("portals", "Article").objects.using(alias)
    versions = apps.get_model("portals", "ArticleVersion").objects.using(alias)
    for first in first_articles():
        words = {"title": first.title, "keywords": first.keywords, "summary": first.summary, "text": first.text}
        row, is_new = articles.get_or_create(
            slug=first.slug,
            defaults={
                **words,
                "topic": first.topic,
                "audiences": first.audiences,
                "number": 1,
                "written_at": WRITTEN_AT,
                "published_at": WRITTEN_AT,
                "search": vector_of(**words),
            },
        )
        if is_new:
            versions.create(article_id=row.pk, number=1, written_at=WRITTEN_AT, **words)


class Migration(migrations.Migration):
    dependencies = [("portals", "0015_editorial")]

    operations = [migrations.RunPython(write_first_articles, migrations.RunPython.noop)]
