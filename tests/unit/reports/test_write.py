"""Reports as files."""

from pathlib import Path

import pytest

from reports.write import write_index, write_report
from tests.unit.reports.correspondence import document


def test_files_have_the_relationships_name_and_come_in_a_fixed_order(tmp_path: Path) -> None:
    written = write_report(document(), tmp_path / "2026-10-30")
    names = [path.relative_to(tmp_path / "2026-10-30").as_posix() for path in written]
    assert names[:3] == ["halden-corvus.html", "halden-corvus.json", "halden-corvus/attention.csv"]
    assert sorted(names) == sorted(
        path.relative_to(tmp_path / "2026-10-30").as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )


def test_writing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in write_report(document(), tmp_path)}
    assert {path: path.read_bytes() for path in write_report(document(), tmp_path)} == first


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    assert [path.suffix for path in write_report(document(), tmp_path, ["json"])] == [".json"]


def test_an_unknown_format_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="docx"):
        write_report(document(), tmp_path, ["json", "docx"])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_replaced_leaves_no_partial_one(tmp_path: Path) -> None:
    (tmp_path / "index.html" / "taken").mkdir(parents=True)
    with pytest.raises(OSError, match=r"index\.html"):
        write_index([document()], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_the_front_page_is_written(tmp_path: Path) -> None:
    assert write_index([document()], tmp_path) == tmp_path / "index.html"
    assert "halden-corvus.html" in (tmp_path / "index.html").read_text("utf-8")
