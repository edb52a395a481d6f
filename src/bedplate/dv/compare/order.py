"""Order along needs: whether users began when their providers were done. It must be kept, or broken, alike in every world."""

from __future__ import annotations

from bedplate.dv.compare.normal import Normal
from bedplate.dv.compare.record import Recording


def out_of_order(normal: Normal, recording: Recording) -> set[tuple[str, str]]:
    """The pairs (user, provider) where the user touched its own registers before the provider's last write of that round.

    Only writes of a provider to its own registers count, and only rounds that came to their end. With drivers that keep
    their goals it is empty: a user is not given a turn before its provider is at its goal. A provider that falls back while its
    users come up makes the difference.
    """
    first: dict[tuple[int, str], int] = {}
    last_write: dict[tuple[int, str], int] = {}
    for serial, access in enumerate(recording.accesses):
        word = normal.words.get(access.heard.request.address)
        if word is None or word.instance != access.actor or not recording.complete[access.round]:
            continue
        first.setdefault((access.round, access.actor), serial)
        if access.heard.request.is_write:
            last_write[access.round, access.actor] = serial
    providers = {block.name: {need.provider.name for need in block.needs} for block in normal.order}
    return {
        (user, provider)
        for (number, user), serial in first.items()
        for provider in providers[user]
        if last_write.get((number, provider), -1) > serial
    }
