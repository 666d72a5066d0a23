// Why a position is what it is: the words, where they stand, and how they were
// read. Everything goes into the page as text, never as markup.

function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "onclick") node.addEventListener("click", value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") node.append(child);
  }
  return node;
}

function percent(number) {
  return Math.round(number * 100) + " %";
}

// Only what leads to a page of the web is made a link.
function linkTo(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch (error) {
    return null;
  }
}

// The passage of a statement with its words, speaker and cue marked.
function quotation(model, statement) {
  if (statement.passage === undefined) {
    return element("p", { class: "hint" }, "The words are not kept: the text was erased, or the statement was entered without them.");
  }
  const text = model.passages[statement.passage];
  const marks = (statement.content || []).map((span) => ({ ...span, kind: "words" }));
  if (statement.cue) marks.push({ ...statement.cue, kind: "says" });
  if (statement.speaker) marks.push({ ...statement.speaker, kind: "who" });
  const edges = new Set([0, text.length]);
  for (const mark of marks) edges.add(mark.begin || 0).add(mark.end);
  const sorted = [...edges].sort((a, b) => a - b);
  const quote = element("blockquote", { dir: "auto" });
  for (let n = 0; n + 1 < sorted.length; ++n) {
    const part = clean(text.slice(sorted[n], sorted[n + 1]));
    const kinds = marks.filter((mark) => (mark.begin || 0) <= sorted[n] && mark.end >= sorted[n + 1]).map((mark) => mark.kind);
    if (kinds.length === 0) quote.append(part);
    else quote.append(element(kinds.includes("words") ? "mark" : "span", { class: kinds.join(" ") }, part));
  }
  return quote;
}

