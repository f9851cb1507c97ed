"""What system tests share: one nightly run on the sample mailbox."""

import shutil

import pytest

from tests.system.running import ROOT, SampleRun, as_json, liaison


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """The repository's own configuration and sample in a folder of their own, after the first nightly run."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "config.yaml", folder)
    (folder / "samples").mkdir()
    shutil.copy(ROOT / "samples" / "halden.mbox", folder / "samples")
    done = liaison(folder, "nightly", "--json")
    assert done.returncode == 0, done.stderr
    return SampleRun(folder, as_json(done))
