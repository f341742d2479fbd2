"""Names made of words."""

import pytest

from workflow.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Über uns", "ueber-uns"),
        ("Straße  (neu)!", "strasse-neu"),
        ("Café é à la carte", "cafe-e-a-la-carte"),
        ("input", "input"),
        ("Қазақстан йод ёлка", "қазақстан-йод-ёлка"),
        ("../..", "article"),
        ("__", "article"),
        ("", "article"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text, "article") == expected
