/** A workflow's text with line numbers, simple colours, and diagnostics at their lines. */
import {el} from '/assets/dom.js';

const MOST = 5000;
const PIECE = /("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(\$\{\{.*?\}\})|((?:^|\s)#.*$)|(^\s*(?:- )?[A-Za-z_][\w.-]*(?=:(?:\s|$))|(?<=[{,]\s*)[A-Za-z_][\w.-]*(?=:\s))|(\b(?:true|false|null|-?\d+(?:\.\d+)?(?:ms|s|m|h|d|%)?)\b)/g;
const CLASSES = ['y-text', 'y-expression', 'y-comment', 'y-key', 'y-value'];

/** The pieces of a line; whatever is not known is plain. */
function pieces(line) {
  const found = [];
  let at = 0;
  for (const match of line.slice(0, 2000).matchAll(PIECE)) {
    if (match.index > at) found.push(line.slice(at, match.index));
    found.push(el('span', {class: CLASSES[match.slice(1).findIndex(one => one !== undefined)]}, match[0]));
    at = match.index + match[0].length;
  }
  found.push(line.slice(at));
  return found;
}

/** `id` begins the ids of the lines, so that a diagnostic can lead to one. */
export function source(text, diagnostics = [], label = 'The workflow’s text') {
  const at = new Map();
  for (const one of diagnostics) at.set(one.line, (at.get(one.line) || []).concat([one]));
  const lines = text.replace(/\n$/, '').split('\n');
  return el('div', {class: 'source', tabindex: 0, role: 'region', 'aria-label': label, 'data-scroll': 'source'}, el('ol', {}, lines.slice(0, MOST).map((line, i) => {
    const wrong = at.get(i + 1) || [];
    return el('li', {class: wrong.length ? 'wrong' : ''}, el('span', {class: 'text'}, pieces(line)),
      wrong.map(one => el('span', {class: 'said ' + (one.severity === 'error' ? 'bad' : 'warn')}, ' '.repeat(Math.max(0, Math.min(100, (one.column || 1) - 1))) + '^ ' + one.message + (one.hints || []).map(hint => '; ' + hint).join(''))));
  })), lines.length > MOST ? el('p', {class: 'note'}, `and ${lines.length - MOST} more lines`) : null);
}
