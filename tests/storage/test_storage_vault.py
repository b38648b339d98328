"""What is sealed opens only here, and only where it belongs."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine import Store
from storage.errors import KeyUnusable
from storage.records import Outgoing, RawUpdate
from storage.vault import Vault, load_key
from storage.work import Work

VAULT = Vault(bytes(range(32)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_what_is_sealed_is_opened_as_it_was(value: object) -> None:
    assert VAULT.open("cases.proposal", VAULT.seal("cases.proposal", value)) == value


@given(st.binary(min_size=1), st.data())
def test_a_changed_value_does_not_open(plain: bytes, data: st.DataObject) -> None:
    blob = bytearray(VAULT.seal_bytes("file", plain))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(KeyUnusable):
        VAULT.open_bytes("file", bytes(blob))


@pytest.mark.parametrize("length", range(0, 32, 5))
def test_a_cut_off_value_does_not_open(length: int) -> None:
    with pytest.raises(KeyUnusable):
        VAULT.open_bytes("file", VAULT.seal_bytes("file", b"abc")[:length])


def test_a_value_opens_neither_in_another_column_nor_with_another_key() -> None:
    blob = VAULT.seal("forms.data", {"a": 1})
    with pytest.raises(KeyUnusable):
        VAULT.open("cases.proposal", blob)
    with pytest.raises(KeyUnusable):
        Vault(bytes(32)).open("forms.data", blob)


def test_the_same_value_is_never_sealed_the_same_way_twice() -> None:
    assert len({VAULT.seal("x", "same") for _ in range(100)}) == 100


def test_digests_depend_on_text_purpose_and_key() -> None:
    digests = [
        VAULT.digest("national_id", "0499370899"),
        VAULT.digest("national_id", "0084575948"),
        VAULT.digest("token", "0499370899"),
        Vault(bytes(32)).digest("national_id", "0499370899"),
    ]
    assert len(set(digests)) == 4
    assert VAULT.digest("national_id", "0499370899") == digests[0]
    assert {len(digest) for digest in digests} == {64}
    assert len(VAULT.pepper) == 32
    assert VAULT.pepper != Vault(bytes(32)).pepper


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "mohlat.key"
    key = load_key(path)
    assert (len(key), path.stat().st_mode & 0o777) == (32, 0o600)
    assert load_key(path) == key
    assert os.listdir(path.parent) == ["mohlat.key"]  # noqa: PTH208 - names are what is compared


@pytest.mark.parametrize("text", ["", "c2hvcnQ=", "not base64!", "AAAA" * 20])
def test_a_file_that_holds_no_key_is_not_replaced(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mohlat.key"
    path.write_text(text)
    with pytest.raises(KeyUnusable):
        load_key(path)
    assert path.read_text() == text


def test_a_key_of_another_size_is_refused() -> None:
    with pytest.raises(KeyUnusable):
        Vault(b"short")


async def test_nothing_personal_stands_in_the_file(sqlite_url: str, vault: Vault) -> None:
    secret = "راز-بزرگ"

    def unit(work: Work) -> None:
        work.inbox.receive("bale", [RawUpdate(1, 5, secret)])
        work.outbox.add(Outgoing("bale", 5, 0, "sendMessage", {"text": secret}))
        work.chats.lock("bale", 5, user_id=5, name=secret)
        run = work.forms.start("proposal", 1, "bale", 5, None, None, {"answers": {"name": secret}})
        work.forms.save(run, data={"name": secret}, title=secret)
        work.files.add(secret, "text/plain", secret.encode())

    store = await Store.open(sqlite_url, vault=vault)
    await store.run(unit)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    await store.close()
    assert secret.encode() not in written
    assert b"sendMessage" in written
