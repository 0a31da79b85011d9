/** The form that starts a run, made from the inputs as the workflow types them. */
import {el, prose} from '/assets/dom.js';
import {post, Refusal} from '/assets/api.js';
import {value} from '/assets/figures.js';
import {note} from '/assets/parts.js';

const HINTS = {duration: '30s, 5m, 1h30m or PT30S', path: 'a path or glob, from the workflow’s folder', list: 'one a line, or a list in JSON', json: 'any value in JSON'};

const starting = input => input.default === undefined || input.default === null ? '' : input.type === 'list' && Array.isArray(input.default) && input.default.every(one => typeof one === 'string') ? input.default.join('\n') : value(input.default);

/** The control for a type, with what the browser itself can check. */
function control(input, id, given) {
  const about = {id, name: input.name, 'aria-describedby': `${id}-about ${id}-problem`, required: input.required && input.type !== 'boolean' && input.type !== 'list'};
  const text = given === undefined ? starting(input) : typeof given === 'string' ? given : value(given);
  if (input.enum && input.enum.length) {
    const empty = input.required && text ? [] : [el('option', {value: ''}, input.required ? 'choose one' : '(none)')];
    return el('select', about, empty, input.enum.map(one => el('option', {value: value(one), selected: value(one) === text}, value(one))));
  }
  switch (input.type) {
    case 'boolean': return el('input', {...about, type: 'checkbox', checked: text === 'true'});
    case 'integer': case 'number': return el('input', {...about, type: 'text', inputmode: input.type === 'integer' ? 'numeric' : 'decimal', value: text});
    case 'date': return el('input', {...about, type: 'date', value: text, min: input.min, max: input.max});
    case 'datetime': return el('input', {...about, type: 'text', value: text, placeholder: '2026-11-27T08:00:00Z'});
    case 'json': case 'list': return el('textarea', {...about, rows: 3, spellcheck: 'false'}, text);
    case 'secret': return el('input', {...about, type: 'password', autocomplete: 'off'});
    default: return el('input', {...about, type: 'text', value: text, spellcheck: 'false', autocomplete: 'off'});
  }
}

const bounds = input => [input.min !== undefined && input.min !== null ? `at least ${value(input.min)}` : '', input.max !== undefined && input.max !== null ? `at most ${value(input.max)}` : '', input.pattern ? `like ${input.pattern}` : '', HINTS[input.type] || ''].filter(Boolean).join(', ');

function field(input, given) {
  const id = 'input-' + input.name;
  return el('div', {class: 'field' + (input.type === 'boolean' ? ' check' : '')},
    el('label', {for: id}, input.name, el('span', {class: 'muted'}, ' ' + input.type + (input.required ? ', required' : ''))),
    control(input, id, given),
    el('p', {class: 'about', id: id + '-about'}, [input.description, bounds(input)].filter(Boolean).join(' · ')),
    el('p', {class: 'problem bad', id: id + '-problem'}));
}

/** What a field says, as JSON; undefined when it is left empty, so that the default holds. */
function read(input, element) {
  const text = element.type === 'checkbox' ? '' : element.value;
  if (input.type === 'boolean' && element.type === 'checkbox') return element.checked;
  if (text.trim() === '' && input.type !== 'string') return undefined;
  if (text === '' && !input.required) return undefined;
  switch (input.type) {
    case 'integer': case 'number': return /^[+-]?\d{1,15}$/.test(text.trim()) || (input.type === 'number' && Number.isFinite(Number(text)) && text.trim().length < 16) ? Number(text) : text.trim();
    case 'boolean': return text === 'true';
    case 'json': return JSON.parse(text);
    case 'list': return text.trim().startsWith('[') ? JSON.parse(text) : text.split('\n').map(one => one.trim()).filter(Boolean);
    default: return text;
  }
}

function mark(form, name, message) {
  const element = form.querySelector(`#input-${CSS.escape(name)}`);
  if (!element) return false;
  element.setAttribute('aria-invalid', 'true');
  form.querySelector(`#input-${CSS.escape(name)}-problem`).textContent = message;
  return true;
}

/** The fields of some inputs; `values()` throws after having marked what cannot be read. */
export function inputFields(inputs, given = {}) {
  const element = el('div', {class: 'fields'}, inputs.map(input => field(input, given[input.name])));
  const clear = () => {
    for (const one of element.querySelectorAll('[aria-invalid]')) one.removeAttribute('aria-invalid');
    for (const one of element.querySelectorAll('.problem')) one.textContent = '';
  };
  const first = () => { const wrong = element.querySelector('[aria-invalid="true"]'); if (wrong) wrong.focus(); };
  return {
    element,
    values() {
      clear();
      const found = {};
      let wrong = false;
      for (const input of inputs) {
        try {
          const one = read(input, element.querySelector(`#input-${CSS.escape(input.name)}`));
          if (one !== undefined) found[input.name] = one;
        } catch (noJson) {
          wrong = mark(element, input.name, 'This is no JSON: ' + noJson.message);
        }
      }
      if (wrong) { first(); throw new Refusal(0, {detail: 'Not all inputs can be read.'}); }
      return found;
    },
    /** Puts what the daemon said at the fields; gives back what belongs to none of them. */
    refuse(refusal) {
      const left = (refusal.problem && refusal.problem.diagnostics || []).filter(one => !(one.input && mark(element, one.input, one.message)));
      first();
      return refusal.problem && refusal.problem.diagnostics && !left.length ? '' : [refusal.message, ...left.map(one => one.message)].join('; ');
    },
  };
}

/** The form of a workflow; leads to the run that it has started. */
export function runForm(workflow, mayStart) {
  const fields = inputFields(workflow.inputs || []);
  const problem = el('p', {class: 'bad', role: 'alert'});
  const go = el('button', {class: 'main', disabled: !mayStart}, 'Start a run');
  let key = crypto.randomUUID();
  const form = el('form', {class: 'run-form', novalidate: true}, problem, (workflow.inputs || []).length ? fields.element : note('This workflow takes no inputs.'),
    el('div', {class: 'buttons'}, go, mayStart ? null : note('Starting a run needs the role operator.')));
  form.addEventListener('input', () => { key = crypto.randomUUID(); });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    problem.textContent = '';
    go.disabled = true;
    try {
      const begun = await post(['workflows', workflow.name, 'runs'], {inputs: fields.values()}, key);
      location.hash = '#/runs/' + encodeURIComponent(begun.run);
    } catch (refusal) {
      problem.replaceChildren(...prose(fields.refuse(refusal) || 'Some inputs do not fit; nothing was started.'));
    } finally {
      go.disabled = false;
    }
  });
  return form;
}
