"""What happens to accounts. Whether an address is known changes no answer, only the letter."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from forum.accounts import handles, passwords, queries
from forum.core import clock, ids, seal
from forum.core.db import Conflict, db, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.mail.outbox import queue_letter
from forum.models.accounts import AddressProof, ProofPurpose, SignIn, User, UserState
from forum.models.discussions import Post, Topic
from forum.policy import limits
from forum.policy.viewer import Viewer

RESET_LIFE = timedelta(minutes=30)
JOIN_LIFE = timedelta(days=3)
SIGN_IN_DAYS = 14


class WrongPassword(ForumError):
    status = 422
    sentence = _l("The address or the password is not right.")


class StaleLink(ForumError):
    status = 410
    sentence = _l("This link was used already, or its time is over. Ask for a new one.")


class AddressTaken(ForumError):
    status = 410
    sentence = _l("There is an account with this address already. Sign in, or reset its password.")


def ask_to_join(address: str, network: str, domain: str) -> None:
    """Mail a link that opens an account. The same for a known address: the letter then says so."""
    _prove(ProofPurpose.JOIN, address, network, domain, JOIN_LIFE)


def ask_for_reset(address: str, network: str, domain: str) -> None:
    """Mail a link that sets a new password. The same for an unknown address."""
    _prove(ProofPurpose.RESET, address, network, domain, RESET_LIFE)


def ask_to_claim(viewer: Viewer, address: str, network: str, domain: str) -> None:
    """Mail a link to an address somebody once posted to an imported archive with."""
    _prove(ProofPurpose.CLAIM, address, network, domain, JOIN_LIFE, user_id=viewer.user_id)


def open_account(token: str, name: str, password: str) -> str:
    """Turn a followed join link into an account and sign it in.

    Returns the sign-in token. Raises StaleLink, AddressTaken or WeakPassword.
    """
    proof = queries.live_proof(ProofPurpose.JOIN, token)
    if proof is None:
        raise StaleLink
    passwords.judge(password, name, proof.address)
    digest = passwords.digest(password)
    try:
        with transaction():
            address = _use(ProofPurpose.JOIN, token)
            if queries.user_by_address(address):
                raise AddressTaken
            user = add_user(address, name, digest)
            return _begin(user)
    except Conflict:
        raise AddressTaken from None


def add_user(address: str, name: str, password_hash: str | None, *, staff: bool = False) -> User:
    """Add an account whose address is proved. Inside a transaction."""
    now = clock.now()
    with transaction() as session:
        user = User(
            id=ids.time_ordered(now),
            public_id=ids.public_id(),
            name=name,
            handle=handles.for_name(name),
            address=address,
            password_hash=password_hash,
            state=UserState.ACTIVE,
            is_staff=staff,
            created_at=now,
        )
        session.add(user)
        session.flush()
    return user


def sign_in(address: str, password: str, network: str) -> str:
    """Check a password and begin a sign-in; returns its token. WrongPassword or TooOften."""
    who = f"{address} {network}"
    limits.spend(limits.SIGN_IN_NETWORK, network)
    limits.spend(limits.SIGN_IN, who)
    user = queries.user_by_address(address)
    if not passwords.matches(user.password_hash if user else None, password) or user is None:
        raise WrongPassword
    fresh = passwords.digest(password) if passwords.outdated(user.password_hash or "") else None
    limits.forget(limits.SIGN_IN, who)
    limits.give_back(limits.SIGN_IN_NETWORK, network)
    with transaction():
        if fresh:
            user.password_hash = fresh
        return _begin(user)


def prove_password(viewer: Viewer, password: str, sign_in_id: int) -> None:
    """Staff give their password again and may act as staff for an hour."""
    _check_own_password(viewer, password)
    with transaction() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(proved_at=clock.now()))


def sign_out(sign_in_id: int) -> None:
    with transaction() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


def end_sign_in(viewer: Viewer, public_id: str) -> None:
    """End one of the viewer's own sign-ins."""
    with transaction() as session:
        session.execute(
            delete(SignIn).where(SignIn.user_id == viewer.id, SignIn.public_id == public_id)
        )


