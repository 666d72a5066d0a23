"""The C API from Python, with nothing but ctypes: c_api.py LIBRARY DIRECTORY."""

import ctypes
import json
import sys

OK, INVALID_ARGUMENT, NOT_FOUND = 0, 3, 5
JSON = 0

library = ctypes.CDLL(sys.argv[1])
library.onrecord_abi_version.restype = ctypes.c_uint32
library.onrecord_version.restype = ctypes.c_char_p
library.onrecord_free.argtypes = [ctypes.c_void_p]
library.onrecord_subscribe.restype = ctypes.c_void_p
library.onrecord_subscribe.argtypes = [ctypes.c_void_p, ctypes.c_uint64]
library.onrecord_subscription_destroy.argtypes = [ctypes.c_void_p]
library.onrecord_close.argtypes = [ctypes.c_void_p]


class OnRecordError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def take(pointer):
    text = ctypes.string_at(pointer).decode()
    library.onrecord_free(pointer)
    return text


def call(function, *arguments):
    error = ctypes.c_void_p()
    code = getattr(library, "onrecord_" + function)(*arguments, ctypes.byref(error))
    if code != OK:
        raise OnRecordError(code, take(error))


class Timeline:
    def __init__(self, directory):
        self._handle = ctypes.c_void_p()
        call("open", directory.encode(), None, ctypes.byref(self._handle))

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        library.onrecord_close(self._handle)

    def add_codebook(self, codebook):
        data = json.dumps(codebook).encode()
        call("add_codebook", self._handle, JSON, data, ctypes.c_size_t(len(data)), None)

    def ingest(self, articles):
        data = "\n".join(json.dumps(article) for article in articles).encode()
        call("ingest", self._handle, JSON, data, ctypes.c_size_t(len(data)), None)

    def ask(self, what, **query):
        data = json.dumps(query).encode()
        rows, size = ctypes.c_void_p(), ctypes.c_size_t()
        call("query", self._handle, what.encode(), JSON, data, ctypes.c_size_t(len(data)), ctypes.byref(rows),
             ctypes.byref(size))
        return [json.loads(line) for line in take(rows).splitlines()]

    def follow(self, checkpoint=0):
        subscription = ctypes.c_void_p(library.onrecord_subscribe(self._handle, checkpoint))
        try:
            while True:
                event, size = ctypes.c_void_p(), ctypes.c_size_t()
                call("subscription_next", subscription, ctypes.c_int64(10), JSON, ctypes.byref(event),
                     ctypes.byref(size))
                if not event:
                    return
                yield json.loads(take(event))
        finally:
            library.onrecord_subscription_destroy(subscription)


def main():
    assert library.onrecord_abi_version() == 1
    assert library.onrecord_version()
    with Timeline(sys.argv[2] + "/python.db") as timeline:
        timeline.add_codebook({"topics": [{
            "id": "tariffs",
            "proposition": "The United States should keep its tariffs",
            "phrases": ["tariffs"],
        }]})
        timeline.ingest([{
            "id": "über",
            "published": "2025-04-26",
            "text": "Trade Minister Kenji Mori said that “Japan opposes the tariffs”.",
        }])
        positions = timeline.ask("positions", topic="tariffs")
        assert {row["label"] for row in positions} == {"against"}, positions
        assert {row["docId"] for row in timeline.ask("statements")} == {"über"}
        kinds = {key for event in timeline.follow() for key in event["event"]}
        assert {"articleIngested", "statementRecorded"} <= kinds, kinds
        for what, query, code in (("positions", {"actor": "none"}, NOT_FOUND), ("nothing", {}, INVALID_ARGUMENT)):
            try:
                timeline.ask(what, **query)
                raise AssertionError("no error")
            except OnRecordError as error:
                assert error.code == code, error


main()
