"""Passcodes and tokens: what is kept of them, and what a guess costs."""

from time import process_time

import pytest
from argon2 import Type, extract_parameters

from services import secrets
from services.secrets import NewSecret, new_secret, new_token, token_hash, verify
from storage.vault import Vault

PEPPER = bytes(32)


@pytest.fixture(scope="module")
def secret() -> NewSecret:
    return new_secret(PEPPER)


def test_the_right_passcode_opens_and_no_other(secret: NewSecret) -> None:
    wrong = secret.passcode[:-1] + ("0" if secret.passcode[-1] != "0" else "1")
    assert [verify(secret.digest, typed, PEPPER) for typed in (secret.passcode, wrong)] == [True, False]


def test_a_passcode_may_be_typed_in_small_letters_with_a_dash(secret: NewSecret) -> None:
    typed = f"{secret.passcode[:4]}-{secret.passcode[4:]}".lower()
    assert verify(secret.digest, typed, PEPPER)


def test_without_the_pepper_the_store_alone_cannot_tell(secret: NewSecret) -> None:
    assert not verify(secret.digest, secret.passcode, bytes(31) + b"1")


def test_nothing_opens_a_form_that_does_not_exist(secret: NewSecret) -> None:
    assert [verify(None, typed, PEPPER) for typed in (secret.passcode, "", "رمز")] == [False] * 3


def test_what_cannot_be_a_passcode_is_simply_wrong(secret: NewSecret) -> None:
    assert [verify(secret.digest, typed, PEPPER) for typed in ("", "رمز", "۱۲۳", "x" * 5000)] == [False] * 4


def test_a_damaged_digest_opens_nothing(secret: NewSecret) -> None:
    assert not verify("digest", secret.passcode, PEPPER)


def test_passcodes_are_hashed_as_the_parameter_sheet_says(secret: NewSecret) -> None:
    used = extract_parameters(secret.digest)
    assert (used.type, used.memory_cost, used.time_cost, used.parallelism) == (Type.ID, 19_456, 2, 1)


def test_nobodys_digest_costs_what_a_real_one_costs(secret: NewSecret) -> None:
    assert extract_parameters(secrets._NOBODYS) == extract_parameters(secret.digest)  # noqa: SLF001


def test_every_answer_takes_the_same_work(secret: NewSecret) -> None:
    def cost(digest: str | None, typed: str) -> float:
        def once() -> float:
            start = process_time()
            verify(digest, typed, PEPPER)
            return process_time() - start

        return min(once() for _ in range(5))

    wrong = cost(secret.digest, "00000000")
    ratios = [cost(None, "00000000") / wrong, cost(secret.digest, "رمز") / wrong, cost(None, "رمز") / wrong]
    assert [0.5 < ratio < 2 for ratio in ratios] == [True, True, True]


def test_two_forms_never_share_a_passcode_or_a_digest(secret: NewSecret) -> None:
    other = new_secret(PEPPER)
    assert other.passcode != secret.passcode
    assert other.digest != secret.digest


def test_a_secret_is_not_printed(secret: NewSecret) -> None:
    assert repr(secret) == "NewSecret()"


def test_a_token_has_128_bits_and_fits_a_deep_link() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert {len(token) for token in tokens} == {32}
    assert len(tokens) == 1000
    assert all(token.replace("-", "").replace("_", "").isalnum() and token.isascii() for token in tokens)


def test_a_token_is_kept_as_a_digest_under_this_offices_key(vault: Vault) -> None:
    token = new_token()
    elsewhere = Vault(b"another office's key, 32 bytes..")
    assert token_hash(vault, token) == token_hash(vault, token)
    assert token_hash(vault, token) != token_hash(elsewhere, token)
    assert token not in token_hash(vault, token)
