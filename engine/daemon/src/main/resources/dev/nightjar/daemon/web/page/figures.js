/** Numbers and times as people read them, as on the terminal. */
import {el} from '/assets/dom.js';

export const count = n => Number(n || 0).toLocaleString('en-US');
export const plural = (n, noun) => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
const digits = n => n < 9.995 ? String(+n.toFixed(2)) : n < 99.95 ? String(+n.toFixed(1)) : n.toFixed(0);
export const percent = share => digits(share * 100) + ' %';

/** Of seconds: 320 ms, 4.2 s, 3 min 5 s, 2 h 10 min, 3 d 4 h. */
export function duration(seconds) {
  const s = Math.max(0, seconds || 0);
  if (s < 1) return digits(s * 1000) + ' ms';
  if (s < 59.95) return digits(s) + ' s';
  if (s < 3600) return two(Math.max(60, Math.round(s)), 60, ' min', ' s');
  if (s < 86400) return two(Math.round(s / 60), 60, ' h', ' min');
  return two(Math.round(s / 3600), 24, ' d', ' h');
}
const two = (n, per, large, small) => Math.floor(n / per) + large + (n % per ? ' ' + n % per + small : '');

export function bytes(n) {
  let size = Math.abs(n), unit = 0;
  while (size >= 1023.5 && unit < 6) { size /= 1024; unit++; }
  return (n < 0 ? '−' : '') + digits(size) + ' ' + ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'][unit];
}

/** Records a second. */
export const rate = n => n >= 1e6 ? digits(n / 1e6) + ' M/s' : n >= 1e4 ? digits(n / 1e3) + ' k/s' : digits(n) + '/s';

export const ms = text => Date.parse(text);
export const value = json => typeof json === 'string' ? json : JSON.stringify(json);

/** Line ends and tabs as signs, so that a line stays one. */
export const oneLine = text => text.replace(/[\r\n\t]+/g, ' ⏎ ');

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
let zone = own;

/** The zone that times are shown in: the daemon's, since its triggers are read in it. */
export function useZone(name) {
  try {
    Intl.DateTimeFormat('en-GB', {timeZone: name});
    zone = name;
  } catch (unknownHere) {
    zone = own;
  }
}
export const shownZone = () => zone;
export const ownZone = () => own;

const formats = new Map();
function format(options, inZone) {
  const key = inZone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', {...options, timeZone: inZone}));
  return formats.get(key);
}
const CLOCK = {hour: '2-digit', minute: '2-digit'};
const SECONDS = {...CLOCK, second: '2-digit'};
const DAY = {weekday: 'short', day: 'numeric', month: 'short'};

/** 2026-11-27, as the shown zone has it. */
export const dayKey = at => format({year: 'numeric', month: '2-digit', day: '2-digit'}, zone).format(at).split('/').reverse().join('-');
export const dayName = at => format(DAY, zone).format(at);
export const monthName = at => format({month: 'long', year: 'numeric'}, zone).format(at);
export const clock = at => format(SECONDS, zone).format(at);
export const hourMinute = at => format(CLOCK, zone).format(at);
export const clockMillis = at => clock(at) + '.' + String(((at % 1000) + 1000) % 1000).padStart(3, '0');
export const dayAndClock = at => `${format({day: 'numeric', month: 'short', year: 'numeric'}, zone).format(at)}, ${clock(at)}`;

/** The offset of the shown zone at some time, in milliseconds. */
export function offsetAt(at) {
  const parts = Object.fromEntries(format({year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23'}, zone)
    .formatToParts(at).map(part => [part.type, +part.value]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(at / 1000) * 1000;
}

/** What the reader's own clocks said, where they say something else. */
function hint(at) {
  const here = format({...DAY, ...SECONDS}, own).format(at);
  const there = format({...DAY, ...SECONDS}, zone).format(at);
  return new Date(at).toISOString() + (here === there ? '' : `; ${here} in ${own}, this device’s zone`);
}

/** A time; the day is left out when it is today. */
export function time(text, full) {
  const at = ms(text);
  const today = dayKey(Date.now()) === dayKey(at);
  return el('time', {datetime: text, title: hint(at)}, full ? dayAndClock(at) : today ? clock(at) : `${dayName(at)}, ${hourMinute(at)}`);
}

/** How far away a time is: in 3 min, 2 h ago. */
export function away(text, now = Date.now()) {
  const seconds = (ms(text) - now) / 1000, far = Math.abs(seconds);
  const words = far < 1 ? 'now' : far < 60 ? Math.round(far) + ' s' : far < 5400 ? Math.round(far / 60) + ' min' : far < 129600 ? Math.round(far / 3600) + ' h' : Math.round(far / 86400) + ' d';
  return far < 1 ? words : seconds > 0 ? 'in ' + words : words + ' ago';
}
