"use strict";
// What the page knows and what it may show of it. No drawing, no document.

const UNDATED = -2147483648;
const STILL = 2147483647;
const OWN = 1, ROLLED_UP = 2;

// What acts on a reader's screen instead of being read: control characters and
// marks that turn the direction of writing. Each becomes one sign, so that
// offsets stay what they are.
const ACTING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
function clean(text) {
  return (text || "").replace(ACTING, "\ufffd");
}

function dayToDate(day) {
  return new Date(day * 86400000);
}
function dateToDay(date) {
  return Math.floor(date.getTime() / 86400000);
}
function formatDay(day) {
  return day === UNDATED ? "undated" : dayToDate(day).toISOString().slice(0, 10);
}
// A day of the form 2025-04-16; null if it is none.
function parseDay(text) {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text + "T00:00:00Z") : null;
  return date && !isNaN(date) ? dateToDay(date) : null;
}
function plural(count, thing) {
  return count.toLocaleString("en") + " " + thing + (count === 1 ? "" : "s");
}

class Model {
  constructor(data) {
    this.data = data;
    this.actors = data.actors || [];
    this.topics = data.topics || [];
    this.articles = data.articles || [];
    this.passages = data.passages || [];
    this.statements = data.statements || [];
    this.known = data.known || [{}];
    this.readSegments(data.segments || {});
    this.readShifts(data.shifts || {});
    this.lanes = this.findLanes();
    this.findDays();
  }

  readSegments(columns) {
    const ints = (name) => Int32Array.from(columns[name] || []);
    this.segment = {
      actor: ints("actor"), topic: ints("topic"), from: ints("from"), to: ints("to"),
      stance: Float64Array.from(columns.stance || []), label: ints("label"),
      conditional: columns.conditional || [], evidence: ints("evidence"), end: ints("evidenceEnd"),
      views: ints("views"), knownFrom: ints("knownFrom"), knownUntil: ints("knownUntil"),
    };
    this.labels = columns.labels || [];
  }

  readShifts(columns) {
    const ints = (name) => Int32Array.from(columns[name] || []);
    this.shift = {
      actor: ints("actor"), topic: ints("topic"), day: ints("day"), kind: ints("kind"),
      before: ints("before"), after: ints("after"), other: columns.otherSpeaker || [],
      views: ints("views"), knownFrom: ints("knownFrom"), knownUntil: ints("knownUntil"),
    };
    this.words = columns.words || [];
  }

  // One lane for each actor and topic: rows [begin, end) of both tables, which
  // are in that order.
  findLanes() {
    const lanes = new Map();
    const width = Math.max(this.topics.length, 1);
    const cut = (table, begin, end) => {
      for (let i = 0; i < table.actor.length; ++i) {
        const key = table.actor[i] * width + table.topic[i];
        let lane = lanes.get(key);
        if (!lane) {
          lane = { key, actor: table.actor[i], topic: table.topic[i], begin: 0, end: 0, firstShift: 0, lastShift: 0 };
          lanes.set(key, lane);
        }
        if (lane[end] === 0) lane[begin] = i;
        lane[end] = i + 1;
      }
    };
    cut(this.segment, "begin", "end");
    cut(this.shift, "firstShift", "lastShift");
    return [...lanes.values()];
  }

  findDays() {
    let first = Infinity, last = -Infinity;
    const see = (day) => {
      if (day === UNDATED || day === STILL || day === undefined) return;
      if (day < first) first = day;
      if (day > last) last = day;
    };
    for (const table of [this.segment.from, this.segment.to, this.shift.day]) for (const day of table) see(day);
    for (const statement of this.statements) see(statement.saidDay);
    if (first === Infinity) first = last = dateToDay(new Date(0));
    this.firstDay = first;
    this.lastDay = last;
  }

  sign(i) {
    return this.segment.stance[i] > 0.05 ? 1 : this.segment.stance[i] < -0.05 ? -1 : 0;
  }
  side(i) {
    return ["against", "neutral", "for"][this.sign(i) + 1];
  }
  label(i) {
    return clean(this.labels[this.segment.label[i]]);
  }
  actorName(actor) {
    return clean(this.actors[actor].name);
  }
  topicName(topic) {
    return clean(this.topics[topic].name);
  }

  // Whether a row of `table` is part of the view and the knowledge of `state`.
  stands(table, i, state) {
    return table.knownFrom[i] <= state.known && state.known < table.knownUntil[i] &&
        (table.views[i] & (state.rollup ? ROLLED_UP : OWN)) !== 0;
  }

  // What is known at the point of `state` and was put right later.
  isRevised(i, state) {
    return state.known < this.known.length - 1 && this.segment.knownUntil[i] < this.known.length;
  }

