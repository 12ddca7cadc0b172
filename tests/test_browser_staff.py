"""Staff sign in, in a real browser, with a provider of OpenID Connect on this machine; everybody else stays out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from oidc_provider_mock import User, run_server_in_thread

from browsing import DESKTOP, at_rest, forwarded, free_port, running_app, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STAFF = "ana@example.org,group:keepers"
USERS = [
    User(sub="ana", claims={"email": "ana@example.org", "email_verified": True, "name": "Ana Pop"}),
    User(sub="keeper", claims={"email": "ion@example.org", "email_verified": True, "groups": ["keepers"]}),
    User(sub="eve", claims={"email": "eve@example.org", "email_verified": True, "groups": ["visitors"]}),
    User(sub="unverified", claims={"email": "ana@example.org", "email_verified": False}),
]
SERVED = "The app serves the files as they are"
NOT_STAFF = "You are signed in, but may not edit, or your sign-in has run out."
AN_HOUR, TWO_SECONDS = timedelta(hours=1), timedelta(seconds=2)


@contextmanager
def app_with_staff(folder: Path, age: timedelta = AN_HOUR) -> Iterator[str]:
    """The app, and a provider whose tokens last for `age`."""
    port = free_port()
    with run_server_in_thread(user_claims=USERS, access_token_max_age=age) as provider:
        settings = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": "no secret, for tests alone",
            "client_id": "thbfund",
            "client_secret": "none",
            "server_metadata_url": f"http://localhost:{provider.server_port}/.well-known/openid-configuration",
        }
        (folder / ".streamlit").mkdir()
        lines = [f"{key} = {json.dumps(value)}\n" for key, value in settings.items()]
        (folder / ".streamlit" / "secrets.toml").write_text(f"[auth]\n{''.join(lines)}", encoding="utf-8")
        with running_app(folder / "log.txt", cwd=folder, env={"THBFUND_STAFF": STAFF}, port=port) as address:
            yield address


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app_with_staff(tmp_path_factory.mktemp("staffed")) as address:
        yield address


def sign_in(page: "Page", address: str, who: str) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{address}**")
    at_rest(page)
    page.goto(f"{address}staff")
    at_rest(page)


@pytest.mark.parametrize("who", ["ana", pytest.param("keeper", marks=pytest.mark.thorough)])
def test_who_is_listed_by_address_or_group_is_let_in(browser: "Browser", staffed: str, who: str) -> None:
    with visit(browser, f"{staffed}staff", DESKTOP) as page:
        assert page.get_by_text(SERVED).count() == 0
        sign_in(page, staffed, who)

        page.get_by_text(SERVED).wait_for()


@pytest.mark.parametrize("who", ["eve", pytest.param("unverified", marks=pytest.mark.thorough)])
def test_who_is_not_listed_or_not_verified_is_told_so(browser: "Browser", staffed: str, who: str) -> None:
    with visit(browser, f"{staffed}staff", DESKTOP) as page:
        sign_in(page, staffed, who)

        page.get_by_text(NOT_STAFF).wait_for()
        assert page.get_by_text(SERVED).count() == 0
        for path in ("worklist", "edit?programme=cerv"):
            page.goto(f"{staffed}{path}")
            page.get_by_text(NOT_STAFF).wait_for()
            at_rest(page)
            assert page.get_by_test_id("stTable").count() == 0
            assert page.get_by_test_id("stSelectbox").count() == 1  # of languages: no filter, no form


@pytest.mark.thorough
def test_a_sign_in_that_the_provider_denies_lets_nobody_in(browser: "Browser", staffed: str) -> None:
    with visit(browser, f"{staffed}staff", DESKTOP) as page:
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Deny").click()
        page.wait_for_url(f"{staffed}**")
        page.goto(f"{staffed}staff")
        at_rest(page)

        page.get_by_role("button", name="Sign in").wait_for()


def test_a_forged_session_lets_nobody_in(browser: "Browser", staffed: str) -> None:
    with visit(browser, f"{staffed}staff", DESKTOP) as page:
        sign_in(page, staffed, "ana")
        page.get_by_text(SERVED).wait_for()
        real = [cookie for cookie in page.context.cookies() if cookie["name"].startswith("_streamlit_user")]
        assert real
        page.context.add_cookies([{**cookie, "value": _forged(cookie["value"])} for cookie in real])
        page.goto(f"{staffed}staff")
        at_rest(page)

        page.get_by_role("button", name="Sign in").wait_for()
        assert page.get_by_text(SERVED).count() == 0


def _forged(value: str) -> str:
    """The same cookie with one letter of what is signed changed."""
    middle = len(value) // 3
    return value[:middle] + ("A" if value[middle] != "A" else "B") + value[middle + 1 :]


def test_when_the_sign_in_has_run_out_the_page_is_shut(browser: "Browser", tmp_path: Path) -> None:
    with app_with_staff(tmp_path, TWO_SECONDS) as address, visit(browser, f"{address}staff", DESKTOP) as page:
        sign_in(page, address, "ana")
        page.wait_for_timeout(TWO_SECONDS.total_seconds() * 1000)
        page.goto(f"{address}staff")
        at_rest(page)

        page.get_by_text(NOT_STAFF).wait_for()
        assert page.get_by_text(SERVED).count() == 0


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("staff", marks=pytest.mark.thorough),
        pytest.param("worklist", marks=pytest.mark.thorough),
        "edit?programme=cerv",
    ],
)
def test_without_staff_there_is_no_page_of_staff(browser: "Browser", address: str, path: str) -> None:
    with visit(browser, f"{address}{path}", DESKTOP) as page:
        page.get_by_text("Page not found").wait_for()

        assert page.get_by_text(SERVED).count() == 0
        assert page.get_by_role("button", name="Sign in").count() == 0


HERE = {"THBFUND_STAFF_HERE": "Ana Pop <ana@example.org>"}


def test_who_sits_at_this_machine_is_let_in_where_that_is_allowed(browser: "Browser", tmp_path: Path) -> None:
    with running_app(tmp_path / "log.txt", env=HERE) as address:
        with visit(browser, f"{address}staff", DESKTOP) as page:
            page.get_by_text(SERVED).wait_for()
        with forwarded(address) as url, visit(browser, f"{url}staff", DESKTOP) as page:
            page.get_by_text("Only a browser on the machine that runs the app may edit").wait_for()
            assert page.get_by_text(SERVED).count() == 0
