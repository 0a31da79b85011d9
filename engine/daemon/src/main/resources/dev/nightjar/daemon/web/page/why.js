/** Why a run and its steps went as they did. */
import {el, code, fill, prose} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {clock, ms} from '/assets/figures.js';
import {empty, limited} from '/assets/parts.js';

const STEPS = 300;

const reasons = (all, withTime) => el('ul', {class: 'reasons'}, (all || []).slice(0, 200).map(one => el('li', {}, withTime && one.at ? el('span', {class: 'muted mono'}, clock(ms(one.at)) + ' ') : '', prose(typeof one === 'string' ? one : one.text))));

/** Asked for when it is shown; one step has all its reasons. */
export function why(run) {
  const box = el('div', {});
  const step = el('input', {type: 'search', placeholder: 'One step, and all there is to say of it', 'aria-label': 'Step', list: 'why-steps', maxlength: 300});
  const names = el('datalist', {id: 'why-steps'}, run.steps.slice(0, 500).map(one => el('option', {value: one.step})));
  async function read() {
    const only = step.value.trim();
    const told = await get(['runs', run.run, 'why'], {step: only});
    const [shown, more] = limited(told.steps || [], STEPS, 'steps; name one to see it');
    fill(box, only ? null : reasons(told.reasons), shown.length ? el('dl', {class: 'whys'}, shown.map(one => el('div', {}, el('dt', {}, code(one.step)), el('dd', {}, reasons(one.reasons, only))))) : empty('The events of this run tell of no such step.'), more);
  }
  const ask = () => read().catch(refusal => fill(box, empty(refusal.message)));
  step.addEventListener('change', ask);
  ask();
  return el('div', {}, el('form', {class: 'tools', on: {submit: event => { event.preventDefault(); ask(); }}}, step, names), box);
}
