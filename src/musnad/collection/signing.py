"""Signatures of files with a key the user supplies: Ed25519 (RFC 8032) over the bytes, beside the file.

FILE.sig holds the 64 bytes of the signature and nothing else, so that other tools check it too:
`openssl pkeyutl -verify -pubin -inkey PUB.pem -rawin -in FILE -sigfile FILE.sig`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from musnad.errors import MissingExtra, NoSignature, UnusableKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_LENGTH = 64
_MAKE = (
    "Make a pair: `openssl genpkey -algorithm ed25519 -out KEY.pem`, "
    "`openssl pkey -in KEY.pem -pubout -out PUB.pem`."
)


def signature_path(path: Path) -> Path:
    """Give where the signature of a file lies: NAME.sig beside it."""
    return path.with_name(f"{path.name}.sig")


def read_private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key in PEM (PKCS#8).

    Raises `UnusableKey` for what is none or is kept by a password, `MissingExtra` without `cryptography`.
    """
    _need_cryptography()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except TypeError as error:
        raise UnusableKey(
            "a password keeps this key",
            where=str(path),
            remedy="Give a key that needs none, kept by its permissions.",
        ) from error
    except (OSError, ValueError) as error:
        raise _unusable("private", path, error) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable("private", path)
    return key


def read_public_key(path: Path) -> Ed25519PublicKey:
    """Read a public key in PEM; raises as `read_private_key` does."""
    _need_cryptography()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _unusable("public", path, error) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _unusable("public", path)
    return key


def sign_file(path: Path, key: Ed25519PrivateKey) -> Path:
    """Write the signature of a file beside it and give its path; raises `OSError`."""
    target = signature_path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(key.sign(path.read_bytes()))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def is_signed(path: Path, key: Ed25519PublicKey) -> bool:
    """Whether the signature beside a file is that of the file's bytes by this key.

    Raises `NoSignature` where there is none, and `OSError` where the file cannot be read.
    """
    from cryptography.exceptions import InvalidSignature

    place = signature_path(path)
    try:
        signature = place.read_bytes()
    except OSError as error:
        raise _unsigned(f"there is no signature beside it ({error.strerror})", place) from error
    if len(signature) != _LENGTH:
        raise _unsigned(f"a signature has {_LENGTH} bytes, and this file {len(signature)}", place)
    try:
        key.verify(signature, path.read_bytes())
    except InvalidSignature:
        return False
    return True


def _need_cryptography() -> None:
    if find_spec("cryptography") is None:
        raise MissingExtra(
            "signatures are made with cryptography, which is not installed",
            remedy="Install it with `pip install 'musnad[sign]'`.",
        )


def _unusable(kind: str, path: Path, error: Exception | None = None) -> UnusableKey:
    why = f" ({error.strerror})" if isinstance(error, OSError) else ""
    return UnusableKey(f"this is no {kind} Ed25519 key in PEM{why}", where=str(path), remedy=_MAKE)


def _unsigned(what: str, place: Path) -> NoSignature:
    return NoSignature(what, where=str(place), remedy="Put the signature that came with the file beside it.")
