/**
 * Server-sent events with the position kept: after a break the stream goes on behind the last event. A page that
 * nobody looks at has no stream open, since a browser has six connections to one host and all its tabs share them.
 */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;

/** The daemon breaks each silence after 15 s; after three of them somebody is gone. */
const SILENCE = 45000;

export class Stream {
  /**
   * @param address given the last position or null, gives the path and query
   * @param listener `event(type, data, id)`, `standing('open' | 'lost' | 'ended' | 'refused')`
   * @param last the type of event behind which none comes; null when there is no such
   * @param position where to begin
   */
  constructor(address, listener, last = null, position = null) {
    this.address = address;
    this.listener = listener;
    this.last = last;
    this.position = position;
    this.wait = FIRST_WAIT;
    this.over = false;
    this.seen = () => document.hidden ? this.pause() : this.resume();
    document.addEventListener('visibilitychange', this.seen);
    if (!document.hidden) this.resume();
  }

  close() {
    this.over = true;
    document.removeEventListener('visibilitychange', this.seen);
    this.pause();
  }

  pause() {
    clearTimeout(this.due);
    this.due = 0;
    if (this.abort) this.abort.abort();
    this.abort = null;
  }

  resume() {
    if (!this.over && !this.abort && !this.due) this.read();
  }

  async read() {
    const abort = this.abort = new AbortController();
    try {
      const answer = await fetch(this.address(this.position), {headers: {Accept: 'text/event-stream'}, signal: abort.signal, cache: 'no-store'});
      if (answer.status === 401) location.reload();
      if (answer.status >= 400 && answer.status < 500) {
        this.over = true;
        this.listener.standing('refused');
        return;
      }
      if (answer.status === 204) {
        this.over = true;
        this.listener.standing('ended');
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.wait = FIRST_WAIT;
      this.listener.standing('open');
      await this.events(answer.body.getReader(), abort);
    } catch (broken) {
      // What broke is said below, and mended.
    }
    if (this.abort !== abort) return;
    this.abort = null;
    if (this.over) {
      this.listener.standing('ended');
      return;
    }
    this.listener.standing('lost');
    this.due = setTimeout(() => { this.due = 0; this.read(); }, this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
  }

  async events(reader, abort) {
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const silent = setTimeout(() => { this.abort === abort && abort.abort(); }, SILENCE);
      const {done, value} = await reader.read().finally(() => clearTimeout(silent));
      if (done) return;
      const blocks = (rest + decoder.decode(value, {stream: true})).split('\n\n');
      rest = blocks.pop();
      blocks.forEach(block => this.block(block));
    }
  }

  block(text) {
    let type = 'message', data = '';
    for (const line of text.split('\n')) {
      if (line.startsWith('id: ')) this.position = line.slice(4);
      else if (line.startsWith('event: ')) type = line.slice(7);
      else if (line.startsWith('data: ')) data += line.slice(6);
    }
    if (!data) return;
    if (type === this.last) this.over = true;
    this.listener.event(type, JSON.parse(data), this.position);
  }
}
