// The page: its state, its controls, and what the address says of both.

const byId = (id) => document.getElementById(id);

class App {
  constructor(data) {
    this.evidence = new Evidence({ choose: (i) => this.choose(i, false), close: () => this.choose(null, false) });
    this.list = new List((i) => this.choose(i, true));
    this.setModel(new Model(data));
    this.state = {
      group: "actor", order: "name", query: "", actor: "", topic: "", shifted: false, rollup: Boolean(data.rollup),
      stances: { for: true, neutral: true, against: true },
      asOf: data.asOf === undefined ? this.model.lastDay : Math.min(data.asOf, this.model.lastDay),
      known: this.model.known.length - 1, chosen: null, sliding: false,
    };
    this.chart = new Chart(this.model, {
      choose: (i, byKey) => this.choose(i, byKey),
      hover: (i, event) => this.evidence.hover(i, this.state, event),
      activate: (i) => this.say(this.model.describe(i, this.state)),
      moved: () => this.writeAddress(),
    });
    this.fillControls();
    this.readAddress();
    this.prepareControls();
    this.update();
    this.chart.resize();
    if (this.zoomTo) this.chart.setDomain(...this.zoomTo);
  }

  setModel(model) {
    this.model = model;
    this.evidence.setModel(model);
  }

  // More came in: the same view of it.
  replace(data) {
    const wasLast = this.state.known === this.model.known.length - 1;
    const wasNow = this.state.asOf >= this.model.lastDay;
    const chosen = this.nameOf(this.state.chosen);
    const domain = this.chart.domain();
    this.setModel(new Model(data));
    if (wasLast) this.state.known = this.model.known.length - 1;
    if (wasNow) this.state.asOf = this.model.lastDay;
    this.state.known = Math.min(this.state.known, this.model.known.length - 1);
    this.chart.setModel(this.model);
    this.fillControls();
    this.state.chosen = this.find(chosen);
    this.update();
    this.chart.resize();
    if (domain) this.chart.setDomain(...domain);
  }

  // A segment under a name that outlasts this page: actor, topic, first day.
  nameOf(i) {
    if (i === null) return null;
    const s = this.model.segment;
    return [this.model.actors[s.actor[i]].id, this.model.topics[s.topic[i]].id, formatDay(s.from[i])].join(" ");
  }
  find(name) {
    if (!name) return null;
    for (const lane of this.model.lanes) {
      for (let i = lane.begin; i < lane.end; ++i) {
        if (this.model.stands(this.model.segment, i, this.state) && this.nameOf(i) === name) return i;
      }
    }
    return null;
  }

  fillControls() {
    const { model, state } = this;
    const fill = (select, all, things) => {
      const count = d3.nest().key((thing) => thing.name).rollup((same) => same.length).map(things);
      const nameOf = (thing) => clean(thing.name) + (count.get(thing.name) > 1 ? ` (${clean(thing.id)})` : "");
      select.replaceChildren(element("option", { value: "" }, all), ...things.map((thing) => element("option", { value: thing.id }, nameOf(thing))));
      select.value = state[select.id];
      if (select.selectedIndex < 0) select.value = state[select.id] = "";
    };
    fill(byId("actor"), "everybody", model.actors);
    fill(byId("topic"), "all topics", model.topics);
    Object.assign(byId("as-of"), { min: model.firstDay, max: model.lastDay, disabled: model.firstDay === model.lastDay });
    Object.assign(byId("known"), { min: 0, max: model.known.length - 1, disabled: model.known.length < 2 });
    byId("title").textContent = document.title = clean(model.data.title) || "OnRecord";
  }

  summary() {
    const { model } = this;
    return `${plural(model.actors.length, "actor")}, ${plural(model.topics.length, "topic")}, ${plural(model.statements.length, "statement")} from ` +
        `${plural(model.articles.length, "article")}, ${formatDay(model.firstDay)} to ${formatDay(model.lastDay)}`;
  }