  // Statements of segment `i` that had been made by the day of `state`.
  evidence(i, state) {
    const begin = i === 0 ? 0 : this.segment.end[i - 1];
    const numbers = this.segment.evidence.subarray(begin, this.segment.end[i]);
    return [...numbers].map((n) => this.statements[n]).filter(
        (statement) => statement.saidDay === undefined || statement.saidDay <= state.asOf);
  }

  // The words of a statement; fragments joined as elsewhere.
  wordsOf(statement) {
    if (!statement || statement.passage === undefined) return "";
    const text = this.passages[statement.passage] || "";
    return clean((statement.content || []).map((span) => text.slice(span.begin || 0, span.end)).join(" … "))
        .replace(/\s+/g, " ");
  }
  // What to show in a word: of a content that says little alone ("it"), the
  // sentence.
  firstWords(i) {
    const begin = i === 0 ? 0 : this.segment.end[i - 1];
    if (begin === this.segment.end[i]) return "";
    const statement = this.statements[this.segment.evidence[begin]];
    const words = this.wordsOf(statement);
    return words.length < 16 && statement.passage !== undefined ? clean(this.passages[statement.passage]).replace(/\s+/g, " ") : words;
  }

  // Which statements the search of `state` finds; null if it finds all.
  searchWords(query) {
    if (query === "") return null;
    if (!this.lowerPassages) this.lowerPassages = this.passages.map((text) => text.toLowerCase());
    const found = this.lowerPassages.map((text) => text.includes(query));
    return (i) => {
      const begin = i === 0 ? 0 : this.segment.end[i - 1];
      for (let n = begin; n < this.segment.end[i]; ++n) {
        const passage = this.statements[this.segment.evidence[n]].passage;
        if (passage !== undefined && found[passage]) return true;
      }
      return false;
    };
  }

  // The lanes of `state` that have something to show, each with the indices of
  // its segments and shifts, in order of time.
  select(state) {
    const query = state.query.trim().toLowerCase();
    const byWords = this.searchWords(query);
    const named = (name) => name.toLowerCase().includes(query);
    const lanes = [];
    for (const lane of this.lanes) {
      if (state.actor !== "" && this.actors[lane.actor].id !== state.actor) continue;
      if (state.topic !== "" && this.topics[lane.topic].id !== state.topic) continue;
      const whole = byWords === null || named(this.actorName(lane.actor)) || named(this.topicName(lane.topic));
      const segments = [];
      for (let i = lane.begin; i < lane.end; ++i) {
        if (this.stands(this.segment, i, state) && state.stances[this.side(i)] && (whole || byWords(i))) segments.push(i);
      }
      // Those who had not taken a side by then are left out, but not while the
      // day is still being moved.
      if (segments.length === 0 || (!state.sliding && this.segment.from[segments[0]] > state.asOf)) continue;
      const shifts = [];
      for (let i = lane.firstShift; i < lane.lastShift; ++i) {
        if (this.stands(this.shift, i, state)) shifts.push(i);
      }
      if (state.shifted && shifts.length === 0) continue;
      lanes.push({ ...lane, segments, shifts });
    }
    return this.sortLanes(lanes, state);
  }

  sortLanes(lanes, state) {
    const groupOf = (lane) => (state.group === "topic" ? lane.topic : lane.actor);
    const otherOf = (lane) => (state.group === "topic" ? lane.actor : lane.topic);
    const groups = new Map();
    for (const lane of lanes) {
      const group = groups.get(groupOf(lane)) || { shifts: 0, latest: UNDATED };
      group.shifts += lane.shifts.length;
      group.latest = Math.max(group.latest, this.segment.from[lane.segments[lane.segments.length - 1]]);
      groups.set(groupOf(lane), group);
    }
    const weight = (lane) => {
      const group = groups.get(groupOf(lane));
      return state.order === "shifts" ? -group.shifts : state.order === "latest" ? -group.latest : 0;
    };
    return lanes.sort((a, b) => weight(a) - weight(b) || groupOf(a) - groupOf(b) || otherOf(a) - otherOf(b));
  }

  // What segment `i` is, for a reader who does not see it.
  describe(i, state) {
    const s = this.segment;
    const until = this.untilText(i, state);
    return `${this.actorName(s.actor[i])} on ${this.topicName(s.topic[i])}: ${this.label(i)}, ` +
        `${s.from[i] === UNDATED ? "since an unknown day" : "from " + formatDay(s.from[i])}${until}. ` +
        `${plural(this.evidence(i, state).length, "statement")}.`;
  }
  untilText(i, state) {
    const to = this.segment.to[i];
    if (to === STILL || to > state.asOf) return ", still held";
    return to === this.segment.from[i] ? ", changed the same day" : " until " + formatDay(to);
  }
}
