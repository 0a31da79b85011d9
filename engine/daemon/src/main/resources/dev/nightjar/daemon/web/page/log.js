/**
 * The log of a run. A part of it is in memory, what is in view is in the document; both are replaced by what lies before
 * and behind as one scrolls, so a million lines cost what a thousand do.
 */
import {el, calm, href} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {clockMillis, count, ms, oneLine, plural} from '/assets/figures.js';

const PAGE = 1000;
const KEPT = 5000;
/** Events in front of a line that is led to, so that it does not stand at the edge. */
const AROUND = 200;
const LEVELS = ['error', 'warn', 'info', 'debug', 'trace'];
const TONES = {error: 'bad', warn: 'warn', debug: 'muted', trace: 'muted'};
/** Larger than the number of any event. */
export const END = 2 ** 36;
/** So many requests look for so many lines before it is said that there may be more. */
const PATIENCE = 10, ENOUGH = 100;

export class Log {
  constructor(id, total) {
    this.id = id;
    this.lines = [];
    this.before = null;
    this.after = 0;
    this.more = false;
    this.last = 0;
    this.height = 22;
    this.chosen = -1;
    this.busy = false;
    this.turn = 0;
    this.text = el('input', {type: 'search', placeholder: 'Find in the log', 'aria-label': 'Find in the log', maxlength: 200});
    this.level = el('select', {'aria-label': 'Level'}, LEVELS.map((name, i) => el('option', {value: i === 4 ? '' : name}, i === 4 ? 'all levels' : i === 0 ? 'errors' : name + ' and above')));
    this.level.value = '';
    this.step = el('input', {type: 'search', placeholder: 'Step', 'aria-label': 'Step', class: 'short', maxlength: 300, list: 'log-steps'});
    this.steps = el('datalist', {id: 'log-steps'});
    this.follow = el('input', {type: 'checkbox', id: 'follow'});
    this.said = el('span', {class: 'muted', role: 'status'});
    this.filler = el('div', {});
    this.list = el('ol', {});
    this.view = el('div', {class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Log lines; arrow keys choose one, Home and End lead to the first and the last'}, this.filler, this.list);
    this.one = el('div', {class: 'one', hidden: true, 'aria-live': 'polite'});
    this.element = el('div', {}, el('div', {class: 'tools log-tools'}, this.text, this.step, this.steps, this.level, el('label', {class: 'switch'}, this.follow, 'Follow'),
      el('button', {type: 'button', on: {click: () => this.load({after: 0})}}, 'First'), el('button', {type: 'button', on: {click: () => this.load({before: END})}}, 'Last'), this.said), this.view, this.one);
    this.total(total);
    const filter = calm(250, () => this.load(this.follow.checked ? {before: END} : {after: 0}));
    this.text.addEventListener('input', filter);
    this.step.addEventListener('input', filter);
    this.level.addEventListener('change', filter);
    this.follow.addEventListener('change', () => { if (this.follow.checked) this.load({before: END}); });
    this.view.addEventListener('scroll', () => this.scrolled(), {passive: true});
    this.view.addEventListener('keydown', event => this.key(event));
    new ResizeObserver(() => { this.draw(); if (this.follow.checked) this.toEnd(); this.draw(); }).observe(this.view);
  }

  total(n) {
    this.all = n;
    this.tell();
  }
  tell() {
    // What is told of a step's end is a line, too, and not counted.
    const all = Math.max(this.all, this.filtered() ? 0 : this.lines.length);
    this.view.style.height = `min(60vh, 34rem, ${Math.max(8, all + 1) * this.height}px)`;
    this.said.textContent = this.filtered() ? `${count(this.lines.length)}${this.more || this.before !== null ? ' or more' : ''} found of ${plural(all, 'line')}` : plural(all, 'line');
  }
  filtered() { return this.text.value || this.step.value || this.level.value; }
  knows(steps) {
    this.steps.replaceChildren(...steps.slice(0, 300).map(name => el('option', {value: name})));
  }

  /** Few lines may be like what is looked for, and one request looks at some events only: then it is repeated. */
  async ask(where, mine) {
    const found = [];
    let page, at = where;
    for (let asked = 0; asked < PATIENCE; asked++) {
      page = await get(['runs', this.id, 'logs'], {...at, limit: PAGE, step: this.step.value.trim(), level: this.level.value, text: this.text.value});
      if (mine !== this.turn) return null;
      found[where.before ? 'unshift' : 'push'](...page.items);
      if (found.length >= ENOUGH || (where.before ? page.previous === null : !page.more)) break;
      at = where.before ? {before: page.previous} : {after: page.next};
    }
    return {...page, items: found};
  }

  /** Does one thing at a time; what was begun before the log is looked at anew is forgotten. */
  async alone(work) {
    const mine = this.turn;
    this.busy = true;
    try {
      await work(mine);
    } catch (refusal) {
      this.said.textContent = refusal.message;
    } finally {
      if (mine === this.turn) this.busy = false;
    }
  }

  /** Forgets what is there and begins anew: behind a number, or with the last lines before one. */
  load(where) {
    this.turn++;
    return this.alone(async mine => {
      const page = await this.ask(where, mine);
      if (!page) return;
      this.lines = page.items;
      this.before = page.previous;
      this.after = where.before ? page.items.at(-1)?.n ?? 0 : page.next;
      this.more = !where.before && page.more;
      this.chosen = -1;
      this.one.hidden = true;
      this.grow();
      this.draw();
      if (where.before) this.toEnd();
      else this.view.scrollTop = 0;
      this.draw();
      this.tell();
    });
  }

  /** Begins near a line, marks it and puts the reader there; beside it when the event of this number is no line. */
  async leadTo(n) {
    await this.load({after: Math.max(0, n - 1 - AROUND)});
    const at = this.lines.findIndex(line => line.n >= n);
    if (at < 0) return;
    this.view.scrollIntoView({block: 'center'});
    this.view.focus({preventScroll: true});
    if (this.lines[at].n === n) this.choose(at);
    this.view.scrollTop = (at + 0.5) * this.height - this.view.clientHeight / 2;
    this.draw();
  }

  /** What lies behind the lines in memory; those at the other end make room. */
  further() {
    if (this.busy) return;
    this.alone(async mine => {
      const page = await this.ask({after: this.after}, mine);
      if (!page) return;
      if (this.follow.checked && page.more) {
        // Nobody can read so fast: the end is what is followed.
        this.load({before: END});
        return;
      }
      this.lines = this.lines.concat(page.items);
      this.after = page.next;
      this.more = page.more;
      const dropped = Math.max(0, this.lines.length - KEPT);
      if (dropped) {
        this.lines = this.lines.slice(dropped);
        this.before = this.lines[0].n;
        this.chosen -= dropped;
      }
      const top = this.view.scrollTop - dropped * this.height;
      this.grow();
      if (this.follow.checked) this.toEnd();
      else if (dropped) this.view.scrollTop = top;
      this.draw();
      this.tell();
    });
  }

  earlier() {
    if (this.busy || this.before === null) return;
    this.alone(async mine => {
      const page = await this.ask({before: this.before}, mine);
      if (!page) return;
      this.lines = page.items.concat(this.lines);
      this.before = page.previous;
      this.chosen += this.chosen < 0 ? 0 : page.items.length;
      const top = this.view.scrollTop + page.items.length * this.height;
      if (this.lines.length > KEPT) {
        this.lines = this.lines.slice(0, KEPT);
        this.after = this.lines.at(-1).n;
        this.more = true;
      }
      this.grow();
      this.view.scrollTop = top;
      this.draw();
      this.tell();
    });
  }

  /** There is something new in the run. */
  arrived() {
    if (this.follow.checked || !this.lines.length) this.further();
    else this.more = true;
  }

  scrolled() {
    this.draw();
    const left = this.view.scrollHeight - this.view.scrollTop - this.view.clientHeight;
    if (left > 3 * this.height && this.view.scrollTop < this.last) this.follow.checked = false;
    this.last = this.view.scrollTop;
    if (this.view.scrollTop < 40 * this.height) this.earlier();
    if (left < 40 * this.height && this.more) this.further();
  }

  toEnd() {
    this.view.scrollTop = this.view.scrollHeight;
    this.last = this.view.scrollTop;
  }

  grow() {
    this.filler.style.height = this.lines.length * this.height + 'px';
  }

  draw() {
    const first = Math.max(0, Math.floor(this.view.scrollTop / this.height) - 10);
    const last = Math.min(this.lines.length, first + Math.ceil(this.view.clientHeight / this.height) + 20);
    this.list.style.top = first * this.height + 'px';
    this.list.replaceChildren(...this.lines.slice(first, last).map((line, i) => this.row(line, first + i)));
    const one = this.list.firstChild && this.list.firstChild.getBoundingClientRect().height;
    if (one && Math.abs(one - this.height) > 0.1) {
      this.height = one;
      this.grow();
    }
    if (!this.lines.length) this.list.replaceChildren(el('li', {class: 'muted'}, this.filtered() ? 'Nothing in the log is like this.' : 'Nothing has been logged.'));
  }

  row(line, i) {
    return el('li', {class: i === this.chosen ? 'on' : '', on: {click: () => this.choose(i)}}, el('span', {class: 't'}, clockMillis(ms(line.at))), el('span', {class: 'l ' + (TONES[line.level] || '')}, line.level),
      line.step ? el('span', {class: 's'}, line.step.slice(0, 80)) : null, el('span', {}, oneLine((line.message || '').slice(0, 400))));
  }

  choose(i) {
    this.chosen = Math.max(0, Math.min(this.lines.length - 1, i));
    const line = this.lines[this.chosen];
    if (!line) return;
    this.follow.checked = false;
    this.one.hidden = false;
    this.one.replaceChildren(el('p', {class: 'muted'}, `${line.at} ${line.level} ${line.step || ''} `, el('a', {href: href('runs', this.id) + '?line=' + line.n}, 'Link to this line')), el('pre', {}, line.message || ''), ...(line.data ? [el('pre', {class: 'muted'}, JSON.stringify(line.data, null, 2))] : []));
    const top = this.chosen * this.height;
    if (top < this.view.scrollTop) this.view.scrollTop = top;
    if (top + this.height > this.view.scrollTop + this.view.clientHeight) this.view.scrollTop = top + this.height - this.view.clientHeight;
    this.draw();
  }

  key(event) {
    const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (by) {
      event.preventDefault();
      this.choose(this.chosen < 0 ? Math.floor(this.view.scrollTop / this.height) : this.chosen + by);
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      this.follow.checked = false;
      this.load(event.key === 'Home' ? {after: 0} : {before: END});
    }
  }
}
