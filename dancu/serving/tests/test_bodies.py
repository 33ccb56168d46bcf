"""What is taken of a request's body, and what is not."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from granian.rsgi import ProtocolClosed  # pyright: ignore[reportPrivateImportUsage]

from dancu.serving import bodies
from dancu.serving.bodies import MB, BodyReader, Refused

FORM, PICTURE = "/sign-in/", "/declare/card/"


class Sent:
    """A body that comes in parts, after `pause` seconds each."""

    def __init__(self, *parts: bytes, pause: float = 0.0) -> None:
        self._parts, self._pause, self.taken = iter(parts), pause, 0

    def __aiter__(self):
        return self

    async def __call__(self) -> bytes:
        return b"".join([part async for part in self])

    async def __anext__(self) -> bytes:
        await asyncio.sleep(self._pause)
        try:
            part = next(self._parts)
        except StopIteration:
            raise StopAsyncIteration from None
        self.taken += len(part)
        return part


def read(sent, path=FORM, length=None, reader=None, address="10.0.0.1"):
    return run((reader or BodyReader()).read(sent, path, length, address))


def run(work):
    """In a thread of its own: a browser's test before this one may have left an event loop in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def refused(sent, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as caught:
        read(sent, *args, **kwargs)
    return caught.value


def test_a_body_is_taken_whole():
    assert read(Sent(b"name=", b"An"), length="7") == b"name=An"
    assert read(Sent(b"name=", b"An")) == b"name=An"  # in chunks, without a length


def test_what_is_announced_as_too_large_is_refused_before_a_byte_is_read():
    sent = Sent(b"x" * MB)
    assert refused(sent, length=str(600 * MB)).status == 413
    assert sent.taken == 0


def test_what_turns_out_too_large_is_refused_where_it_does():
    sent = Sent(*[b"x" * (MB // 2)] * 100)
    assert refused(sent).status == 413
    assert sent.taken <= 2 * MB


def test_pages_that_ask_for_a_picture_take_one_and_others_do_not():
    picture = b"x" * (5 * MB)
    assert read(Sent(picture), PICTURE, str(len(picture))) == picture
    assert refused(Sent(picture), FORM, str(len(picture))).status == 413
    assert refused(Sent(picture), "/nowhere/", str(len(picture))).status == 413
    assert refused(Sent(picture * 4), PICTURE, str(len(picture) * 4)).status == 413


@pytest.mark.parametrize("path", ["/checkpoint/examine/", "/checkpoint/incidents/", "/office/records/send/"])
def test_officials_send_pictures_and_lists(path):
    assert read(Sent(b"x" * (2 * MB)), path)


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "", "5, 5", "0x10", "9" * 400, "0" * 5000 + "5"])
def test_a_length_that_is_none_is_refused(length):
    assert refused(Sent(b"x"), length=length).status in (400, 413)


def test_a_body_that_breaks_off_is_no_body():
    for length in ("400", "40000"):
        assert refused(Sent(b"number=0010"), length=length).status == 400


def test_who_hangs_up_in_the_middle_is_nobodys_error():
    class HungUp(Sent):
        async def __anext__(self) -> bytes:
            raise ProtocolClosed

    for length in ("400", "40000", None):
        assert refused(HungUp(), length=length).status == 400


def test_whoever_sends_nothing_is_given_up():
    for length in ("2", "40000"):
        assert (
            refused(Sent(b"x", b"x", pause=5), length=length, reader=BodyReader(patience=0.05)).status == 408
        )


def test_whoever_sends_a_byte_now_and_then_is_given_up_too():
    for length in ("100", "40000"):
        trickle = Sent(*[b"x"] * 1000, pause=0.02)
        assert refused(trickle, length=length, reader=BodyReader(patience=0.2, slowest=1000)).status == 408
        assert trickle.taken < 20


def test_a_bad_mobile_network_is_waited_for():
    picture = Sent(*[b"x" * 2000] * 20, pause=0.02)
    assert len(read(picture, PICTURE, "40000", BodyReader(patience=0.1, slowest=50_000))) == 40_000


def test_one_address_cannot_fill_the_memory(monkeypatch):
    monkeypatch.setattr(bodies, "OF_ONE_ADDRESS", 10 * MB)
    reader = BodyReader()

    async def many() -> list[object]:
        each = [reader.read(Sent(*[b"x" * MB] * 4, pause=0.01), PICTURE, None, "10.0.0.1") for _ in range(5)]
        other = reader.read(Sent(*[b"x" * MB] * 4, pause=0.01), PICTURE, None, "10.0.0.2")
        return await asyncio.gather(*each, other, return_exceptions=True)

    *ones, other = run(many())
    assert [one.status for one in ones if isinstance(one, Refused)] == [503] * 3
    assert isinstance(other, bytes)
    assert read(Sent(b"x" * MB), PICTURE, reader=reader)  # and what they held is free again
    assert reader._together == 0 and not reader._held
