"""Exports invented stories and a hostile article in every format, and validates each against its specification.

usage: formats_test.py ONRECORD ARCS SCHEMAS

ONRECORD is the program, ARCS the folder of the stories, SCHEMAS that of the schemas.
"""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import jsonschema

ONRECORD, ARCS, SCHEMAS = (os.path.abspath(path) for path in sys.argv[1:4])

ATTACK = "=HYPERLINK(\"http://evil.example\") </script><script>alert(1)</script> <img src=x onerror=alert(1)> \u202egnp.exe \u001b[31m & ]]> '"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def run(*arguments):
    result = subprocess.run([ONRECORD, *arguments], capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode("utf-8")


def validate(document, schema):
    with open(os.path.join(SCHEMAS, schema), encoding="utf-8") as file:
        jsonschema.validate(document, json.load(file))


class FormatsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.db = "--db=" + os.path.join(cls.folder.name, "db")
        now = "--now=2025-12-01T00:00:00Z"
        cls.texts = {}
        for arc in ("arc_A", "arc_B"):
            articles = os.path.join(ARCS, arc, "articles.jsonl")
            run("ingest", articles, "--codebook=" + os.path.join(ARCS, arc, "codebook.json"), cls.db, now)
            with open(articles, encoding="utf-8") as file:
                for line in file:
                    article = json.loads(line)
                    cls.texts[article["id"]] = cls.texts[article["url"]] = article["text"]
        hostile = os.path.join(cls.folder.name, "hostile.jsonl")
        text = "Han Do-yun said that he opposes the suspension " + ATTACK + " of fish."
        with open(hostile, "w", encoding="utf-8") as file:
            json.dump({"id": ATTACK, "title": ATTACK, "publisher": ATTACK, "url": "javascript:alert(1)", "published": "2024-12-01", "text": text}, file)
        run("ingest", hostile, cls.db, now)
        cls.texts["hostile"] = text
        cls.positions = [json.loads(line) for line in run("replay", cls.db, "--format=jsonl").splitlines()]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def export(self, name):
        return run("export", "--as=" + name, self.db)

    def test_the_attack_is_evidence(self):
        """Or the other tests would not see it."""
        self.assertTrue(any("HYPERLINK" in identifier for row in self.positions for identifier in row["evidence"]))

    def test_json_lines(self):
        self.assertEqual([json.loads(line) for line in self.export("jsonl").splitlines()], self.positions)

    def test_csv(self):
        text = self.export("csv")
        self.assertTrue(text.startswith("\ufeff"))
        rows = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
        self.assertEqual(len(rows), len(self.positions) + 1)
        self.assertEqual({len(row) for row in rows}, {len(rows[0])})
        self.assertTrue(all(line.endswith("\r\n") for line in text.splitlines(keepends=True) if not line.count('"') % 2))
        for row in rows:
            for cell in row:
                self.assertFalse(cell[:1] in "=+-@\t\r" and cell[:1] and not self.is_number(cell), cell)

    @staticmethod
    def is_number(cell):
        try:
            float(cell)
            return True
        except ValueError:
            return False

    def test_graphml(self):
        text = self.export("graphml")
        path = os.path.join(self.folder.name, "network.graphml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        checked = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", os.path.join(SCHEMAS, "graphml.xsd"), path], capture_output=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stderr.decode())
        graph = ElementTree.fromstring(text.encode()).find(GRAPHML + "graph")
        names = [node.find(GRAPHML + "data[@key='label']").text for node in graph.findall(GRAPHML + "node")]
        self.assertIn("Ignacia Valdés", names)
        edges = run("network", self.db, "--format=jsonl").splitlines()
        self.assertEqual(len(graph.findall(GRAPHML + "edge")), len(edges))

    def test_schema_org(self):
        document = json.loads(self.export("schema-org"))
        validate(document, "schema_org.json")
        kinds = [node["@type"] for node in document["@graph"]]
        self.assertEqual(kinds.count("ClaimReview"), sum("to" not in row for row in self.positions))
        self.assertGreater(kinds.count("Quotation"), 5)
        self.assertGreater(kinds.count("Claim"), 5)
        identifiers = {node["@id"] for node in document["@graph"]}
        cited = {ground["@id"] for node in document["@graph"] for ground in node.get("citation", [])}
        self.assertTrue(cited and cited <= identifiers)
        self.assertNotIn("javascript:", json.dumps(document["@graph"]).replace("%3A", ":"))

    def test_web_annotation(self):
        document = json.loads(self.export("web-annotation"))
        validate(document, "web_annotation.json")
        self.assertGreater(len(document["items"]), 30)
        for item in document["items"]:
            for target in item["target"]:
                quote, position = target["selector"]
                text = self.texts[target["source"] if target["source"].startswith("http") else "hostile"]
                self.assertEqual(text[position["start"]:position["end"]], quote["exact"])
                self.assertTrue(text[:position["start"]].endswith(quote["prefix"]))
                self.assertTrue(text[position["end"]:].startswith(quote["suffix"]))

    def test_prov(self):
        document = json.loads(self.export("prov"))
        validate(document, "prov.json")
        things = set(document["entity"]) | set(document["activity"]) | set(document["agent"])
        for relation in ("wasDerivedFrom", "wasGeneratedBy", "wasAttributedTo", "wasAssociatedWith"):
            self.assertTrue(document[relation])
            for edge in document[relation].values():
                self.assertLessEqual(set(edge.values()), things)
        # Every position leads back to an article.
        sources = {}
        for edge in document["wasDerivedFrom"].values():
            sources.setdefault(edge["prov:generatedEntity"], set()).add(edge["prov:usedEntity"])
        positions = [name for name in document["entity"] if name.startswith("or:position:")]
        self.assertEqual(len(positions), len(self.positions))
        for position in positions:
            for statement in sources[position]:
                self.assertTrue(all(article.startswith("or:article:") for article in sources[statement]))

    def test_timelinejs(self):
        document = json.loads(self.export("timelinejs"))
        validate(document, "timelinejs.json")
        self.assertEqual(len(document["events"]), sum("from" in row for row in self.positions))
        for event in document["events"]:
            # It is shown as HTML.
            shown = event["text"]["headline"] + event["text"]["text"].replace("<p>", "").replace("</p>", "")
            self.assertNotIn("<", shown)
            if "end_date" in event:
                dates = [tuple(event[name][part] for part in ("year", "month", "day")) for name in ("start_date", "end_date")]
                self.assertLessEqual(*dates)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
