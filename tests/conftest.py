"""What all tests share: on a build server (CI_STRICT=1) a test that was left out fails the run."""

import os

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = reporter.stats.get("skipped", []) if reporter else []
    if left_out and os.environ.get("CI_STRICT") == "1":
        reporter.write_line(f"\n{len(left_out)} tests were left out, and CI_STRICT=1 allows none.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Rasa, once loaded, owns structlog in its process; Playwright's event loop bears no other beside it. So last.
    order = {"slow": 1, "browser": 2}
    items.sort(key=lambda item: max((order.get(mark.name, 0) for mark in item.iter_markers()), default=0))
