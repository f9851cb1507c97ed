"""The browser shows local pages, as a picture and as a document."""

import struct
from collections.abc import Callable
from pathlib import Path


def _page(folder: Path, body: str) -> Path:
    page = folder / "page.html"
    page.write_text(f"<!doctype html><title>t</title><body>{body}</body>", encoding="utf-8")
    return page


def test_a_picture_has_the_size_of_the_window(tmp_path: Path, take_screenshot: Callable[..., Path]) -> None:
    page = _page(tmp_path, "<h1>Open asks</h1>")
    picture = take_screenshot(page, tmp_path / "page.png", width=640, height=480).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (640, 480)


def test_the_document_is_what_scripts_left(tmp_path: Path, dump_dom: Callable[[Path | str], str]) -> None:
    page = _page(tmp_path, "<p id=p></p><script>p.textContent = 6 * 7</script>")
    assert '<p id="p">42</p>' in dump_dom(page)
