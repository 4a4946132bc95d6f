"""Reads a PNG far enough to know that it is whole and shows something."""
import base64
import struct
import zlib

SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # values of a pixel, by colour type


def size(text):
    """Width and height of a base64 PNG. A ValueError says what is wrong with it."""
    data = base64.b64decode(text, validate=False)
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("no PNG signature")
    at, packed, header, ended = 8, b"", None, False
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        (checksum,) = struct.unpack(">I", data[at + 8 + length:at + 12 + length])
        if zlib.crc32(kind + body) != checksum:
            raise ValueError(f"chunk {kind} has a wrong checksum")
        header = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else header
        packed += body if kind == b"IDAT" else b""
        ended = ended or kind == b"IEND"
        at += 12 + length
    if header is None or not ended:
        raise ValueError("no header or no end")
    width, height, depth, colour = header[:4]
    pixels = zlib.decompress(packed)
    line = 1 + (width * depth * SAMPLES[colour] + 7) // 8
    if len(pixels) != line * height:
        raise ValueError(f"{len(pixels)} bytes of pixels, want {line * height}")
    if len(set(pixels)) < 8:
        raise ValueError("nothing is drawn on it")
    return width, height
