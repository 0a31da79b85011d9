/** What comes and what came, by day: a week or a month in columns, or a list where there is little room. */
import {el, fill, calm} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {count, dayKey, dayName, hourMinute, monthName, ms, offsetAt, plural, shownZone, time} from '/assets/figures.js';
import {causeLabel, empty, facts, isTrigger, note, runLink, tell, toneOf, workflowLink} from '/assets/parts.js';

const DAY = 86400000;
/** In one cell; the others are told when the day is opened. */
const IN_WEEK = 40, IN_MONTH = 4, IN_LIST = 100;

/** Midnight of a day in the shown zone; twice, since the offset may be another one there. */
function midnight(key) {
  const utc = Date.parse(key + 'T00:00:00Z');
  const first = utc - offsetAt(utc);
  return utc - offsetAt(first);
}
const plus = (key, days) => new Date(Date.parse(key + 'T12:00:00Z') + days * DAY).toISOString().slice(0, 10);
const weekday = key => (new Date(key + 'T12:00:00Z').getUTCDay() + 6) % 7;

/** The days that a view shows, from the day that was chosen. */
function daysOf(kind, key) {
  if (kind === 'month') {
    const first = plus(key.slice(0, 8) + '01', -weekday(key.slice(0, 8) + '01'));
    const last = plus(key.slice(0, 8) + '28', 4).slice(0, 8) + '01';
    const days = Math.ceil((Date.parse(last) - Date.parse(first)) / DAY / 7) * 7;
    return Array.from({length: days}, (_, i) => plus(first, i));
  }
  const first = plus(key, -weekday(key));
  return Array.from({length: 7}, (_, i) => plus(first, i));
}

/** What became of a time: its tone, and in a word. */
function fate(one, now) {
  const decision = one.decision;
  if (!decision) return ms(one.time) > now ? ['next', 'comes'] : ['idle', 'unknown'];
  return decision.run ? [toneOf(decision.outcome || decision.state || 'running'), decision.outcome || decision.state || 'fired'] : ['warn', 'passed'];
}

/** Tells by shape what the colour tells. */
const SIGNS = {comes: '○', succeeded: '✓', failed: '✕', passed: '–', skipped: '–', cancelled: '–', unfinished: '!', unknown: '?'};
const sign = word => el('span', {class: 'sign', 'aria-hidden': 'true'}, SIGNS[word] || '▸');

/** The same moment as the API takes it, with all its digits. */
const instant = text => new Date(ms(text)).toISOString().slice(0, 19) + (/\.\d+/.exec(text) || [''])[0] + 'Z';

/** A run that somebody asked for, as one that was due when it began. */
const asDue = run => ({time: run.started, timezone: shownZone(), workflow: run.workflow, trigger: run.trigger || '', decision: {run: run.id, state: run.state, outcome: run.outcome}});

/** The word for who asked, as short as a cell of the calendar needs it. */
const ASKED = {'@api': 'API', '@rerun': 'rerun', '': 'hand'};

async function explain(one) {
  const box = el('div', {}, facts([['Workflow', workflowLink(one.workflow)], [isTrigger(one.trigger) ? 'Trigger' : 'Began by', causeLabel(one.trigger)], ['Time', [time(one.time, true), ' (', shownZone(), ')']], one.timezone !== shownZone() ? ['Where it is set', `${one.time.slice(11, 16)} in ${one.timezone}`] : null, one.moved ? ['Moved', one.moved] : null,
    one.decision ? ['What came of it', one.decision.run ? ['run ', runLink(one.decision.run), `, ${fate(one)[1]}`] : 'passed: ' + (one.decision.reason || '')] : null]));
  if (isTrigger(one.trigger)) box.append(reasonsOf(one));
  await tell(`${one.workflow}, ${hourMinute(ms(one.time))}`, box);
}

/** Asked for when somebody looks. */
function reasonsOf(one) {
  const reasons = el('p', {role: 'status'}, '…');
  get(['schedule', 'why'], {workflow: one.workflow, trigger: one.trigger, at: instant(one.time)})
    .then(told => { reasons.textContent = told.items.map(item => item.text).join(' '); })
    .catch(refusal => { reasons.textContent = refusal.message; });
  return reasons;
}

function entry(one, now) {
  const [tone, word] = fate(one, now), asked = !isTrigger(one.trigger) && (ASKED[one.trigger] || 'asked for');
  const by = asked ? 'by ' + asked : one.trigger;
  return el('button', {type: 'button', class: `due ${tone}${asked ? ' asked' : ''}`, 'data-key': one.time + one.workflow + one.trigger, 'aria-label': `${hourMinute(ms(one.time))} ${one.workflow}, ${by}, ${word}${one.moved ? ', moved' : ''}`, title: `${one.workflow} · ${by} · ${word}`, on: {click: () => explain(one)}},
    sign(word), el('span', {class: 'at'}, hourMinute(ms(one.time))), el('span', {class: 'what'}, one.workflow), asked ? el('span', {class: 'by'}, asked) : null, one.moved ? el('span', {class: 'moved', 'aria-hidden': 'true'}, '↷') : null);
}

/** Many times of one trigger in a day are one line: `every` minute is no calendar. */
function gathered(items, most) {
  const by = Map.groupBy(items, one => one.workflow + '\n' + one.trigger);
  const single = [], often = [];
  for (const all of by.values()) (all.length > 12 ? often : single).push(all);
  const shown = single.flat().sort((a, b) => ms(a.time) - ms(b.time));
  return {often, shown: shown.slice(0, most), left: shown.length - most};
}