  prepareControls() {
    const { state } = this;
    const bind = (id, event, change) => byId(id).addEventListener(event, () => {
      change(byId(id));
      this.update();
      this.writeAddress();
    });
    for (const id of ["actor", "topic", "group", "order"]) bind(id, "change", (select) => (state[id] = select.value));
    for (const id of ["shifted", "rollup"]) bind(id, "change", (box) => (state[id] = box.checked));
    for (const side of ["for", "neutral", "against"]) bind("stance-" + side, "change", (box) => (state.stances[side] = box.checked));
    // While a slider moves, lanes stay where they are.
    const slide = (id, set) => {
      bind(id, "input", (slider) => set(Number(slider.value), (state.sliding = true)));
      bind(id, "change", (slider) => set(Number(slider.value), (state.sliding = false)));
    };
    slide("as-of", (day) => (state.asOf = day));
    slide("known", (point) => (state.known = point));
    let waiting = 0;
    byId("query").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        state.query = byId("query").value;
        this.update();
        this.writeAddress();
      }, 120);
    });
    for (const id of ["clear", "clear-too"]) byId(id).addEventListener("click", () => this.clear());
    byId("zoom-in").addEventListener("click", () => this.chart.zoomBy(1.6));
    byId("zoom-out").addEventListener("click", () => this.chart.zoomBy(1 / 1.6));
    byId("zoom-all").addEventListener("click", () => this.chart.zoomAll());
    byId("controls").addEventListener("submit", (event) => event.preventDefault());
    byId("keys").addEventListener("click", () => {
      byId("help").hidden = !byId("help").hidden;
      byId("keys").setAttribute("aria-expanded", String(!byId("help").hidden));
    });
    this.prepareTheme();
    this.preparePrint();
    document.addEventListener("keydown", (event) => this.onKey(event));
    window.addEventListener("hashchange", () => {
      this.readAddress();
      this.update();
    });
  }

  onKey(event) {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape" && this.state.chosen !== null) this.choose(null, false);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      byId("query").focus();
      event.preventDefault();
    } else if (event.key === "[" || event.key === "]") {
      const { model, state } = this;
      state.asOf = Math.min(Math.max(state.asOf + (event.key === "[" ? -1 : 1), model.firstDay), model.lastDay);
      this.update();
      this.writeAddress();
    }
  }

  prepareTheme() {
    const set = (dark) => {
      document.documentElement.classList.toggle("dark", dark);
      byId("theme").textContent = dark ? "Light" : "Dark";
    };
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    set(system.matches);
    system.addEventListener("change", (event) => set(event.matches));
    byId("theme").addEventListener("click", () => set(!document.documentElement.classList.contains("dark")));
  }

  // On paper everything is in sight, up to what paper can bear.
  preparePrint() {
    const kMostPixels = 12000;
    byId("print").addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", () => {
      this.wasOpen = !byId("list-body").hidden;
      this.wasDark = document.documentElement.classList.contains("dark");
      document.documentElement.classList.remove("dark");
      this.chart.printing = this.chart.height <= kMostPixels;
      this.chart.width = Math.min(this.chart.width, 1000);
      this.chart.base.range([this.chart.gutter, this.chart.width]);
      this.chart.x.range([this.chart.gutter, this.chart.width]);
      this.chart.draw();
      this.list.open(true);
    });
    window.addEventListener("afterprint", () => {
      this.chart.printing = false;
      document.documentElement.classList.toggle("dark", this.wasDark);
      this.list.open(this.wasOpen);
      this.chart.resize();
    });
  }

  clear() {
    Object.assign(this.state, { query: "", actor: "", topic: "", shifted: false, stances: { for: true, neutral: true, against: true } });
    this.update();
    this.writeAddress();
  }

  choose(i, byKey) {
    this.state.chosen = i;
    this.evidence.show(i, this.lanes, this.state);
    this.chart.draw();
    if (i !== null && byKey) this.evidence.focus();
    this.writeAddress();
  }

  // Shows the state: in the controls, the lanes, the evidence, and in words.
  update() {
    const { model, state } = this;
    for (const id of ["actor", "topic", "group", "order"]) byId(id).value = state[id];
    for (const id of ["shifted", "rollup"]) byId(id).checked = state[id];
    for (const side of ["for", "neutral", "against"]) byId("stance-" + side).checked = state.stances[side];
    if (document.activeElement !== byId("query")) byId("query").value = state.query;
    byId("as-of").value = state.asOf;
    byId("known").value = state.known;
    const now = state.asOf >= model.lastDay, latest = state.known === model.known.length - 1;
    const knownText = this.knownText();
    byId("as-of-out").textContent = formatDay(state.asOf) + (now ? " (all)" : "");
    byId("known-out").textContent = latest ? "everything" : knownText;
    byId("as-of").setAttribute("aria-valuetext", formatDay(state.asOf));
    byId("known").setAttribute("aria-valuetext", latest ? "everything known" : knownText);
    byId("summary").textContent = this.summary();
    this.lanes = model.select(state);
    if (state.chosen !== null && !model.stands(model.segment, state.chosen, state)) state.chosen = this.sameElsewhere(state.chosen);
    byId("nothing").hidden = this.lanes.length > 0;
    byId("scroll").hidden = this.lanes.length === 0;
    this.chart.show(this.lanes, state);
    this.evidence.show(state.chosen, this.lanes, state);
    this.list.show(model, this.lanes, state);
    this.tell(now, latest);
  }

  // After a switch of knowledge or view: what that actor then held.
  sameElsewhere(i) {
    const s = this.model.segment;
    const lane = this.lanes.find((one) => one.actor === s.actor[i] && one.topic === s.topic[i]);
    return lane ? segmentAt(this.model, lane, s.from[i]) : null;
  }

  knownText() {
    const point = this.model.known[this.state.known];
    return point.time ? point.time.slice(0, 16).replace("T", " ") + " UTC" : "nothing recorded";
  }

  tell(now, latest) {
    const { model, state } = this;
    let positions = 0;
    for (const lane of this.lanes) for (const i of lane.segments) if (model.segment.from[i] <= state.asOf) ++positions;
    const past = [now ? "" : "as of " + formatDay(state.asOf), latest ? "" : "as known at " + this.knownText()].filter(Boolean).join(", ");
    const status = byId("status");
    status.replaceChildren(`${plural(positions, "position")} in ${plural(this.lanes.length, "lane")}`);
    if (past) status.append(", ", element("span", { class: "past" }, past));
    if (state.rollup) status.append(", members and office-holders counted for their body");
  }
  say(text) {
    byId("status").textContent = text;
  }

  // The address holds the view, so that it can be sent to somebody.
  writeAddress() {
    const { state, model } = this;
    const parts = new URLSearchParams();
    const put = (name, value, usual) => value !== usual && parts.set(name, value);
    put("by", state.group, "actor");
    put("order", state.order, "name");
    for (const name of ["query", "actor", "topic"]) put(name, state[name], "");
    put("shifted", String(state.shifted), "false");
    put("rollup", String(state.rollup), String(Boolean(model.data.rollup)));
    put("without", Object.keys(state.stances).filter((side) => !state.stances[side]).join(","), "");
    put("asof", formatDay(state.asOf), formatDay(model.lastDay));
    put("known", model.known[state.known].logPosition || "", model.known[model.known.length - 1].logPosition || "");
    const domain = this.chart.domain();
    if (domain) parts.set("span", domain.map((date) => date.toISOString().slice(0, 10)).join("/"));
    if (state.chosen !== null) parts.set("position", this.nameOf(state.chosen));
    const text = parts.toString();
    if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  }

  readAddress() {
    const { state, model } = this;
    const parts = new URLSearchParams(location.hash.slice(1));
    const option = (name, id) => parts.has(name) && [...byId(id).options].some((one) => one.value === parts.get(name)) && (state[id] = parts.get(name));
    option("by", "group");
    option("order", "order");
    option("actor", "actor");
    option("topic", "topic");
    if (parts.has("query")) state.query = parts.get("query");
    for (const name of ["shifted", "rollup"]) if (parts.has(name)) state[name] = parts.get(name) === "true";
    for (const side of (parts.get("without") || "").split(",")) if (side in state.stances) state.stances[side] = false;
    const asOf = parseDay(parts.get("asof") || "");
    if (asOf !== null) state.asOf = Math.min(Math.max(asOf, model.firstDay), model.lastDay);
    const known = model.known.findIndex((point) => point.logPosition === parts.get("known"));
    if (known >= 0) state.known = known;
    const span = (parts.get("span") || "").split("/").map(parseDay);
    if (span.length === 2 && span[0] !== null && span[1] !== null && span[0] < span[1]) this.zoomTo = span.map(dayToDate);
    state.chosen = this.find(parts.get("position"));
  }
}

