// The lanes. Draws what is in sight and nothing else: lanes by the scroll
// position, segments by the stretch of time, and segments too narrow to see
// together as one block.

const LANE = 40, HEAD = 30, GUTTER = 236, BAR = 17;
const NARROW = 3, BIN = 7;  // pixels
const TOPS = { for: 2.5, neutral: 11.5, against: 20.5 };
const SIGNS = { for: "▲", neutral: "●", against: "▼" };

class Chart {
  // `on` are called: choose(i), hover(i or null, event), asOf(day), moved().
  constructor(model, on) {
    this.on = on;
    this.scroll = document.getElementById("scroll");
    this.svg = d3.select("#chart");
    this.axis = d3.select("#axis");
    this.overview = d3.select("#overview");
    this.measure = document.createElement("canvas").getContext("2d");
    this.measure.font = "11.5px system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif";
    for (const name of ["grid", "lanes", "steps", "segments", "shifts", "over"]) this[name] = this.svg.append("g").attr("class", name + "-layer");
    this.active = null;
    this.rows = [];
    this.setModel(model);
    this.prepareZoom();
    this.prepareOverview();
    this.scroll.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.resize()).observe(document.getElementById("timeline"));
    this.svg.on("keydown", () => this.onKey(d3.event));
    this.svg.on("blur", () => this.setActive(null));
  }

  setModel(model) {
    this.model = model;
    const span = Math.max(model.lastDay - model.firstDay, 1);
    // Room at the end, to read what began last.
    this.base = d3.scaleUtc().domain([dayToDate(model.firstDay - Math.ceil(span * 0.03)), dayToDate(model.lastDay + Math.ceil(span * 0.14))]);
    this.x = this.base.copy();
  }

  resize() {
    this.width = Math.max(this.scroll.clientWidth, 320);
    this.gutter = this.width < 640 ? 120 : GUTTER;
    const range = [this.gutter, this.width];
    this.base.range(range);
    this.x.range(range);
    this.zoom.extent([[this.gutter, 0], [this.width, 100]]).translateExtent([[this.gutter, 0], [this.width, 100]]);
    this.drawOverview();
    this.draw();
  }

  // `lanes` as Model.select gives them.
  show(lanes, state) {
    this.state = state;
    this.rows = [];
    let top = 0, group = null, odd = false;
    for (const lane of lanes) {
      const of = state.group === "topic" ? lane.topic : lane.actor;
      if (of !== group) {
        this.rows.push({ head: true, top, height: HEAD, lane });
        top += HEAD;
        group = of;
        odd = false;
      }
      this.rows.push({ head: false, top, height: LANE, lane, odd });
      top += LANE;
      odd = !odd;
    }
    this.height = top;
    document.getElementById("spacer").style.height = this.scroll.style.height = top + "px";
    this.drawOverview();
    this.draw();
  }

  // The rows in sight.
  inSight() {
    const view = this.printing ? this.height : this.scroll.clientHeight || 600;
    const begin = this.printing ? 0 : this.scroll.scrollTop;
    const first = d3.bisector((row) => row.top + row.height).right(this.rows, begin);
    const rows = [];
    for (let n = first; n < this.rows.length && this.rows[n].top < begin + view; ++n) rows.push(this.rows[n]);
    return { rows, begin, view };
  }

  draw() {
    if (!this.state || !this.width) return;
    performance.mark("draw-begin");
    const { rows, begin, view } = this.inSight();
    const height = this.printing ? this.height : Math.min(this.height, this.scroll.clientHeight || view);
    this.svg.attr("height", Math.max(height, 1)).attr("width", this.width);
    this.offset = begin;
    const marks = { segments: [], dense: [], steps: [], shifts: [] };
    for (const row of rows) if (!row.head) this.collect(row, marks);
    this.drawAxis(height);
    this.drawRows(rows);
    this.drawSegments(marks.segments);
    this.drawDense(marks.dense);
    this.drawShifts(marks);
    this.drawAsOf(height);
    performance.mark("draw-end");
    performance.measure("onrecord-draw", "draw-begin", "draw-end");
  }

  // Where segment `i` begins and ends, in pixels, cut to what is in sight; null
  // if it is out of sight.
  extent(i, limit) {
    const s = this.model.segment;
    if (s.from[i] !== UNDATED && s.from[i] > this.state.asOf) return null;
    const from = s.from[i] === UNDATED ? this.gutter : this.x(dayToDate(s.from[i]));
    const ended = s.to[i] <= this.state.asOf;
    const to = ended ? this.x(dayToDate(s.to[i])) : limit;
    if (to < this.gutter || from > this.width) return null;
    return { from, to: Math.max(to, from), open: !ended, x0: Math.max(from, this.gutter), x1: Math.min(Math.max(to, from), this.width) };
  }

  // What row shows, into `marks`.
  collect(row, marks) {
    const past = this.state.asOf < this.model.lastDay;
    const limit = past ? Math.min(this.x(dayToDate(this.state.asOf + 1)), this.width) : Math.min(this.x(this.base.domain()[1]) - 9, this.width);
    let bin = null;
    const close = () => {
      if (bin) marks.dense.push(bin);
      bin = null;
    };
    for (const i of row.lane.segments) {
      const extent = this.extent(i, Math.max(limit, this.gutter));
      if (!extent) continue;
      const alone = extent.x1 - extent.x0 >= NARROW;
      if (bin && (alone || extent.x0 - bin.x0 >= BIN)) close();
      if (alone) {
        marks.segments.push({ i, row, ...extent });
        continue;
      }
      if (!bin) bin = { key: row.lane.key + ":" + i, row, x0: extent.x0, for: 0, neutral: 0, against: 0, items: [] };
      bin.x1 = Math.max(extent.x1, bin.x0 + BIN - 1);
      ++bin[this.model.side(i)];
      bin.items.push(i);
    }
    close();
    let last = -Infinity;
    for (const i of row.lane.shifts) {
      const day = this.model.shift.day[i];
      if (day === UNDATED || day > this.state.asOf) continue;
      const x = this.x(dayToDate(day));
      if (x < this.gutter || x > this.width || x - last < 4) continue;
      last = x;
      marks.shifts.push({ i, row, x });
    }
  }

  y(row) {
    return row.top - this.offset;
  }

  drawAxis(height) {
    const ticks = this.x.ticks(Math.max(Math.round((this.width - this.gutter) / 110), 2)).filter((tick) => this.x(tick) < this.width - 28);
    this.axis.selectAll("g.ax").data([0]).join("g").attr("class", "ax").attr("transform", "translate(0,0.5)")
        .call(d3.axisBottom(this.x).tickValues(ticks).tickSizeOuter(0))
        .call((g) => g.select(".domain").remove());
    this.grid.selectAll("line").data(ticks).join("line").attr("class", "grid")
        .attr("x1", (d) => this.x(d)).attr("x2", (d) => this.x(d)).attr("y1", 0).attr("y2", height);
  }

  fit(text, width) {
    if (this.measure.measureText(text).width <= width) return text;
    let low = 0, high = Math.min(text.length, Math.ceil(width / 2.5));
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.measure.measureText(text.slice(0, middle) + "…").width <= width) low = middle;
      else high = middle - 1;
    }
    return low < 2 ? "" : text.slice(0, low).trimEnd() + "…";
  }

  // The name of a lane, over two lines if it needs them: parts as text, class,
  // x and y.
  twoLines(name) {
    const room = (this.gutter - 34) * 0.94;
    if (this.measure.measureText(name).width <= room) return [[name, null, 22, LANE / 2 + 4]];
    const words = name.split(" ");
    let first = words.shift();
    while (words.length && this.measure.measureText(first + " " + words[0]).width <= room) first += " " + words.shift();
    if (words.length === 0) return [[this.fit(name, room), null, 22, LANE / 2 + 4]];
    return [[this.fit(first, room), null, 22, LANE / 2 - 3.5], [this.fit(words.join(" "), room), null, 22, LANE / 2 + 11.5]];
  }

  drawRows(rows) {
    const model = this.model, byTopic = this.state.group === "topic";
    const name = (row) => (row.head === byTopic ? model.topicName(row.lane.topic) : model.actorName(row.lane.actor));
    const kind = (row) => (row.head && !byTopic ? clean(model.actors[row.lane.actor].kind) : "");
    const none = (row) => !row.head && row.lane.segments.every((i) => model.segment.from[i] > this.state.asOf);
    const lanes = this.lanes.selectAll("g.lane").data(rows, (row) => (row.head ? "h" : "") + row.lane.key).join((enter) => {
      const g = enter.append("g");
      g.append("rect").attr("class", "stripe");
      g.append("line").attr("class", "middle");
      g.append("text").attr("class", "name");
      g.append("title");
      return g;
    });
    lanes.attr("class", (row) => "lane" + (row.head ? " head" : row.odd ? " odd" : "") + (none(row) ? " none" : ""))
        .attr("transform", (row) => `translate(0,${this.y(row)})`);
    lanes.select(".stripe").attr("width", this.width).attr("height", (row) => row.height);
    lanes.select(".middle").attr("x1", this.gutter).attr("x2", this.width).attr("y1", LANE / 2).attr("y2", LANE / 2)
        .attr("visibility", (row) => (row.head ? "hidden" : null));
    lanes.select(".name").attr("y", HEAD / 2 + 4.5).selectAll("tspan")
        .data((row) => (row.head ? [[this.fit(name(row), this.width * 0.7), null], ["\u2002" + kind(row), "kind"]] : this.twoLines(name(row))))
        .join("tspan").text((part) => part[0]).attr("class", (part) => part[1]).attr("x", (part, n) => part[2] || (n === 0 ? 12 : null))
        .attr("y", (part) => part[3] || null);
    lanes.select("title").text((row) => (row.head && byTopic && model.topics[row.lane.topic].proposition) ?
        "For or against: " + clean(model.topics[row.lane.topic].proposition) : name(row));
  }

  drawSegments(items) {
    const model = this.model;
    const groups = this.segments.selectAll("g.segment").data(items, (d) => d.i).join((enter) => {
      const g = enter.append("g").attr("role", "option").attr("id", (d) => "s" + d.i);
      g.append("rect").attr("class", "bar");
      g.append("rect").attr("class", "ring");
      g.append("path").attr("class", "open");
      g.append("line").attr("class", "fade");
      g.append("text");
      g.on("click", (d) => this.on.choose(d.i));
      g.on("mousemove", (d) => this.on.hover(d.i, d3.event)).on("mouseleave", () => this.on.hover(null, d3.event));
      return g;
    });
    groups.attr("class", (d) => this.classOf(d.i)).attr("transform", (d) => `translate(0,${this.y(d.row) + TOPS[model.side(d.i)]})`)
        .attr("aria-label", (d) => model.describe(d.i, this.state)).attr("aria-selected", (d) => String(d.i === this.state.chosen));
    groups.select(".bar").attr("x", (d) => d.x0 + 0.5).attr("width", (d) => Math.max(d.x1 - d.x0 - 1.5, 1)).attr("height", BAR);
    groups.select(".ring").attr("x", (d) => d.x0 - 1.5).attr("y", -2).attr("rx", 4).attr("width", (d) => d.x1 - d.x0 + 2.5).attr("height", BAR + 4);
    groups.select(".open").attr("d", (d) => (d.open && d.x1 < this.width ? `M${d.x1},0l7,${BAR / 2}l-7,${BAR / 2}z` : null));
    groups.select(".fade").attr("visibility", (d) => (model.segment.from[d.i] === UNDATED ? null : "hidden"))
        .attr("x1", (d) => d.x0 + 4).attr("x2", (d) => d.x0 + 4).attr("y1", 0).attr("y2", BAR);
    groups.select("text").attr("x", (d) => d.x0 + 6).attr("y", BAR - 4.5).text((d) => this.textOf(d));
    this.markActive();
  }

  classOf(i) {
    const model = this.model;
    const label = model.labels[model.segment.label[i]] || "";
    return `segment ${model.side(i)}` + (model.segment.conditional[i] ? " conditional" : "") +
        (label.includes("softened") ? " softened" : "") + (model.isRevised(i, this.state) ? " revised" : "") +
        (i === this.state.chosen ? " chosen" : "");
  }

  textOf(d) {
    const room = d.x1 - d.x0 - 12;
    if (room < 10) return "";
    const mark = SIGNS[this.model.side(d.i)];
    if (room < 34) return mark;
    const words = this.model.firstWords(d.i);
    return this.fit(`${mark} ${this.model.label(d.i)}${words ? " · " + words : ""}`, room) || mark;
  }

  // Many in little room: how many are for and how many against, by height.
  drawDense(bins) {
    const blocks = this.segments.selectAll("g.dense").data(bins, (d) => d.key).join((enter) => {
      const g = enter.append("g").attr("class", "dense");
      for (const part of ["up", "mid", "down"]) g.append("rect").attr("class", part);
      g.append("rect").attr("class", "hit").attr("height", LANE);
      g.append("title");
      g.on("click", (d) => (d.items.length === 1 ? this.on.choose(d.items[0]) : this.zoomTo(d.x0 - 12, d.x1 + 12)));
      return g;
    });
    const width = (d) => (d.items.length === 1 ? 3 : Math.max(Math.min(d.x1, this.width) - d.x0 - 1, 3));
    const tall = (count, d) => (count === 0 ? 0 : Math.max(3, (17 * count) / d.items.length));
    blocks.attr("transform", (d) => `translate(${d.x0},${this.y(d.row)})`);
    blocks.select(".up").attr("width", width).attr("y", (d) => 19.5 - tall(d.for, d)).attr("height", (d) => tall(d.for, d));
    blocks.select(".down").attr("width", width).attr("y", 20.5).attr("height", (d) => tall(d.against, d));
    blocks.select(".mid").attr("width", width).attr("y", 18).attr("height", (d) => (d.neutral ? 4 : 0));
    blocks.select(".hit").attr("width", (d) => width(d) + 2);
    blocks.select("title").text((d) => `${plural(d.items.length, "position")} here: ${d.for} for, ${d.neutral} neutral, ${d.against} against. Zoom in to tell them apart.`);
  }

  drawShifts({ shifts }) {
    const model = this.model;
    const kind = (d) => clean(model.words[model.shift.kind[d.i]]);
    const sideOf = (word) => (/\bagainst\b/.test(word) ? "against" : /\bneutral\b/.test(word) ? "neutral" : "for");
    const center = (word) => TOPS[sideOf(model.words[word])] + BAR / 2;
    const groups = this.shifts.selectAll("g.shift").data(shifts, (d) => d.i).join((enter) => {
      const g = enter.append("g");
      g.append("line").attr("class", "step");
      g.append("path");
      g.append("title");
      return g;
    });
    groups.attr("class", (d) => "shift " + kind(d)).attr("transform", (d) => `translate(${d.x},${this.y(d.row)})`);
    groups.select("line").attr("y1", (d) => center(model.shift.before[d.i])).attr("y2", (d) => center(model.shift.after[d.i]));
    groups.select("path").attr("transform", "translate(0,20)").attr("d", (d) => shiftShape(kind(d)));
    groups.select("title").text((d) => `${kind(d)} on ${formatDay(model.shift.day[d.i])}: ${clean(model.words[model.shift.before[d.i]])} → ` +
        `${clean(model.words[model.shift.after[d.i]])}${model.shift.other[d.i] ? " (another spoke)" : ""}`);
  }

  drawAsOf(height) {
    const past = this.state.asOf < this.model.lastDay;
    const x = Math.max(this.x(dayToDate(this.state.asOf + 1)), this.gutter);
    const shown = past && x < this.width;
    this.over.selectAll("rect.later").data(shown ? [0] : []).join("rect").attr("class", "later")
        .attr("x", x).attr("width", Math.max(this.width - x, 0)).attr("y", 0).attr("height", height);
    this.over.selectAll("line.now").data(shown ? [0] : []).join("line").attr("class", "now")
        .attr("x1", x).attr("x2", x).attr("y1", 0).attr("y2", height);
    this.axis.selectAll("text.flag").data(shown ? [0] : []).join("text").attr("class", "flag")
        .attr("x", Math.min(x + 4, this.width - 114)).attr("y", 17.5).text("as of " + formatDay(this.state.asOf));
  }

  // Zooming and moving.

  prepareZoom() {
    this.zoom = d3.zoom().scaleExtent([1, 4000])
        .filter(() => (d3.event.type === "wheel" ? d3.event.ctrlKey || d3.event.metaKey || d3.event.shiftKey : !d3.event.button))
        .on("zoom", () => {
          this.x = d3.event.transform.rescaleX(this.base);
          this.moveBrush();
          this.draw();
        })
        .on("end", () => this.on.moved());
    this.svg.call(this.zoom).on("dblclick.zoom", null);
    this.svg.node().addEventListener("wheel", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
      event.preventDefault();
      this.zoom.translateBy(this.svg, -event.deltaX / d3.zoomTransform(this.svg.node()).k, 0);
    }, { passive: false });
  }
  zoomBy(factor) {
    this.zoom.scaleBy(this.svg, factor, [(this.gutter + this.width) / 2, 0]);
  }
  zoomAll() {
    this.zoom.transform(this.svg, d3.zoomIdentity);
  }
  zoomTo(x0, x1) {
    this.setDomain(this.x.invert(x0), this.x.invert(x1));
  }
  setDomain(from, to) {
    const a = this.base(from), b = this.base(to), width = this.width - this.gutter;
    const k = Math.min(Math.max(width / Math.max(b - a, 1e-6), 1), 4000);
    this.zoom.transform(this.svg, d3.zoomIdentity.translate(this.gutter - k * a, 0).scale(k));
  }
  domain() {
    return d3.zoomTransform(this.svg.node()).k > 1.001 ? this.x.domain() : null;
  }

  prepareOverview() {
    this.bars = this.overview.append("g");
    this.brush = d3.brushX().on("brush end", () => {
      if (!d3.event.sourceEvent || d3.event.sourceEvent.type === "zoom") return;
      const selection = d3.event.selection;
      if (!selection) return this.zoomAll();
      this.setDomain(this.base.invert(selection[0]), this.base.invert(selection[1]));
    });
    this.brushed = this.overview.append("g").attr("class", "brush");
  }
  moveBrush() {
    const [from, to] = this.x.domain();
    const whole = d3.zoomTransform(this.svg.node()).k <= 1.001;
    this.brushed.call(this.brush.move, whole ? null : [Math.max(this.base(from), this.gutter), Math.min(this.base(to), this.width)]);
  }

  drawOverview() {
    if (!this.state || !this.width) return;
    const height = 46, step = 6, count = Math.max(Math.ceil((this.width - this.gutter) / step), 1);
    const held = new Uint32Array(count), shifted = new Uint32Array(count);
    const bin = (day) => Math.min(Math.max(Math.floor((this.base(dayToDate(day)) - this.gutter) / step), 0), count - 1);
    for (const row of this.rows) {
      if (row.head) continue;
      for (const i of row.lane.segments) if (this.model.segment.from[i] !== UNDATED) ++held[bin(this.model.segment.from[i])];
      for (const i of row.lane.shifts) if (this.model.shift.day[i] !== UNDATED) ++shifted[bin(this.model.shift.day[i])];
    }
    const tallest = Math.max(d3.max(held) || 1, 1);
    const draw = (name, counts) => {
      const filled = [];
      counts.forEach((n, at) => n && filled.push({ n, at }));
      this.bars.selectAll("rect." + name).data(filled).join("rect").attr("class", name).attr("x", (d) => this.gutter + d.at * step)
          .attr("width", step - 1).attr("height", (d) => 3 + (34 * d.n) / tallest).attr("y", (d) => height - 4 - (3 + (34 * d.n) / tallest));
    };
    draw("bar", held);
    draw("shiftbar", shifted);
    this.bars.selectAll("rect.key").data(["bar", "shiftbar"]).join("rect").attr("class", (d) => "key " + d)
        .attr("x", 12).attr("y", (d, n) => 10 + n * 15).attr("width", 9).attr("height", 9);
    this.bars.selectAll("text").data(["positions that begin", "shifts"]).join("text").attr("x", 27).attr("y", (d, n) => 19 + n * 15).text((d) => d);
    this.brush.extent([[this.gutter, 1], [this.width, height - 1]]);
    this.brushed.call(this.brush);
    this.moveBrush();
  }

  // The keyboard.

  onKey(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (moves[event.key]) this.moveActive(...moves[event.key]);
    else if ((event.key === "Enter" || event.key === " ") && this.active !== null) this.on.choose(this.active, true);
    else if (event.key === "+" || event.key === "=") this.zoomBy(1.6);
    else if (event.key === "-") this.zoomBy(1 / 1.6);
    else if (event.key === "0") this.zoomAll();
    else if (event.key === "Home" || event.key === "End") this.moveToEnd(event.key === "End");
    else return;
    event.preventDefault();
  }
  laneRows() {
    return this.rows.filter((row) => !row.head);
  }
  begun(row) {
    return row.lane.segments.filter((i) => this.model.segment.from[i] <= this.state.asOf);
  }
  moveToEnd(last) {
    const rows = this.laneRows().filter((row) => this.begun(row).length > 0);
    if (rows.length === 0) return;
    const row = rows[last ? rows.length - 1 : 0];
    const segments = this.begun(row);
    this.setActive(segments[last ? segments.length - 1 : 0], row);
  }
  moveActive(dx, dy) {
    const rows = this.laneRows();
    let at = rows.findIndex((row) => this.active !== null && row.lane.segments.includes(this.active));
    if (at < 0) return this.moveToEnd(false);
    const begins = (i) => this.model.segment.from[i];
    if (dx !== 0) {
      const segments = this.begun(rows[at]);
      const next = segments[segments.indexOf(this.active) + dx];
      if (next !== undefined) this.setActive(next, rows[at]);
      return;
    }
    const from = begins(this.active);
    for (at += dy; rows[at]; at += dy) {
      const segments = this.begun(rows[at]);
      if (segments.length === 0) continue;
      const nearest = segments.reduce((best, i) => (begins(i) <= from ? i : best), segments[0]);
      return this.setActive(nearest, rows[at]);
    }
  }
  setActive(i, row) {
    this.active = i;
    if (i !== null && row) this.bringIntoSight(i, row);
    this.markActive();
    if (i !== null) this.on.activate(i);
  }
  bringIntoSight(i, row) {
    const view = this.scroll.clientHeight;
    if (row.top < this.scroll.scrollTop) this.scroll.scrollTop = row.top - HEAD;
    if (row.top + row.height > this.scroll.scrollTop + view) this.scroll.scrollTop = row.top + row.height - view;
    const from = this.model.segment.from[i], to = this.model.segment.to[i];
    const x0 = from === UNDATED ? this.gutter : this.x(dayToDate(from));
    const x1 = to === STILL ? this.width : this.x(dayToDate(to));
    const k = d3.zoomTransform(this.svg.node()).k;
    if (x1 < this.gutter + 8 || x0 > this.width - 8) this.zoom.translateBy(this.svg, ((this.gutter + this.width) / 2 - x0) / k, 0);
    const span = Math.min(x1, this.width) - Math.max(x0, this.gutter);
    if (span < NARROW && from !== UNDATED) {
      const days = Math.max((Math.min(to, this.model.lastDay) - from) * 12, 12);
      this.setDomain(dayToDate(from - days / 2), dayToDate(from + days / 2));
    }
    this.draw();
  }
  markActive() {
    this.segments.selectAll("g.segment").classed("active", (d) => d.i === this.active);
    const shown = this.active !== null && document.getElementById("s" + this.active);
    this.svg.attr("aria-activedescendant", shown ? "s" + this.active : null);
  }
}

function shiftShape(kind) {
  if (kind === "softening") return "M-6,-4L6,-4L0,6Z";
  if (kind === "hardening") return "M-6,4L6,4L0,-6Z";
  return "M0,-7L6,0L0,7L-6,0Z";
}
