"""What may be linked to, and which HTML passes: disguises included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.reading.safety import SAFE_ATTRIBUTES, SAFE_TAGS, safe_html, safe_target


@pytest.mark.parametrize(
    "target",
    ["", "#a", "a", "a/b:c", "./a:b", "?q=a:b", "#a:b", "/a", "//x.at/b", "http://x.at",
     "HTTPS://x.at", "mailto:a@b.at", "Bild 1.png", "ä:b/ö"],
)  # fmt: skip
def test_safe_targets(target: str) -> None:
    assert safe_target(target)


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:x", "\tjavascript:x",
     "\x01javascript:x", "java\nscript:x", "java\r\nscript:x", "java\tscript:x", "javascript\t:x",
     "j\x00avascript:x", "java\u200bscript:x", "\ufeffjavascript:x", "\u2060javascript:x",
     "java\x7fscript:x", "java\x80script:x", "data:text/html,<script>", "data:image/png;base64,x",
     "vbscript:x", "file:///etc/passwd", "ftp://x.at", "blob:x", "ws://x.at", "a+b.c-d:x",
     "javascript:https://x.at", "view-source:http://x.at"],
)  # fmt: skip
def test_unsafe_targets(target: str) -> None:
    assert not safe_target(target)


JUNK = st.text(st.sampled_from("\x00\x01\t\n\r \x0b\x1f\x7f\x85\u200b\u200e\u2060\ufeff"))


@given(st.sampled_from(["javascript", "data", "file", "vbscript"]), st.data())
def test_no_disguise_by_space_or_case(scheme: str, data: st.DataObject) -> None:
    letters = [data.draw(JUNK) + data.draw(st.sampled_from([c, c.upper()])) for c in scheme]
    assert not safe_target("".join(letters) + data.draw(JUNK) + ":alert(1)")


@pytest.mark.parametrize(
    "fragment",
    ["", "Text", "a < b, 3 > 2 &amp; &lt;script&gt;", "<br>", "<br/>", "<BR />", "</b>",
     "<b>fett</b>", '<a href="https://x.at" title="so">x</a>', "<a href=b.html>x</a>",
     "<details open><summary>x</summary></details>",
     "<div class='a b' id=x lang=de>", "<td colspan=2>", "<!-- Notiz -->", "<p>a<!-- x -->b</p>",
     "<ol start=3 reversed>", "<q cite='/quelle'>"],
)  # fmt: skip
def test_safe_html(fragment: str) -> None:
    assert safe_html(fragment)


@pytest.mark.parametrize(
    "fragment",
    [
        # tags
        "<script>alert(1)</script>", "<SCRIPT>", "</script>", "<script/x>", "<script\n>",
        "<style>", "<iframe src=x>", "<object data=x>", "<embed>", "<form action=x>", "<input>",
        "<svg/onload=alert(1)>", "<math><mi>", "<base href=x>", "<meta http-equiv=refresh>",
        "<link rel=stylesheet href=x>", "<textarea>", "<title>", "<template>", "<noscript>",
        "<x-y>", "<b\x0bonclick=x>", "<p><b><script>x</script></b></p>",
        # attributes
        "<b onclick=alert(1)>", "<b ONCLICK=alert(1)>", "<b/onclick=x>", "<b\nonclick = x>",
        "<img src=x onerror=alert(1)>", "<img src='x'onerror=alert(1)>", "<b onmouseover>",
        "<details open ontoggle=alert(1)>", "<div title=\"a>b\" onclick='x'>", "<p style=x>",
        "<p title=`><img src=x onerror=alert(1)>`>", "<img srcset=x>", "<a ping=x>", "<a target=x>",
        "<div data-x=1>", "<b class=a onclick=x class=b>", "</p><b onclick=x>",
        # targets
        "<a href=javascript:alert(1)>", "<a/href=javascript:alert(1)//>", "<A HREF='JAVASCRIPT:x'>",
        '<a href="&#106;avascript:x">', '<a href="&#x6A;avascript:x">', "<a href=&#106avascript:x>",
        '<a href="java&Tab;script:x">', '<a href="java&NewLine;script:x">',
        '<a href="javascript&colon;x">', '<a href="java\nscript:x">', '<a href=" javascript:x">',
        '<a href="\x01javascript:x">', "<a href=a href=javascript:x>",
        "<a href=javascript:x href=a>",
        '<img src="data:image/svg+xml,x">', "<q cite=javascript:x>", "<a href=file:///x>",
        # what is no element
        "<!DOCTYPE html>", "<?php x ?>", "<![CDATA[x]]>", "<!--><img src=x onerror=x>-->",
        "<!---><b onclick=x>-->", "<!-- --!><b onclick=x> -->",
        # unfinished
        "<b", "<div title=\"x", "<b onclick=", "Text <", "<!-- x", "<a href='", "</b", "<!", "<?",
    ],
)  # fmt: skip
def test_unsafe_html(fragment: str) -> None:
    assert not safe_html(fragment)


@given(st.text("onerfclickload", min_size=1, max_size=9), st.sampled_from(sorted(SAFE_TAGS)))
def test_no_event_handler_on_any_tag(event: str, tag: str) -> None:
    assert not safe_html(f"<{tag} on{event}=alert(1)>")
    assert not safe_html(f"<{tag} class='x' on{event}>")


def test_the_lists_hold_nothing_that_runs() -> None:
    assert not SAFE_TAGS & {"script", "style", "iframe", "object", "embed", "svg", "math", "form"}
    assert not [name for name in SAFE_ATTRIBUTES if name.startswith("on") or name == "style"]
