"""Images: what becomes of a file, which one an edition shows, and what it tells nobody."""

import base64
import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from tests.conftest import run
from tests.trees import article, shown, times, touched, write
from workflow.editions import images, svg
from workflow.editions.images import PAPER, SCREEN, Picture, prepare, variants
from workflow.errors import ImageError

Call = Callable[..., tuple[int, str, str]]
RED, GREEN, BLUE = (200, 20, 20), (20, 160, 20), (20, 20, 200)
SECRETS = ("Erika Mustermann", "GeheimCam", "C:\\erika\\aufstand.jpg", "Nur für uns")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def quarters(size: tuple[int, int] = (400, 200), mode: str = "RGB") -> Image.Image:
    """Red at the upper left, green at the upper right, blue below."""
    image = Image.new("RGB", size, BLUE)
    half = (size[0] // 2, size[1] // 2)
    image.paste(RED, (0, 0, *half))
    image.paste(GREEN, (half[0], 0, size[0], half[1]))
    return image.convert(mode)


def telling(orientation: int = 1) -> Image.Exif:
    """What a camera and a program say of their owner."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0xA430] = exif[0x013B] = SECRETS[0]
    exif[0x0110], exif[0x010D], exif[0x010E] = SECRETS[1:]
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 14.0, 18.0), 3: "E", 4: (76.0, 53.0, 24.0)})
    return exif


def photo(size: tuple[int, int] = (400, 200), orientation: int = 1, **options: object) -> bytes:
    return saved(
        quarters(size), "JPEG", exif=telling(orientation), comment=SECRETS[3], **options
    )  # fmt: skip


def read(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    assert image.size == (picture.width, picture.height)
    return image


def near(one: object, other: tuple[int, ...], distance: int = 12) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= distance for a, b in zip(one[:3], other[:3], strict=True))


class TestRaster:
    def test_nothing_but_the_picture_comes_along(self) -> None:
        data = photo(icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        assert all(secret.encode() in data for secret in SECRETS[:3])
        made = prepare(data, "a.jpg", SCREEN)
        image = read(made)
        assert image.format == "JPEG"
        assert not image.getexif()
        assert not {"icc_profile", "comment", "exif", "xmp"} & image.info.keys()
        assert not any(secret.encode() in made.data for secret in (*SECRETS, "Exif"))

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_nor_from_other_kinds(self, kind: str) -> None:
        made = prepare(saved(quarters(), kind, exif=telling(), lossless=True), "a.png", SCREEN)
        assert not read(made).getexif()
        assert not any(secret.encode() in made.data for secret in (*SECRETS, "eXIf", "Exif"))

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_a_photo_stands_as_its_camera_held_it(self, orientation: int) -> None:
        # How to lay the upright picture down so that this orientation turns it up again.
        lying = {
            1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4,
        }[orientation]  # fmt: skip
        image = quarters() if lying is None else quarters().transpose(Image.Transpose(lying))
        data = saved(image, "JPEG", exif=telling(orientation), quality=95)
        upright = read(prepare(data, "a.jpg", SCREEN))
        assert upright.size == (400, 200)
        assert near(upright.getpixel((50, 50)), RED)
        assert near(upright.getpixel((350, 50)), GREEN)
        assert near(upright.getpixel((200, 150)), BLUE)

    @pytest.mark.parametrize(
        ("size", "box", "expected"),
        [
            ((400, 200), SCREEN, (400, 200)),
            ((1600, 1600), SCREEN, (1600, 1600)),
            ((3200, 800), SCREEN, (1600, 400)),
            ((300, 3200), SCREEN, (150, 1600)),
            ((3212, 1000), PAPER, (1606, 500)),
            ((4000, 1), SCREEN, (1600, 1)),
        ],
    )
    def test_large_ones_are_scaled_down_and_small_ones_never_up(
        self, size: tuple[int, int], box: images.Box, expected: tuple[int, int]
    ) -> None:
        assert read(prepare(photo(size), "a.jpg", box)).size == expected

    def test_the_type_area_is_that_of_the_page(self) -> None:
        style = (Path(images.__file__).parent / "theme/print-a4.css").read_text(encoding="utf-8")
        found = re.search(r"size: A4; margin: (\d+)mm (\d+)mm (\d+)mm;", style)
        top, sides, bottom = map(int, found.groups())
        area = 210 - 2 * sides, 297 - top - bottom
        assert tuple(round(side / 25.4 * 300) for side in area) == PAPER

    def test_a_palette_stays(self) -> None:
        for size in ((300, 200), (3000, 2000)):
            data = saved(quarters(size).quantize(16), "PNG")
            image = read(prepare(data, "map.png", SCREEN))
            assert (image.format, image.mode) == ("PNG", "P")
            assert near(image.convert("RGB").getpixel((20, 20)), RED)

    @pytest.mark.parametrize("size", [(300, 200), (3000, 2000)])
    def test_transparency_stays(self, size: tuple[int, int]) -> None:
        image = quarters(size, "RGBA")
        image.putalpha(0)
        image.paste((*RED, 255), (0, 0, size[0] // 2, size[1] // 2))
        for kind, options in (("PNG", {}), ("WEBP", {"lossless": True}), ("WEBP", {}), ("GIF", {})):
            made = read(prepare(saved(image, kind, **options), "a.png", SCREEN))
            assert made.format == "PNG"
            full = made.convert("RGBA")
            assert near(full.getpixel((10, 10)), RED)
            assert full.getpixel((full.width - 5, full.height - 5))[3] == 0

    @pytest.mark.parametrize(
        ("mode", "kind", "expected"),
        [
            ("1", "PNG", "1"), ("L", "PNG", "L"), ("LA", "PNG", "LA"), ("I;16", "PNG", "L"),
            ("L", "JPEG", "L"), ("CMYK", "JPEG", "RGB"), ("RGB", "WEBP", "RGB"),
        ],
    )  # fmt: skip
    def test_modes(self, mode: str, kind: str, expected: str) -> None:
        image = quarters(mode="L" if mode == "I;16" else mode)
        if mode == "I;16":
            image = Image.merge("L", [image]).convert("I").point(lambda v: v * 256).convert("I;16")
        made = read(prepare(saved(image, kind), "a", SCREEN))
        assert made.mode == expected
        level = quarters(mode="L").getpixel((350, 50))
        assert abs(made.convert("L").getpixel((350, 50)) - level) < 30 or mode == "1"

    def test_photos_stay_small_and_drawings_exact(self) -> None:
        lossy = prepare(saved(quarters(), "WEBP"), "a.webp", SCREEN)
        exact = prepare(saved(quarters(), "WEBP", lossless=True), "a.webp", SCREEN)
        assert (lossy.suffix, exact.suffix) == (".jpg", ".png")
        assert read(exact).convert("RGB").tobytes() == quarters().tobytes()

    def test_another_colour_space_becomes_srgb(self) -> None:
        # A profile in which the first two channels have changed places shows the conversion.
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        swapped = bytearray(lab.tobytes())
        red, green = swapped.find(b"rXYZ"), swapped.find(b"gXYZ")
        swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
        name = swapped.find("sRGB".encode("utf-16-be"))
        swapped[name : name + 8] = "Mine".encode("utf-16-be")
        for mode, kind in (("RGB", "JPEG"), ("RGB", "PNG"), ("P", "PNG")):
            data = saved(quarters().convert(mode), kind, icc_profile=bytes(swapped))
            made = read(prepare(data, "a", SCREEN))
            assert "icc_profile" not in made.info
            assert made.mode == mode
            seen = made.convert("RGB").getpixel((350, 150))
            assert seen[2] > 150  # blue is where it was
            left = made.convert("RGB").getpixel((50, 50))
            assert left[1] > left[0]  # what was called red is green

    def test_a_broken_profile_says_nothing(self) -> None:
        made = read(prepare(saved(quarters(), "PNG", icc_profile=b"no profile"), "a", SCREEN))
        assert "icc_profile" not in made.info

    def test_only_the_first_picture_of_a_film(self) -> None:
        frames = [Image.new("RGB", (9, 9), colour) for colour in (RED, GREEN)]
        data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
        made = read(prepare(data, "a.gif", SCREEN))
        assert getattr(made, "n_frames", 1) == 1
        assert near(made.convert("RGB").getpixel((4, 4)), RED)

    def test_the_same_file_gives_the_same_bytes(self) -> None:
        for data in (photo(), photo((2000, 900)), saved(quarters((1800, 90)).quantize(9), "PNG")):
            assert prepare(data, "a", SCREEN) == prepare(data, "a", SCREEN)

    def test_it_hardly_changes_what_it_need_not_scale(self) -> None:
        noisy = Image.effect_noise((300, 300), 60).convert("RGB")
        data = saved(noisy, "JPEG", quality=60, exif=telling())
        before, after = Image.open(io.BytesIO(data)), read(prepare(data, "a.jpg", SCREEN))
        pairs = zip(before.tobytes(), after.tobytes(), strict=True)
        assert sum(abs(a - b) for a, b in pairs) / len(before.tobytes()) < 1

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "is no JPEG, PNG, GIF, WebP or SVG image; save it as one"),
            (b"Notizen", "is no JPEG"),
            (photo()[:-500], "the image is broken (image file is truncated"),
            (saved(quarters(), "PNG")[:60], "the image is broken"),
            (saved(quarters(), "TIFF"), "is no JPEG"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no JPEG"),
            (saved(Image.new("1", (20000, 20000)), "PNG"), "has too many pixels; scale it down"),
        ],
    )
    def test_a_bad_file_is_a_message(self, data: bytes, message: str) -> None:
        with pytest.raises(ImageError, match=re.escape(message)) as caught:
            prepare(data, "source/a.jpg", SCREEN)
        assert str(caught.value).startswith("source/a.jpg: ")


def drawing(inside: str = "", head: str = 'width="40" height="20"') -> bytes:
    return (
        f'<?xml version="1.0"?><!-- by Erika --><svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ink="http://ink.example" {head}>'
        f'<rect width="9" height="9" fill="url(#a)"/>{inside}</svg>'
    ).encode()


class TestSvg:
    @pytest.mark.parametrize(
        "inside",
        [
            '<g><text x="1" y="2">Öl &amp; <tspan>Gas</tspan> қала</text></g>',
            '<style>rect { fill: url("#a") }</style>',
            '<g id="a"/><use xlink:href="#a"/><use href="#a"/><use href="#b"/>',
            '<linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient>',
        ],
    )
    def test_a_drawing_passes_as_it_is(self, inside: str) -> None:
        made = prepare(drawing(inside), "a.svg", SCREEN)
        assert (made.suffix, made.width, made.height) == (".svg", 40, 20)
        again = prepare(made.data, "a.svg", SCREEN)
        assert again == made
        assert made.data.decode().count("<") == drawing(inside).decode().count("<") - 2

    def test_what_its_editor_keeps_for_itself_is_left_out(self) -> None:
        inside = (
            '<metadata><x>Erika</x></metadata>a<ink:grid>Erika</ink:grid>b<?pi Erika?>'
            '<g ink:label="Erika">c<!-- Erika -->d</g>'
        )  # fmt: skip
        made = prepare(drawing(inside, 'ink:docname="Erika/a"'), "a.svg", SCREEN).data.decode()
        assert "Erika" not in made
        assert ">ab<g>cd</g></svg>" in made

    @pytest.mark.parametrize(
        ("inside", "message"),
        [
            ("<script>alert(1)</script>", "holds “script”"),
            ("<foreignObject/>", "holds “foreignObject”"),
            ('<set attributeName="href" to="javascript:1"/>', "holds “set”"),
            ('<a href="https://example.org"><g/></a>', "holds “a”"),
            ('<image href="data:image/png;base64,AA"/>', "holds “image”"),
            ('<rect onclick="alert(1)"/>', "a script (onclick)"),
            ('<use href="https://example.org/a.svg#b"/>', "from outside"),
            ('<use xlink:href=" javascript:alert(1)"/>', "from outside"),
            ('<g xml:base="https://example.org"/>', "from outside"),
            ('<rect fill="url(https://example.org/a.svg#b)"/>', "from outside"),
            ('<rect style="fill: URL( &quot;//example.org/a&quot; )"/>', "from outside"),
            ('<rect style="fill: u\\72l(//example.org/a)"/>', "from outside"),
            ("<style>@import '//example.org/a.css';</style>", "from outside"),
            ("<style>rect{fill:url(a.png)}</style>", "from outside"),
            ("<style>rect{fill:<![CDATA[url(a.png)]]>}</style>", "from outside"),
            ("<rect>", "the SVG is broken (mismatched tag"),
            ("<g>" * 5000 + "</g>" * 5000, "nested too deeply"),
            ('<g id="b"><use href="#b"/></g>', "copies of copies"),
            ('<g id="b"><g id="c"/><use href="#c"/></g><use xlink:href="#b"/>', "copies of copies"),
        ],
    )
    def test_what_may_do_harm_is_refused(self, inside: str, message: str) -> None:
        with pytest.raises(ImageError, match=re.escape(message)):
            prepare(drawing(inside), "a.svg", SCREEN)

    def test_what_is_no_drawing_is_refused(self) -> None:
        entities = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing()[21:]
        for data, message in (
            (entities, "declares entities"), (b"<html/>", "first element"), (b"", "broken"),
            (photo(), "broken"), (b'<?xml version="1.0" encoding="no"?><a/>', "broken"),
        ):  # fmt: skip
            with pytest.raises(ImageError, match=message):
                prepare(data, "a.svg", SCREEN)

    @pytest.mark.parametrize(
        ("head", "size"),
        [
            ('width="1in" height="2.54cm"', (96, 96)), ('width="30pt" height="10mm"', (40, 38)),
            ('viewBox="0 0 200 100"', (800, 400)), ('viewBox="0,0,-1,5"', (0, 0)), ("", (0, 0)),
            ('width="100%" height="50%" viewBox="0 0 4 3"', (800, 600)),
        ],
    )  # fmt: skip
    def test_its_size(self, head: str, size: tuple[int, int]) -> None:
        assert svg.harmless(drawing(head=head), "a.svg")[1:] == size


def test_the_nearest_language_wins() -> None:
    assert variants("source/map.png", "pt-BR") == (
        "source/map.pt-BR.png", "source/map.pt.png", "source/map.png",
    )  # fmt: skip
    assert variants("source/a/b.c.png", "kk-Latn-KZ")[:2] == (
        "source/a/b.c.kk-Latn-KZ.png", "source/a/b.c.kk-Latn.png",
    )  # fmt: skip


def grey(level: int) -> bytes:
    return saved(Image.new("L", (1, 1), level), "PNG")


def in_page(project: Path, locale: str, name: str = "x") -> list[int]:
    """The grey levels of a page's images."""
    page = shown(project / f"build/{locale}/{name}.html")
    found = re.findall(r'src="data:image/png;base64,([^"]+)"[^>]* width="1" height="1"', page)
    return [Image.open(io.BytesIO(base64.b64decode(data))).getpixel((0, 0)) for data in found]


class TestBuild:
    """What is beside the article is in its editions; nothing else is, and it is said."""

    def build(self, auflage: Call, project: Path, *arguments: str) -> str:
        code, out, err = auflage(project, "build", *arguments)
        assert code == 0, err
        return out + err

    def test_beside_the_article(self, project: Path, auflage: Call) -> None:
        article(project, "x", "![Grau](grau.png)\n\n![Tief](bilder/tief%20unten.png)")
        write(project, "source/grau.png", grey(7))
        write(project, "source/bilder/tief unten.png", grey(9))
        assert "image" not in self.build(auflage, project, "--locale", "ru")
        assert in_page(project, "ru") == [7, 9]
        assert b"/Subtype /Image" in (project / "build/ru/x.pdf").read_bytes()

    def test_only_what_an_article_shows_makes_it_stale(
        self, project: Path, auflage: Call
    ) -> None:  # fmt: skip
        article(project, "x", "![Grau](grau.png)")
        article(project, "y", "![Blass](blass.png)")
        write(project, "source/grau.png", grey(7))
        write(project, "source/blass.png", grey(200))
        self.build(auflage, project, "--format", "html")
        write(project, "source/blass.png", grey(201))
        write(project, "source/neu.png", grey(3))
        before = times(project)
        said = self.build(auflage, project, "--format", "html", "--explain")
        pages = {f"build/{locale}/y.html" for locale in ("de", "ru", "kk", "en")}
        assert {path for path in touched(project, before) if path.endswith(".html")} == pages
        assert "build/ru/y.html: changed: source/blass.png" in said
        assert in_page(project, "ru", "y") == [201]
        assert "nothing to do" in self.build(auflage, project, "--format", "html")

    def test_an_image_of_a_language_wins_in_it(self, project: Path, auflage: Call) -> None:
        article(project, "x", "![Karte](karte.png)")
        write(project, "source/karte.png", grey(7))
        self.build(auflage, project, "--format", "html")
        write(project, "source/karte.ru.png", grey(8))
        before = times(project)
        said = self.build(auflage, project, "--format", "html", "--explain")
        assert touched(project, before) == {"build/ru/x.html"}
        assert "changed: source/karte.ru.png" in said
        assert [in_page(project, locale) for locale in ("de", "ru", "kk")] == [[7], [8], [7]]
        (project / "source/karte.ru.png").unlink()
        self.build(auflage, project, "--format", "html")
        assert in_page(project, "ru") == [7]

    def test_one_that_comes_later_is_shown(self, project: Path, auflage: Call) -> None:
        article(project, "x", "![Karte](karte.png)")
        assert "there is no image source/karte.png" in self.build(auflage, project)
        write(project, "source/karte.png", grey(7))
        assert "image" not in self.build(auflage, project)
        assert in_page(project, "kk") == [7]

    def test_a_new_text_reads_no_image_again(
        self, project: Path, auflage: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        article(project, "x", "![Grau](grau.png)")
        write(project, "source/grau.png", grey(7))
        self.build(auflage, project, "--locale", "de")
        article(project, "x", "Neu: ![Grau](grau.png)")
        monkeypatch.delattr(images, "prepare")
        self.build(auflage, project)
        assert in_page(project, "de") == in_page(project, "en") == [7]

    @pytest.mark.parametrize(
        ("target", "warning"),
        [
            ("fehlt.png", "source/x.md: there is no image source/fehlt.png"),
            ("../geheim.png", "source/x.md: there is no image geheim.png"),
            ("notizen.txt", "source/notizen.txt: is no JPEG, PNG, GIF, WebP or SVG image"),
            ("boese.svg", "source/boese.svg: the SVG holds “script”"),
            ("https://example.invalid/a", "source/x.md: https://example.invalid/a is shown"),
            ("//example.invalid/a.png", "source/x.md: //example.invalid/a.png is shown as a link"),
        ],
    )  # fmt: skip
    def test_not_there(self, project: Path, auflage: Call, target: str, warning: str) -> None:
        article(project, "x", f"![Ein Bild]({target})")
        write(project, "geheim.png", grey(7))
        write(project, "source/notizen.txt", "Notizen")
        write(project, "source/boese.svg", drawing("<script/>"))
        for _ in range(2):
            said = self.build(auflage, project, "--locale", "ru")
            assert said.count(f"warning: {warning}") == 1
        page = shown(project / "build/ru/x.html")
        assert "<img" not in page
        assert "Ein Bild" in page


def test_no_edition_tells_where_and_by_whom_a_photo_was_taken(
    project: Path, judge: Callable[[str], str]
) -> None:
    article(project, "x", "![Platz](platz.jpg)\n\n![Haus](haus.jpg)")
    write(project, "source/platz.jpg", photo())
    write(project, "source/haus.jpg", photo((2400, 3000), orientation=6))
    done = run(project, "build", "--locale", "ru")
    assert done.returncode == 0
    page = shown(project / "build/ru/x.html")
    photos = [base64.b64decode(data) for data in re.findall(r"base64,([^\"]+)\"", page)]
    assert [Image.open(io.BytesIO(data)).size for data in photos] == [(400, 200), (1600, 1280)]
    plain = project / "plain.pdf"
    opened = [judge("qpdf"), "--qdf", "--stream-data=uncompress", "--decode-level=all"]
    subprocess.run([*opened, str(project / "build/ru/x.pdf"), str(plain)], check=True)
    printed = plain.read_bytes()
    assert printed.count(b"/Subtype /Image") == 2
    with zipfile.ZipFile(project / "build/ru/x.epub") as book:
        inside = [book.read(name) for name in book.namelist()]
    for data in (*photos, printed, *inside):
        for secret in (*SECRETS, "Exif", "GPS"):
            assert secret.encode() not in data
