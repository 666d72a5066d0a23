"""Interrupts an ingest with Ctrl-C at many moments, and looks whether what it left is whole and can be gone on with.

usage: interrupt_test.py ONRECORD ARC
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ONRECORD, ARC = (os.path.abspath(path) for path in sys.argv[1:3])
COPIES = 15
ROUNDS = 5


class InterruptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.articles = os.path.join(self.folder, "articles.jsonl")
        with open(os.path.join(ARC, "articles.jsonl"), encoding="utf-8") as file:
            articles = [json.loads(line) for line in file]
        with open(self.articles, "w", encoding="utf-8") as file:
            for copy in range(COPIES):
                for article in articles:
                    file.write(json.dumps({**article, "id": f"{article['id']}-{copy}"}) + "\n")

    def command(self, *arguments, db):
        return [ONRECORD, *arguments, "--db=" + os.path.join(self.folder, db)]

    def ingest(self, db):
        return self.command("ingest", self.articles, "--codebook=" + os.path.join(ARC, "codebook.json"), "--now=2025-01-01T00:00:00Z", db=db)

    def output(self, *arguments, db):
        return subprocess.run(self.command(*arguments, db=db), check=True, capture_output=True).stdout

    def test_what_is_left_is_whole_and_goes_on(self):
        begin = time.monotonic()
        subprocess.run(self.ingest("whole"), check=True, stdout=subprocess.DEVNULL)
        whole = time.monotonic() - begin
        expected = self.output("replay", "--format=jsonl", db="whole")
        self.assertGreater(len(expected.splitlines()), 20)
        interrupted = 0
        for number in range(ROUNDS):
            db = f"round{number}"
            process = subprocess.Popen(self.ingest(db), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole * (number + 0.5) / ROUNDS)
            process.send_signal(signal.SIGINT)
            interrupted += process.wait() != 0
            if os.path.exists(os.path.join(self.folder, db, "ONRECORD")):
                self.output("log", "verify", db=db)
            subprocess.run(self.ingest(db), check=True, stdout=subprocess.DEVNULL)
            self.assertEqual(self.output("replay", "--format=jsonl", db=db), expected, f"round {number}")
        self.assertGreater(interrupted, 0, "every ingest was over before it was interrupted")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