function sourceOf(model, statement) {
  const article = model.articles[statement.article || 0] || {};
  const title = clean(article.title) || clean(article.id) || "an article without a title";
  const link = linkTo(article.url);
  const cite = element("cite", {}, link ? element("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, title) : title);
  const rest = [clean(article.publisher), clean(article.published)].filter((part) => part !== "").join(", ");
  return element("p", { class: "source" }, cite, rest === "" ? "" : " · " + rest);
}

function factsOf(model, statement) {
  const facts = [];
  const add = (name, value) => value && facts.push(element("dt", {}, name), element("dd", {}, clean(value)));
  const name = clean(statement.speakerName) + (statement.role ? ", " + clean(statement.role) : "");
  add("Speaker", name);
  add("Decided by", [statement.speakerReason, statement.speakerConfidence ? "sure to " + percent(statement.speakerConfidence) : ""].filter(Boolean).join("; "));
  add("Said", statement.saidAt || "on an unknown day");
  add("Read as", [statement.kind === "kind_unspecified" ? "" : statement.kind, statement.conditional ? "conditional" : "", statement.stance === undefined ? "" :
      "stance " + (statement.stance > 0 ? "+" : statement.stance < 0 ? "−" : "") + Math.abs(statement.stance)].filter(Boolean).join(", "));
  add("Found by", statement.reason);
  add("Confidence", statement.confidence ? percent(statement.confidence) : "");
  add("Relayed by", statement.relayedBy);
  add("As told by", statement.toldBy);
  add("Repeats", statement.duplicateOf);
  add("Statement", statement.id);
  return element("dl", {}, facts);
}

class Evidence {
  // `on` are called: choose(i), close().
  constructor(on) {
    this.on = on;
    this.panel = document.getElementById("evidence");
    this.tooltip = document.getElementById("tooltip");
  }

  setModel(model) {
    this.model = model;
  }

  // Shows segment `i`, or, if it is null, the shifts among `lanes`.
  show(i, lanes, state) {
    this.panel.replaceChildren(...(i === null ? this.overview(lanes, state) : this.position(i, lanes, state)));
    this.panel.scrollTop = 0;
  }
  focus() {
    this.panel.focus();
  }

  position(i, lanes, state) {
    const model = this.model, s = model.segment;
    const topic = model.topics[s.topic[i]];
    const grounds = model.evidence(i, state);
    const from = s.from[i] === UNDATED ? "since an unknown day" : "from " + formatDay(s.from[i]);
    return [
      element("h2", {}, model.actorName(s.actor[i])),
      element("p", { class: "topic" }, model.topicName(s.topic[i])),
      topic.proposition ? element("p", { class: "proposition" }, `For or against: “${clean(topic.proposition)}”`) : null,
      element("p", { class: "stance" }, element("span", { class: "badge " + model.side(i) }, SIGNS[model.side(i)] + " " + model.label(i))),
      element("p", { class: "dates" }, from + model.untilText(i, state)),
      model.isRevised(i, state) ? element("p", { class: "note" }, "This is what was known then. It was put right or added to later.") : null,
      this.moves(i, lanes),
      element("h3", {}, plural(grounds.length, "statement") + " it rests on"),
      ...grounds.map((statement) => element("article", { class: "ground" }, quotation(model, statement), sourceOf(model, statement), factsOf(model, statement))),
    ].filter((node) => node !== null);
  }

  moves(i, lanes) {
    const s = this.model.segment;
    const lane = lanes.find((one) => one.actor === s.actor[i] && one.topic === s.topic[i]);
    const at = lane ? lane.segments.indexOf(i) : -1;
    const move = (text, to) => element("button", { type: "button", disabled: to === undefined, onclick: () => this.on.choose(to) }, text);
    return element("p", { class: "moves" }, move("← Before", at < 0 ? undefined : lane.segments[at - 1]), move("After →", at < 0 ? undefined : lane.segments[at + 1]),
        element("button", { type: "button", onclick: () => this.on.close() }, "All shifts"));
  }

  overview(lanes, state) {
    const kMost = 60;
    const model = this.model, shift = model.shift;
    const shifts = [];
    for (const lane of lanes) for (const i of lane.shifts) if (shift.day[i] <= state.asOf) shifts.push({ i, lane });
    shifts.sort((a, b) => shift.day[b.i] - shift.day[a.i] || a.i - b.i);
    const items = shifts.slice(0, kMost).map(({ i, lane }) => element("li", {}, element("button", { type: "button", onclick: () => this.on.choose(segmentAt(model, lane, shift.day[i])) },
        element("time", {}, formatDay(shift.day[i])), element("strong", {}, model.actorName(shift.actor[i])),
        element("span", { class: "what" }, `${clean(model.words[shift.before[i]])} → ${clean(model.words[shift.after[i]])}: ${model.topicName(shift.topic[i])}` +
            (shift.other[i] ? " (another spoke)" : "")))));
    return [
      element("h2", {}, shifts.length === 0 ? "No shift of position" : plural(shifts.length, "shift") + " of position"),
      element("p", { class: "hint" }, "The latest first. Choose one, or any bar of the timeline, for the words it rests on."),
      element("ul", { class: "shiftlist" }, items),
      shifts.length > kMost ? element("p", { class: "hint" }, `${shifts.length - kMost} more are in the timeline.`) : null,
    ].filter((node) => node !== null);
  }

  hover(i, state, event) {
    if (i === null) {
      this.tooltip.hidden = true;
      return;
    }
    const model = this.model, s = model.segment;
    const grounds = model.evidence(i, state);
    const words = model.wordsOf(grounds[0]);
    const article = grounds.length ? model.articles[grounds[0].article || 0] || {} : {};
    this.tooltip.replaceChildren(
        element("p", {}, element("strong", {}, model.actorName(s.actor[i])), " ", SIGNS[model.side(i)] + " " + model.label(i)),
        element("p", { class: "small" }, `${model.topicName(s.topic[i])}, ${s.from[i] === UNDATED ? "undated" : "from " + formatDay(s.from[i])}${model.untilText(i, state)}`),
        words ? element("p", { class: "quote" }, words.length > 220 ? words.slice(0, 219) + "…" : words) : "",
        element("p", { class: "small" }, [clean(article.publisher), clean(article.published), plural(grounds.length, "statement"), "click for all"].filter(Boolean).join(" · ")));
    this.tooltip.hidden = false;
    const box = this.tooltip.getBoundingClientRect();
    const left = Math.min(event.clientX + 14, window.innerWidth - box.width - 8);
    const below = event.clientY + 18;
    this.tooltip.style.left = Math.max(left, 4) + "px";
    this.tooltip.style.top = (below + box.height > window.innerHeight ? event.clientY - box.height - 12 : below) + "px";
  }
}

// The segment of `lane` that begins on `day`, or the one that then holds.
function segmentAt(model, lane, day) {
  let at = lane.segments[0];
  for (const i of lane.segments) if (model.segment.from[i] <= day) at = i;
  return at;
}

// The same as a table, a part at a time.
class List {
  constructor(choose) {
    this.choose = choose;
    this.size = 200;
    this.body = document.getElementById("list-body");
    this.toggle = document.getElementById("list-toggle");
    this.toggle.addEventListener("click", () => this.open(this.body.hidden));
  }
  open(open) {
    this.body.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    if (open && this.lanes) this.draw();
  }
  show(model, lanes, state) {
    Object.assign(this, { model, lanes, state, shown: this.size });
    if (!this.body.hidden) this.draw();
  }
  draw() {
    const { model, state } = this;
    const rows = [];
    let count = 0;
    for (const lane of this.lanes) {
      for (const i of lane.segments) {
        if (model.segment.from[i] > state.asOf) continue;
        if (count++ < this.shown) rows.push(this.row(i));
      }
    }
    const head = ["Actor", "Topic", "Stance", "From", "Until", "Words", "Statements"];
    this.body.replaceChildren(
        element("table", {}, element("caption", {}, plural(count, "position")),
            element("thead", {}, element("tr", {}, head.map((name) => element("th", { scope: "col" }, name)))), element("tbody", {}, rows)));
    if (count > this.shown) {
      this.body.append(element("p", { class: "more" }, `${this.shown} of ${count} `, element("button", { type: "button", onclick: () => {
        this.shown += this.size;
        this.draw();
      } }, "Show more")));
    }
  }
  row(i) {
    const { model, state } = this, s = model.segment;
    const ended = s.to[i] <= state.asOf && s.to[i] !== STILL;
    return element("tr", {}, [model.actorName(s.actor[i]), model.topicName(s.topic[i]), model.label(i), formatDay(s.from[i]), ended ? formatDay(s.to[i]) : "still", model.firstWords(i)]
        .map((text) => element("td", { dir: "auto" }, text)),
    element("td", {}, element("button", { type: "button", "aria-label": "Evidence: " + model.describe(i, state), onclick: () => this.choose(i) }, String(model.evidence(i, state).length))));
  }
}