function drawLegend() {
  const bar = (side, extra) => {
    const svg = d3.create("svg").attr("width", 26).attr("height", 18).attr("aria-hidden", "true");
    const g = svg.append("g").attr("class", `segment ${side} ${extra}`);
    g.append("rect").attr("class", "bar").attr("x", 1).attr("y", { for: 1.5, neutral: 4, against: 6.5 }[side]).attr("width", 24).attr("height", 10);
    return svg.node();
  };
  const mark = (kind) => {
    const svg = d3.create("svg").attr("width", 16).attr("height", 16).attr("aria-hidden", "true");
    svg.append("g").attr("class", "shift " + kind).append("path").attr("transform", "translate(8,8)").attr("d", shiftShape(kind));
    return svg.node();
  };
  const item = (picture, text) => element("li", {}, picture, text);
  byId("legend").append(item(bar("for", ""), "▲ for, above"), item(bar("neutral", ""), "● neutral"), item(bar("against", ""), "▼ against, below"),
      item(bar("for", "conditional"), "conditional"), item(bar("for", "softened"), "softened"),
      item(mark("reversal"), "reversal"), item(mark("softening"), "softening"), item(mark("hardening"), "hardening"));
}

// A server's page has no data of its own, and is told when there is more.
class Live {
  constructor() {
    byId("live").hidden = false;
    this.asked = false;
    this.again = false;
    const events = new EventSource("api/events");
    events.addEventListener("appended", () => this.load());
    events.onopen = () => this.say("live", false);
    events.onerror = () => this.say("not connected", true);
    this.load();
  }
  say(text, lost) {
    byId("live-text").textContent = text;
    byId("live").classList.toggle("lost", lost);
  }
  async load() {
    if (this.asked) {
      this.again = true;
      return;
    }
    this.asked = true;
    try {
      const response = await fetch("api/page" + location.search, { cache: "no-store" });
      const data = await response.json();
      if (!response.ok) throw new Error(data.error ? data.error.message : response.statusText);
      if (this.app) this.app.replace(data);
      else this.app = new App(data);
      byId("live").dataset.logPosition = data.known[data.known.length - 1].logPosition;
    } catch (error) {
      byId("status").textContent = clean(error.message);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    this.asked = false;
    if (this.again) {
      this.again = false;
      this.load();
    }
  }
}

drawLegend();
const embedded = byId("data").textContent;
if (embedded === "") new Live();
else new App(JSON.parse(embedded));
performance.mark("onrecord-ready");
