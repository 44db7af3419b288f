"""On an integration server nothing may be skipped: what cannot run there has failed."""

import os

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    report = yield
    if report.skipped and "CI" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as failed where CI is set: {report.longrepr}"
    return report
