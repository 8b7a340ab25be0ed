"""What comes in by an upload lies on no disk before it is known what it is."""

from io import BytesIO

from flask import request

BYTES = 700_000
"""More than is held in memory of itself."""


def test_a_large_upload_is_held_in_memory(app):
    head = b'--a\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    sent = head + bytes(BYTES) + b"\r\n--a--\r\n"
    about = {"content_type": "multipart/form-data; boundary=a", "content_length": len(sent)}
    with app.test_request_context("/", method="POST", input_stream=BytesIO(sent), **about):
        stream = request.files["file"].stream
        assert isinstance(stream, BytesIO)
        assert len(stream.read()) == BYTES
