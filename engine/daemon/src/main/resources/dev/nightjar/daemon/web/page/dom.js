/** Elements. Whatever a run, a file or a plugin said gets into the page as text, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';

function put(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'style') Object.entries(value).forEach(([property, to]) => element.style.setProperty(property, to));
    else if (name === 'on') Object.entries(value).forEach(([event, does]) => element.addEventListener(event, does));
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter(one => one !== null && one !== undefined && one !== '' && one !== false));
  return element;
}

/** An element of HTML. `on` holds listeners, `style` properties; null, false and '' among the children are left out. */
export const el = (tag, attributes, ...children) => put(document.createElement(tag), attributes, children);

/** An element of SVG, likewise. */
export const svg = (tag, attributes, ...children) => put(document.createElementNS(SVG, tag), attributes, children);

/** Text in the face of code. */
export const code = text => el('code', {}, String(text));

/** Text of people, in which what stands between backticks is code. */
export const prose = text => String(text || '').split(/`([^`\n]+)`/).map((part, i) => i % 2 ? code(part) : part);

/** A link inside the page; the path's parts are escaped. */
export const link = (parts, ...children) => el('a', {href: href(...parts)}, ...children);

/** The address of a view. */
export const href = (...parts) => '#/' + parts.map(part => encodeURIComponent(part)).join('/');

/** Replaces what an element holds; the focus stays on what has the same `data-key`. */
export function fill(element, ...children) {
  const focused = document.activeElement;
  const key = element.contains(focused) ? focused.dataset && focused.dataset.key : null;
  const scrolled = new Map([...element.querySelectorAll('[data-scroll]')].map(one => [one.dataset.scroll, [one.scrollTop, one.scrollLeft]]));
  element.replaceChildren(...children.flat(9).filter(one => one));
  for (const one of element.querySelectorAll('[data-scroll]')) {
    const at = scrolled.get(one.dataset.scroll);
    if (at) [one.scrollTop, one.scrollLeft] = at;
  }
  if (key) {
    const again = [...element.querySelectorAll('[data-key]')].find(one => one.dataset.key === key);
    if (again) again.focus({preventScroll: true});
  }
}

/** Tells those who listen rather than look. */
export function say(text) {
  document.getElementById('said').textContent = text;
}

/** Calls at most once in so many milliseconds, and once more at the end. */
export function calm(milliseconds, work) {
  let due = 0;
  return () => {
    if (due) return;
    due = setTimeout(() => { due = 0; work(); }, milliseconds);
  };
}
