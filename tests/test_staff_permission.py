"""Who may edit: whom the operator lists, while the sign-in holds; or who sits at this machine, where allowed."""

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from thbfund import app_command
from thbfund.cli import main
from thbfund.staff.saving import Editor
from thbfund.web.staff import gate, permission
from thbfund.web.staff.permission import Staff, editor_named, signed_in, sits_here, staff_of

NOW = 1_800_000_000
ANA = Editor("Ana Pop", "ana@example.org")
CLAIMS = {
    "is_logged_in": True,
    "email": "ana@example.org",
    "email_verified": True,
    "name": "Ana Pop",
    "exp": NOW + 60,
    "groups": ["keepers"],
}
LISTED = Staff(emails=frozenset({"ana@example.org"}))
GROUP = Staff(groups=frozenset({"keepers"}))
HERE = {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"}


# -- what the operator says


def test_without_a_word_from_the_operator_there_are_no_staff():
    assert not staff_of({})
    assert not staff_of({"THBFUND_STAFF": " , ", "THBFUND_STAFF_HERE": ""})


def test_addresses_and_groups_are_listed_with_commas():
    staff = staff_of({"THBFUND_STAFF": "Ana@Example.org, group:keepers ,nobody"})

    assert (staff.emails, staff.groups) == ({"ana@example.org"}, {"keepers"})


def test_an_empty_group_allows_nobody():
    assert not staff_of({"THBFUND_STAFF": "group:"})


@pytest.mark.parametrize("text", ["Ana Pop", "ana@example.org", "<ana@example.org>", ""])
def test_an_editor_has_name_and_address(text):
    assert editor_named("Ana Pop <ana@example.org>") == ANA
    assert editor_named(text) is None


# -- who signs in


def test_who_is_listed_by_address_or_by_group_may_edit():
    assert signed_in(CLAIMS, LISTED, NOW) == ANA
    assert signed_in(CLAIMS | {"email": "ANA@example.org"}, LISTED, NOW) is not None
    assert signed_in(CLAIMS | {"email": "else@example.org"}, GROUP, NOW) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"email": "eve@example.org"},
        {"email": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"exp": NOW},
        {"exp": None},
        {"exp": "9999999999"},
    ],
    ids=str,
)
def test_who_is_not_listed_or_not_verified_or_no_longer_signed_in_may_not(change):
    assert signed_in(CLAIMS | change, LISTED, NOW) is None


def test_a_group_needs_no_word_on_the_address_but_no_denial_either():
    silent = {key: value for key, value in CLAIMS.items() if key != "email_verified"}
    assert signed_in(silent, GROUP, NOW) == ANA
    assert signed_in(silent, LISTED, NOW) is None
    assert signed_in(CLAIMS | {"email_verified": False}, GROUP, NOW) is None


@pytest.mark.parametrize("groups", [None, [], ["others"], "keepers", {"keepers": True}], ids=str)
def test_only_a_list_that_names_the_group_counts(groups):
    assert signed_in(CLAIMS | {"groups": groups}, GROUP, NOW) is None


def test_a_sign_in_holds_to_its_last_second():
    assert signed_in(CLAIMS | {"exp": NOW + 1}, LISTED, NOW) == ANA
    assert signed_in(CLAIMS | {"exp": NOW}, LISTED, NOW) is None


def test_claims_of_nobody_name_nobody():
    assert signed_in({}, LISTED, NOW) is None
    assert signed_in(CLAIMS, Staff(), NOW) is None


# -- who sits at this machine


