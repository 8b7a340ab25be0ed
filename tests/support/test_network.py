import socket
import urllib.request

import pytest

from tests.support import network


def test_a_connection_beyond_this_machine_is_refused_and_remembered():
    with pytest.raises(network.ReachedOut), socket.socket() as lost:
        lost.connect(("192.0.2.1", 80))
    assert network.take_reached() == ["socket.connect to '192.0.2.1'"]


def test_a_name_is_not_even_looked_up():
    with pytest.raises(network.ReachedOut):
        urllib.request.urlopen("http://forum.example/")
    assert network.take_reached() == ["socket.getaddrinfo to 'forum.example'"]


def test_loopback_may_be_used():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
