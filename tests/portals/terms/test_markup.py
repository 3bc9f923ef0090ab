"""Terms are written in a little HTML, and in nothing else."""

import pytest

from portals.terms.documents import drafted
from portals.terms.markup import MarkupRefused, articles_of, check


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<p onclick='x'>a</p>", "<p style='x'>a</p>", "<p>a", "<p>a</li>", "a", "<!-- a -->",
        "<p><a href='javascript:x'>a</a></p>", "<img src=x>", "<p><a href='//x.example'>a</a></p>",
    ],
)  # fmt: skip
def test_it_refuses_what_is_not_a_text(text: str) -> None:
    with pytest.raises(MarkupRefused):
        check(text)


@pytest.mark.parametrize("text", ["", "<p>a<br>b</p>", '<ul><li>a <a href="https://x.example">b</a></li></ul>'])
def test_it_lets_titles_paragraphs_lists_and_links_through(text: str) -> None:
    check(text)


def test_the_first_version_is_nine_articles_and_its_clauses() -> None:
    articles = articles_of(drafted("cgu_v1.html"))
    assert [article.anchor for article in articles] == [f"art-{number}" for number in range(1, 10)]
    clauses = [block.anchor for article in articles for block in article.blocks if block.anchor]
    assert len(clauses) == 84
    check(drafted("cgu_v1_summary.html"))
