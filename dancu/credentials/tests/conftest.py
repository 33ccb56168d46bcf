import pytest

from dancu.credentials import actions, keyring


@pytest.fixture(autouse=True)
def _this_process_knows_no_keys():
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def key(db):
    return actions.create_key("pass")