def set_new_password(token: str, password: str) -> str:
    """Follow a reset link: new password, every sign-in ended, a new one begun."""
    proof = queries.live_proof(ProofPurpose.RESET, token)
    user = queries.user_by_address(proof.address) if proof else None
    if proof is None or user is None:
        raise StaleLink
    passwords.judge(password, user.name, proof.address)
    digest = passwords.digest(password)
    with transaction():
        _use(ProofPurpose.RESET, token)
        return _change_password(user, digest)


def change_password(viewer: Viewer, current: str, password: str) -> str:
    """New password by giving the old one. Ends every sign-in; returns the token of a new one."""
    user = _check_own_password(viewer, current)
    passwords.judge(password, user.name, user.address or "")
    digest = passwords.digest(password)
    with transaction():
        return _change_password(user, digest)


def claim(viewer: Viewer, address: str) -> int:
    """Make imported posts of a proved address the viewer's own; returns how many rows moved."""
    with transaction() as session:
        author = queries.unclaimed(address)
        if author is None:
            return 0
        moved = session.execute(
            update(Post).where(Post.author_id == author.id).values(author_id=viewer.id)
        )
        session.execute(
            update(Topic).where(Topic.author_id == author.id).values(author_id=viewer.id)
        )
        session.execute(
            update(Topic).where(Topic.last_author_id == author.id).values(last_author_id=viewer.id)
        )
        session.delete(author)
        return int(moved.rowcount)  # type: ignore[attr-defined]


def claim_by_link(viewer: Viewer, token: str) -> int:
    """Follow a claim link; only for the person who asked for it. StaleLink otherwise."""
    with transaction():
        proof = queries.live_proof(ProofPurpose.CLAIM, token)
        if proof is None or proof.user_id != viewer.id:
            raise StaleLink
        return claim(viewer, _use(ProofPurpose.CLAIM, token))


def proof_token(public_id: str) -> str:
    """The token in a mailed link, derived again whenever the letter is rendered."""
    return seal.keyed_token("address proof", public_id)


def _prove(
    purpose: ProofPurpose,
    address: str,
    network: str,
    domain: str,
    life: timedelta,
    *,
    user_id: int | None = None,
) -> None:
    limits.spend(limits.MAIL_NETWORK, network)
    limits.spend(limits.MAIL_ADDRESS, address)
    public_id = ids.public_id()
    with transaction() as session:
        session.add(
            AddressProof(
                id=ids.random_key(),
                public_id=public_id,
                purpose=purpose,
                address=address,
                user_id=user_id,
                token_digest=seal.plain_digest(proof_token(public_id)),
                expires_at=clock.now() + life,
            )
        )
        session.flush()
        queue_letter(
            purpose.value,
            event=f"proof:{public_id}",
            recipient=address,
            domain=domain,
            context={"proof": public_id},
        )


def _use(purpose: ProofPurpose, token: str) -> str:
    """Use a link up, and every other of its purpose for the address. Returns the address."""
    proof = queries.live_proof(purpose, token)
    if proof is None:
        raise StaleLink
    with transaction() as session:
        used = session.execute(
            update(AddressProof)
            .where(
                AddressProof.purpose == purpose,
                AddressProof.address == proof.address,
                AddressProof.used_at.is_(None),
            )
            .values(used_at=clock.now())
        )
        if not used.rowcount:  # type: ignore[attr-defined]
            raise StaleLink
    return proof.address


def _begin(user: User) -> str:
    token = secrets.token_urlsafe(32)
    today = clock.today()
    with transaction() as session:
        session.add(
            SignIn(
                id=ids.random_key(),
                public_id=ids.public_id(),
                token_digest=seal.plain_digest(token),
                user_id=user.id,
                started_on=today,
                used_on=today,
                expires_on=today + timedelta(days=SIGN_IN_DAYS),
                proved_at=clock.now() if user.is_staff else None,
            )
        )
    return token


def _change_password(user: User, digest: str) -> str:
    with transaction() as session:
        user.password_hash = digest
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        return _begin(user)


def _check_own_password(viewer: Viewer, password: str) -> User:
    limits.spend(limits.PASSWORD, str(viewer.id))
    user = db.session.get(User, viewer.user_id)
    if user is None or not passwords.matches(user.password_hash, password):
        raise WrongPassword(_l("That is not your present password."))
    limits.forget(limits.PASSWORD, str(viewer.id))
    return user
