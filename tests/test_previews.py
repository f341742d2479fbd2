"""Pictures for previews of links: drawn ones, and the article's own."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.publishing import picture
from workflow.editions.heads import SIZE
from workflow.printing import previews
from workflow.printing.previews import Words

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenversicherung " * 12


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box that holds all that was drawn below the bar at the top."""
    below = image.crop((0, 20, *SIZE))
    box = ImageChops.difference(below, Image.new("RGB", below.size, "#fffdfa")).getbbox()
    assert box
    return box


@pytest.mark.parametrize("title", ["Kurz", "Қазақстан революция қарсаңында", LONG, "x" * 400])
def test_a_title_stays_within_its_picture(title: str) -> None:
    image = previews.drawn(Words(title, "Linkswende", "Машинный перевод · 100 %"))
    left, top, right, bottom = ink(image)
    assert image.size == SIZE
    assert left >= 60
    assert right <= SIZE[0] - 60
    assert top >= 30
    assert bottom <= SIZE[1] - 20 - 40


def test_the_same_words_give_the_same_bytes() -> None:
    made = {previews.encoded(previews.drawn(Words("Titel", "P", "S")), "png") for _ in range(2)}
    (data,) = made
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size, image.info) == ("PNG", SIZE, {})
    assert len(data) < 60_000


def test_invisible_signs_stay_so() -> None:
    plain = previews.drawn(Words("Gas und Strom"))
    assert previews.drawn(Words("Gas\u2060 und Stro\u00adm")).tobytes() == plain.tobytes()


@pytest.mark.parametrize("count", range(20, 60))
def test_a_no_break_space_holds(count: int) -> None:
    _, lines = previews._set("x " * count + "5\u00a0%")
    assert "5\u00a0%" in lines[-1]


def test_what_the_fonts_cannot_write_is_left_out() -> None:
    bare = previews.drawn(Words("", "", ""))
    assert previews.drawn(Words("标题", "发布者", "العربية")).tobytes() == bare.tobytes()
    assert previews.drawn(Words("Titel")).tobytes() != bare.tobytes()


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"<svg/>", picture(599, 900), picture(1600, 900)[:500]]
)
def test_what_is_no_photo_for_a_preview(data: bytes) -> None:
    assert previews.photo(data) is None


@pytest.mark.parametrize("size", [(1600, 900), (600, 315), (700, 2400)])
def test_a_photo_is_cut_to_size(size: tuple[int, int]) -> None:
    image = previews.photo(picture(*size))
    assert image
    assert image.size == SIZE


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "LA", "I;16"])
def test_a_photo_in_other_colours(mode: str, tmp_path: Path) -> None:
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    Image.new(mode, (1300, 800)).save(path)
    image = previews.photo(path.read_bytes())
    assert image
    assert (image.mode, image.size) == ("RGB", SIZE)


def test_a_picture_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1200 * 700)
    assert previews.photo(picture(1200, 699)) is not None
    assert previews.photo(picture(1200, 900)) is None


def test_a_transparent_picture_stands_on_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (1200, 630), (0, 0, 0, 0)).save(tmp_path / "a.png")
    image = previews.photo((tmp_path / "a.png").read_bytes())
    assert image
    assert image.getpixel((600, 300)) == (255, 253, 250)
