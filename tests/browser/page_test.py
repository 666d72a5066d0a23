"""Drives the page in a browser as a reader would.

usage: page_test.py DIR ONRECORD [SCREENSHOTS]

DIR is what make_pages wrote, ONRECORD the program. Closes with `N passed, M failed`.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import traceback
import urllib.request

from webdriver import Browser

# A page of 100,000 positions may take so many times what one of 1,000 takes.
MOST_TIMES = 20

READ_TABLE = """
const body = document.getElementById("list-body");
if (body.hidden) document.getElementById("list-toggle").click();
for (;;) { const more = body.querySelector(".more button"); if (!more) break; more.click(); }
return [...body.querySelectorAll("tbody tr")].map((row) => [...row.cells].slice(0, 5).concat(row.cells[6]).map((cell) => cell.textContent));
"""
SLIDE = """
const slider = document.getElementById(arguments[0]);
slider.value = arguments[1];
for (const name of ["input", "change"]) slider.dispatchEvent(new Event(name, { bubbles: true }));
"""
CHOOSE = """
const select = document.getElementById(arguments[0]);
select.value = arguments[1];
select.dispatchEvent(new Event("change", { bubbles: true }));
"""


def day_number(day):
    import datetime
    return (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days


def data_of(path):
    """The data that a page holds."""
    with open(path, encoding="utf-8") as file:
        return json.loads(re.search(r'id="data">(.*?)</script>', file.read(), re.S).group(1))


class PageTest:
    def __init__(self, folder, onrecord, shots):
        self.folder = os.path.abspath(folder)
        self.onrecord = os.path.abspath(onrecord)
        self.shots = shots
        self.browser = Browser()
        self.data = data_of(self.folder + "/arcs.html")

    def open(self, name, fragment=""):
        """Opens a page anew; complaints and requests count from here."""
        self.browser.open("about:blank")
        self.browser.complaints()
        self.browser.requests()
        url = f"file://{self.folder}/{name}" + fragment
        self.browser.open(url)
        self.browser.wait("return performance.getEntriesByName('onrecord-ready').length")

    def check_quiet(self):
        """No complaint in the console, and nothing asked for but the page."""
        assert self.browser.complaints() == []
        foreign = [url for url in self.browser.requests() if not url.startswith(("file:///", "about:", "data:,"))]
        assert foreign == [], foreign

    def shot(self, name):
        if self.shots:
            self.browser.screenshot(os.path.join(self.shots, name + ".png"))

    def table(self):
        return sorted(tuple(row) for row in self.browser.run(READ_TABLE))

    def test_shows_what_the_engine_answers(self):
        """Each question to the engine, put to the page with its controls."""
        with open(self.folder + "/arcs.jsonl", encoding="utf-8") as file:
            questions = [json.loads(line) for line in file]
        assert len(questions) >= 8
        seen = set()
        for question in questions:
            self.open("arcs.html")
            if question["asOf"]:
                self.browser.run(SLIDE, "as-of", day_number(question["asOf"]))
            known = [point.get("logPosition") for point in self.data["known"]].index(question["knownAt"])
            self.browser.run(SLIDE, "known", known)
            if question["rollup"]:
                self.browser.click("#rollup")
            expected = sorted((row["actorName"], row["topicName"], row["label"], row.get("from") or "undated", row.get("to") or "still",
                               str(len(row["evidence"]))) for row in question["positions"])
            shown = self.table()
            assert shown == expected, (question["asOf"], known, set(shown) ^ set(expected))
            seen.add(tuple(expected))
            self.check_quiet()
        assert len(seen) >= 6, "the questions hardly differ"

    def test_filters(self):
        self.open("arcs.html")
        every = self.table()
        self.browser.run(CHOOSE, "actor", "person/han-do-yun")
        shown = self.table()
        assert shown == [row for row in every if row[0] == "Han Do-yun"] and shown
        self.browser.click("#stance-against")
        assert self.table() == [row for row in shown if "against" not in row[2]]
        self.browser.click("#clear")
        assert self.table() == every
        self.browser.run(CHOOSE, "topic", "joint-testing")
        assert self.table() == [row for row in every if row[1] == "Joint testing at the farms"]
        self.browser.click("#clear")
        self.browser.type("#query", "litigation")
        self.browser.wait("return document.getElementById('list-body').querySelectorAll('tbody tr').length < arguments[0]", len(every))
        found = self.table()
        assert 0 < len(found) < len(every)
        self.browser.type("#query", "no such words anywhere")
        self.browser.wait("return !document.getElementById('nothing').hidden")
        self.browser.click("#clear-too")
        self.browser.wait("return document.getElementById('nothing').hidden")
        self.check_quiet()

    def test_evidence_of_a_segment(self):
        """A click shows the words in their sentence, with all that is known of them."""
        self.open("arcs.html", "#actor=person%2Fignacia-valdes&topic=wto-complaint")
        self.browser.click("#chart g.segment.for .bar")
        panel = self.browser.run("return document.getElementById('evidence').innerText")
        marked = self.browser.run("return [...document.querySelectorAll('#evidence mark')].map((node) => node.textContent)")
        assert "Ignacia Valdés" in panel and "Complaint at the World Trade Organization" in panel
        assert any(words in text for text in self.data["passages"] for words in marked) and marked
        for fact in ("Decided by", "Said", "Confidence", "Found by", "2024-"):
            assert fact in panel, fact
        titles = [row["title"] for row in self.data["articles"]]
        assert any(title in panel for title in titles)
        links = self.browser.run("return [...document.querySelectorAll('#evidence a')].map((node) => [node.href, node.rel])")
        assert links and all(href.startswith("https://") and "noopener" in rel for href, rel in links)
        self.browser.hover("#chart g.segment.against .bar")
        tip = self.browser.wait("const tip = document.getElementById('tooltip'); return tip.hidden ? '' : tip.innerText")
        assert "against" in tip and "Ignacia Valdés" in tip
        self.shot("evidence")
        self.check_quiet()

    def test_stances_need_no_colour(self):
        """Each side has a place and a sign of its own."""
        self.open("arcs.html")
        places = self.browser.run("""
            const places = {};
            for (const node of document.querySelectorAll("#chart g.segment")) {
              const side = ["for", "neutral", "against"].find((name) => node.classList.contains(name));
              const y = Number(node.getAttribute("transform").match(/,([^)]*)\\)/)[1]);
              const text = node.querySelector("text").textContent;
              if (text) (places[side] = places[side] || new Set()).add(text[0]);
            }
            return Object.fromEntries(Object.entries(places).map(([side, signs]) => [side, [...signs]]));""")
        assert places == {"for": ["▲"], "neutral": ["●"], "against": ["▼"]}, places

    def test_keyboard_and_names(self):
        """From the keyboard alone, and said in words."""
        self.open("arcs.html")
        self.browser.run("document.getElementById('chart').focus()")
        self.browser.press("ArrowDown")
        first = self.browser.run("return document.getElementById('chart').getAttribute('aria-activedescendant')")
        label = self.browser.run("return document.getElementById(arguments[0]).getAttribute('aria-label')", first)
        said = self.browser.run("return document.getElementById('status').textContent")
        assert " on " in label and "statement" in label and said == label
        self.browser.press("ArrowDown")
        second = self.browser.run("return document.getElementById('chart').getAttribute('aria-activedescendant')")
        assert second and second != first
        self.browser.press("End", "Enter")
        focused = self.browser.run("return document.activeElement.id")
        assert focused == "evidence", focused
        unnamed = self.browser.run("""
            return [...document.querySelectorAll("button, input, select")].filter((node) =>
                !node.textContent.trim() && !node.getAttribute("aria-label") && !(node.labels && node.labels.length)).map((node) => node.id);""")
        assert unnamed == [], unnamed
        self.check_quiet()

    def test_zoom_and_brush(self):
        self.open("arcs.html")
        before = self.browser.run("return [...document.querySelectorAll('#axis .tick text')].map((node) => node.textContent).join()")
        self.browser.click("#zoom-in")
        self.browser.click("#zoom-in")
        after = self.browser.wait("const ticks = [...document.querySelectorAll('#axis .tick text')].map((node) => node.textContent).join(); return ticks !== arguments[0] && ticks", before)
        assert after
        assert self.browser.run("return Number(document.querySelector('#overview .selection').getAttribute('width'))") > 0
        assert "span=" in self.browser.run("return location.hash")
        self.browser.click("#zoom-all")
        self.browser.wait("return [...document.querySelectorAll('#axis .tick text')].map((node) => node.textContent).join() === arguments[0]", before)
        self.check_quiet()

    def test_an_address_gives_the_same_view(self):
        self.open("arcs.html")
        self.browser.run(SLIDE, "as-of", day_number("2024-04-17"))
        self.browser.run(CHOOSE, "group", "topic")
        self.browser.click("#chart g.segment .bar")
        hash_then = self.browser.run("return location.hash")
        panel = self.browser.run("return document.getElementById('evidence').innerText")
        table = self.table()
        self.open("arcs.html", hash_then)
        assert self.browser.run("return document.getElementById('evidence').innerText") == panel
        assert self.table() == table
        self.check_quiet()

    def test_known_at_marks_what_changed(self):
        self.open("arcs.html")
        last = len(self.data["known"]) - 1
        segments = self.data["segments"]
        changed = next(i for i in range(len(segments["actor"])) if segments["views"][i] & 1 and segments["knownFrom"][i] < segments["knownUntil"][i] == last and segments["from"][i] < segments["to"][i])
        # The chart draws what is in sight.
        self.browser.run(CHOOSE, "actor", self.data["actors"][segments["actor"][changed]]["id"])
        self.browser.run(SLIDE, "known", last - 1)
        assert "as known at" in self.browser.run("return document.getElementById('status').textContent")
        revised = self.browser.run("return document.querySelectorAll('#chart g.segment.revised').length")
        self.browser.run(SLIDE, "known", last)
        assert self.browser.run("return document.querySelectorAll('#chart g.segment.revised').length") == 0
        assert revised > 0

    def test_hostile_text_is_text(self):
        self.open("hostile.html")
        self.browser.click("#chart g.segment .bar")
        assert self.browser.run("return window.attacked === undefined")
        assert self.browser.run("return document.querySelectorAll('#evidence script, #evidence img, #chart img, #list img').length") == 0
        panel = self.browser.run("return document.getElementById('evidence').innerText")
        assert "<script>window.attacked=1</script>" in panel
        assert not re.search("[\u202e\x1b\x00]", panel)
        assert self.browser.run("return document.querySelectorAll('#evidence a').length") == 0
        self.check_quiet()

    def test_a_server_shows_what_comes_as_it_comes(self):
        article = {"id": "a", "published": "2025-04-26", "text": "Kenji Mori said that he opposes the tariffs."}
        with tempfile.TemporaryDirectory() as folder:
            codebook = os.path.join(folder, "codebook.json")
            with open(codebook, "w", encoding="utf-8") as file:
                json.dump({"topics": [{"id": "tariffs", "name": "Tariffs", "phrases": ["tariffs"]}]}, file)
            text = os.path.join(folder, "articles.jsonl")
            with open(text, "w", encoding="utf-8") as file:
                json.dump(article, file)
            db = "--db=" + os.path.join(folder, "db")
            subprocess.run([self.onrecord, "ingest", text, "--codebook=" + codebook, db], check=True, stdout=subprocess.DEVNULL)
            server = subprocess.Popen([self.onrecord, "serve", db, "--port=0", "--write"], stdout=subprocess.PIPE, text=True)
            try:
                url = server.stdout.readline().strip()
                self.browser.complaints()
                self.browser.requests()
                self.browser.open(url)
                self.browser.wait("return document.querySelectorAll('#chart g.segment').length === 1")
                self.browser.wait("return document.getElementById('live-text').textContent === 'live'")
                article = {"id": "b", "published": "2025-06-01", "text": "Kenji Mori said that he supports the tariffs."}
                request = urllib.request.Request(url + "api/articles", data=json.dumps(article).encode(), headers={"Content-Type": "application/json"})
                assert json.load(urllib.request.urlopen(request))["articles"] == 1
                self.browser.wait("return document.querySelectorAll('#chart g.segment').length === 2")
                assert "2 statements" in self.browser.run("return document.getElementById('summary').textContent")
                self.shot("live")
                foreign = [one for one in self.browser.requests() if not one.startswith((url, "data:,"))]
                assert foreign == [], foreign
                assert self.browser.complaints() == []
            finally:
                server.send_signal(signal.SIGINT)
            self.browser.wait("return document.getElementById('live-text').textContent === 'not connected'")
            self.browser.open("about:blank")
            assert server.wait(timeout=30) == 0
            self.browser.complaints()

    def test_light_dark_and_print(self):
        colours = []
        for scheme in ("light", "dark"):
            self.browser.emulate_media(prefers_color_scheme=scheme)
            self.open("arcs.html")
            colours.append(self.browser.run("return getComputedStyle(document.body).backgroundColor"))
            self.shot("arcs-" + scheme)
        assert colours[0] != colours[1]
        self.browser.emulate_media(prefers_color_scheme="light")
        self.open("arcs.html")
        printed = self.browser.command("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})["data"]
        assert len(printed) > 20000
        if self.shots:
            import base64
            with open(os.path.join(self.shots, "arcs.pdf"), "wb") as file:
                file.write(base64.b64decode(printed))
        self.check_quiet()

    def test_100000_positions_stay_usable(self):
        """Against 1,000: loading, and the answers to a slider, a filter, a scroll and a zoom."""
        times = {}
        for count in (1000, 100000):
            runs = []
            for _ in range(3):
                self.open(f"{count}.html")
                load = self.browser.run("return performance.getEntriesByName('onrecord-ready')[0].startTime")
                respond = self.browser.run("""
                    const timed = (act) => { const begin = performance.now(); act(); document.body.offsetHeight; return performance.now() - begin; };
                    const slide = (day) => { const slider = document.getElementById("as-of"); slider.value = day; for (const name of ["input", "change"]) slider.dispatchEvent(new Event(name)); };
                    const times = [];
                    times.push(timed(() => slide(17000)), timed(() => slide(19000)));
                    times.push(timed(() => { const box = document.getElementById("stance-for"); box.click(); }));
                    times.push(timed(() => { document.getElementById("clear").click(); }));
                    times.push(timed(() => { document.getElementById("zoom-in").click(); }));
                    times.push(timed(() => { const scroll = document.getElementById("scroll"); scroll.scrollTop = scroll.scrollHeight / 2; scroll.dispatchEvent(new Event("scroll")); }));
                    return Math.max(...times);""")
                runs.append((load, respond))
                drawn = self.browser.run("return document.querySelectorAll('#chart *').length")
                assert drawn < 20000, drawn
            times[count] = [sorted(column)[1] for column in zip(*runs)]
        for name, small, large in zip(("load", "respond"), *times.values()):
            print(f"  {name}: {small:.0f} ms at 1,000 positions, {large:.0f} ms at 100,000: {large / small:.1f} times")
            assert large <= MOST_TIMES * small, (name, small, large)
        self.shot("100000")
        self.check_quiet()


def main():
    shots = sys.argv[3] if len(sys.argv) > 3 else None
    test = PageTest(sys.argv[1], sys.argv[2], shots)
    passed, failed = 0, 0
    try:
        for name in [name for name in dir(test) if name.startswith("test_")]:
            try:
                getattr(test, name)()
                passed += 1
                print("passed " + name)
            except Exception:  # one that fails must not hide the next
                failed += 1
                print("FAILED " + name)
                traceback.print_exc()
    finally:
        test.browser.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