@pytest.mark.parametrize("bound_to", ["127.0.0.1", "localhost", "::1"])
@pytest.mark.parametrize("name", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501"])
def test_a_browser_on_this_machine_sits_here(bound_to, name):
    assert sits_here({"host": name, "origin": f"http://{name}"}, bound_to)


@pytest.mark.parametrize("bound_to", [None, "", "0.0.0.0", "192.0.2.1", "example.org"])
def test_a_server_that_others_reach_lets_nobody_in(bound_to):
    assert not sits_here(HERE, bound_to)


@pytest.mark.parametrize(
    "change",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:8501"},
        {"host": ""},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        *({name: "192.0.2.7"} for name in permission.FORWARDED),
        *({name: "x"} for name in ("x-forwarded-for", "x-forwarded-port", "x-forwarded-prefix")),
    ],
    ids=str,
)
def test_a_request_that_comes_from_elsewhere_or_through_a_proxy_lets_nobody_in(change):
    assert not sits_here(HERE | change, "127.0.0.1")


def test_a_request_that_does_not_say_whence_it_comes_lets_nobody_in():
    assert not sits_here({}, "127.0.0.1")


# -- the door


def page_of_staff():
    import streamlit as st

    from thbfund.web.staff.gate import staff_page

    staff_page(lambda found: st.write(f"let in: {found.name}"))


@pytest.mark.parametrize("found", [ANA, None], ids=["who may", "who may not"])
def test_a_page_is_drawn_for_who_may_and_for_nobody_else(monkeypatch, found):
    monkeypatch.setattr(gate, "editor", lambda: found)

    page = AppTest.from_function(page_of_staff).run()

    assert not page.exception
    assert ("let in: Ana Pop" in [text.value for text in page.markdown]) == (found is not None)
    assert [button.label for button in page.button] == ([] if found else ["Sign in"])


def test_the_page_asks_anew_each_time(monkeypatch):
    answers = iter([ANA, None])
    monkeypatch.setattr(gate, "editor", lambda: next(answers))
    page = AppTest.from_function(page_of_staff).run()

    page.run()

    assert not any("let in" in text.value for text in page.markdown)


def test_a_session_without_sign_in_is_no_editor(monkeypatch):
    monkeypatch.setenv("THBFUND_STAFF", "ana@example.org")
    monkeypatch.setenv("THBFUND_STAFF_HERE", "Ana Pop <ana@example.org>")

    page = AppTest.from_function(page_of_staff).run()

    assert not page.exception
    assert [error.value for error in page.error] == [
        "Only a browser on the machine that runs the app may edit, without a proxy."
    ]


# -- the command


@pytest.fixture
def started(monkeypatch):
    """What `thbfund app` would have become: its command and its environment."""
    became = {}
    monkeypatch.setattr(
        app_command.os, "execve", lambda _, command, environment: became.update(command=command, env=environment)
    )
    return became


def test_staff_on_this_machine_are_named_and_only_this_machine_is_listened_to(started):
    result = CliRunner().invoke(main, ["app", "--staff-on-this-machine", "Ana Pop <ana@example.org>"])

    assert result.exit_code == 0, result.output
    assert started["env"]["THBFUND_STAFF_HERE"] == "Ana Pop <ana@example.org>"
    assert started["command"][-2:] == ["--server.address", "127.0.0.1"]


def test_without_the_flag_nobody_edits(started, monkeypatch):
    monkeypatch.setenv("THBFUND_STAFF_HERE", "Ana Pop <ana@example.org>")

    CliRunner().invoke(main, ["app", "--server.port", "8600"])

    assert "THBFUND_STAFF_HERE" not in started["env"]
    assert started["command"][-2:] == ["--server.port", "8600"]


@pytest.mark.parametrize(
    "words",
    [
        ["--staff-on-this-machine", "Ana Pop"],
        ["--staff-on-this-machine", "Ana Pop <ana@example.org>", "--server.address", "0.0.0.0"],
        ["--staff-on-this-machine", "Ana Pop <ana@example.org>", "--server.address=0.0.0.0"],
    ],
)
def test_a_name_without_address_or_an_open_server_is_refused(started, words):
    result = CliRunner().invoke(main, ["app", *words])

    assert (result.exit_code, started) == (2, {})