function oftenEntry(all, now) {
  const bad = all.find(one => fate(one, now)[0] === 'bad'), next = all.find(one => ms(one.time) >= now) || all.at(-1);
  const asked = isTrigger(all[0].trigger) ? '' : ASKED[all[0].trigger] || 'asked for', [tone, word] = fate(bad || (ms(all[0].time) > now ? all[0] : next), now);
  return el('button', {type: 'button', class: `due often ${tone}${asked ? ' asked' : ''}`, 'aria-label': `${plural(all.length, 'time')} ${all[0].workflow}, ${asked ? 'by ' + asked : all[0].trigger}, ${bad ? 'some failed' : word}`, 'data-key': 'often' + all[0].time + all[0].workflow + all[0].trigger, title: `${all[0].workflow} · ${all[0].trigger}`, on: {click: () => explain(bad || next)}},
    sign(word), el('span', {class: 'at'}, count(all.length) + '×'), el('span', {class: 'what'}, all[0].workflow), asked ? el('span', {class: 'by'}, asked) : null);
}

/** `open` shows all of a day. */
function cell(key, items, most, now, today, outside, open) {
  const {often, shown, left} = gathered(items, most);
  return el('div', {class: 'day' + (key === today ? ' today' : '') + (outside ? ' outside' : ''), role: 'listitem'}, el('h2', {class: 'day-name', id: 'day-' + key, tabindex: -1}, dayName(Date.parse(key + 'T12:00:00Z') - offsetAt(Date.parse(key + 'T12:00:00Z'))), key === today ? el('span', {class: 'unseen'}, ', today') : null),
    el('div', {class: 'dues'}, often.map(all => oftenEntry(all, now)), shown.map(one => entry(one, now))), left > 0 ? el('button', {type: 'button', class: 'link', 'data-key': 'more-' + key, on: {click: () => open(key)}}, `and ${count(left)} more`) : null, !items.length ? el('span', {class: 'unseen'}, 'nothing') : null);
}

export async function show(page) {
  page.title('Schedule');
  const narrow = matchMedia('(max-width: 800px)');
  let kind = narrow.matches ? 'list' : 'week', key = dayKey(Date.now()), whole = '', over = false;
  const heading = el('h1', {});
  const kinds = el('div', {class: 'segments', role: 'group', 'aria-label': 'How to show it'}, ['week', 'month', 'list'].map(one => el('button', {type: 'button', 'data-kind': one, on: {click: () => { kind = one; draw(); }}}, one[0].toUpperCase() + one.slice(1))));
  const step = by => () => { key = kind === 'month' ? plus(key.slice(0, 8) + (by < 0 ? '01' : '28'), by < 0 ? -1 : 4) : plus(key, by * 7); draw(); };
  const said = el('span', {class: 'muted', role: 'status'}), room = el('div', {});
  fill(page.room, el('div', {class: 'title'}, heading, el('div', {class: 'tools end'}, el('button', {type: 'button', 'aria-label': 'Earlier', on: {click: step(-1)}}, '‹'), el('button', {type: 'button', on: {click: () => { key = dayKey(Date.now()); draw(); }}}, 'Now'), el('button', {type: 'button', 'aria-label': 'Later', on: {click: step(1)}}, '›'), kinds)),
    el('div', {class: 'tools legend-line'}, [['next', 'comes'], ['good', 'succeeded'], ['bad', 'failed'], ['warn', 'passed']].map(([tone, word]) => el('span', {class: 'key ' + tone}, sign(word), word)), el('span', {class: 'key asked'}, el('span', {class: 'by'}, 'hand'), 'asked for, not due'), said), room);

  const open = day => { whole = key = day; kind = 'list'; draw().then(() => { const there = document.getElementById('day-' + day); if (there) { there.scrollIntoView(); there.focus(); } }); };

  async function read() {
    const days = daysOf(kind, key), now = Date.now(), today = dayKey(now);
    const from = midnight(days[0]), to = midnight(plus(days.at(-1), 1));
    const due = await get(['schedule'], {from: new Date(from).toISOString(), to: new Date(to).toISOString()});
    if (over) return;
    const items = [...due.items, ...due.asked.map(asDue)];
    heading.textContent = kind === 'month' ? monthName(midnight(plus(key.slice(0, 8) + '15', 0))) : `${dayName(from)} – ${dayName(midnight(days.at(-1)))}`;
    for (const one of kinds.children) one.setAttribute('aria-pressed', String(one.dataset.kind === kind));
    said.textContent = `${due.complete ? '' : 'a part of all: '}${plural(due.items.length, 'time')}${due.asked.length ? ' and ' + plural(due.asked.length, 'run') + ' asked for' : ''}, in ${shownZone()}`;
    const by = Map.groupBy(items, one => dayKey(ms(one.time)));
    if (kind === 'list') {
      const with_ = days.filter(day => by.has(day));
      fill(room, with_.length ? el('div', {class: 'agenda card', role: 'list'}, with_.map(day => cell(day, by.get(day), whole === day ? Infinity : IN_LIST, now, today, false, open))) : empty('In this week no trigger is due, and nobody has asked for a run.'));
    } else {
      fill(room, el('div', {class: 'calendar ' + kind, role: 'list'}, days.map(day => cell(day, by.get(day) || [], kind === 'month' ? IN_MONTH : IN_WEEK, now, today, kind === 'month' && day.slice(0, 7) !== key.slice(0, 7), open))));
    }
  }
  const draw = () => read().catch(refusal => fill(room, empty(refusal.message)));
  const follow = () => { if (narrow.matches && kind !== 'list') { kind = 'list'; draw(); } };
  narrow.addEventListener('change', follow);
  await read();
  const again = calm(2000, () => { if (!over && !document.querySelector('dialog')) draw(); });
  return {changed: again, close: () => { over = true; narrow.removeEventListener('change', follow); }};
}
