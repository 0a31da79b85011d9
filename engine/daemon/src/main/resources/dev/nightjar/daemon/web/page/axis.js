/** Where on a line from 0 to 1 the moments of a run lie. Long stretches in which nobody had the run are drawn short. */
import {ms} from '/assets/figures.js';

const CUT = 0.03, SHORT = 0.06, MOST_CUTS = 10;

/** As the engine's own time axis; `now` is where it ends while the run has no end. */
export function axisOf(run, now) {
  const start = Math.min(...[run.started, ...(run.queued || []).map(one => one.from), ...run.steps.slice(0, 50).flatMap(step => step.spans.slice(0, 1).map(span => span.from))].map(ms));
  const end = Math.max(start + 1, run.ended ? ms(run.ended) : now);
  const cuts = (run.pauses || []).map(pause => ({from: ms(pause.from), to: ms(pause.to)})).filter(pause => (pause.to - pause.from) / (end - start) > SHORT && pause.from >= start).slice(0, MOST_CUTS);
  const worked = end - start - cuts.reduce((sum, cut) => sum + cut.to - cut.from, 0);
  const scale = (1 - CUT * cuts.length) / Math.max(1, worked);
  const pieces = [];
  let at = start, place = 0;
  for (const cut of cuts) {
    const next = place + (cut.from - at) * scale;
    pieces.push({from: at, to: cut.from, start: place, end: next}, {from: cut.from, to: cut.to, start: next, end: next + CUT, cut: true});
    place = next + CUT;
    at = cut.to;
  }
  pieces.push({from: at, to: end, start: place, end: 1});
  return {pieces, end, worked, place: moment => placeOf(pieces, moment)};
}

function placeOf(pieces, moment) {
  for (const piece of pieces) if (moment < piece.to) {
    const share = piece.to > piece.from ? (moment - piece.from) / (piece.to - piece.from) : 0;
    return piece.start + Math.min(1, Math.max(0, share)) * (piece.end - piece.start);
  }
  return 1;
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400].map(s => s * 1000)];

/** At most so many marks, each with its place and the seconds worked until there. */
export function ticks(axis, most) {
  const step = STEPS.find(one => axis.worked / one <= most) || Math.ceil(axis.worked / most / 86400000) * 86400000;
  const found = [];
  for (let at = 0; at <= axis.worked; at += step) {
    let left = at;
    for (const piece of axis.pieces.filter(one => !one.cut)) {
      if (left <= piece.to - piece.from) {
        found.push([axis.place(piece.from + left), at / 1000]);
        break;
      }
      left -= piece.to - piece.from;
    }
  }
  return found;
}
