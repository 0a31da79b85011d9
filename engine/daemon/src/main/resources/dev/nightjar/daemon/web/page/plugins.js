/** The plugins, and what each of their processors takes, does and gives. */
import {el, fill, calm, code, href, link, prose} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {plural} from '/assets/figures.js';
import {badge, empty, facts, section, table} from '/assets/parts.js';

const preset = option => option.required ? 'required' : option.default !== undefined ? ['default ', code(option.default)] : 'optional';

/** Options as a list, those inside of them further in. */
const optionList = options => el('dl', {class: 'options'}, options.map(option => el('div', {}, el('dt', {}, code(option.name), ' ', el('span', {class: 'muted'}, option.type, ' · ', preset(option))),
  el('dd', {}, el('p', {}, prose(option.doc)), (option.choices || []).filter(one => one.doc).map(one => el('p', {class: 'muted'}, code(one.name), ' ', prose(one.doc))), (option.options || []).length ? optionList(option.options) : null))));

function processor(one) {
  return section('processor-' + one.name.replace(/\W/g, '-'), code(one.name), el('p', {class: 'lead'}, prose(one.summary)),
    facts([['Reads', one.accepts.length ? one.accepts.join(', ') + ' records' : 'no records'], ['Emits', one.emits === 'none' ? 'no records' : one.emits === 'same' ? 'records of the kind it reads' : one.emits + ' records'], one.effect ? ['Effect', one.effect] : null, (one.blocks || []).length ? ['Blocks', one.blocks.map(block => block.name + (block.required ? '' : ' (optional)')).join(', ')] : null]),
    (one.options || []).length ? [el('h3', {}, 'Options'), optionList(one.options)] : el('p', {class: 'muted'}, 'It takes no options.'),
    (one.outputs || []).length ? [el('h3', {}, 'Outputs'), table('Outputs of ' + one.name, ['Output', 'Type', 'What it is'], one.outputs.map(output => [code(output.name), output.type, prose(output.summary)]), ['', '', 'wide'])] : null);
}

function list(all) {
  const wrong = all.problems || [];
  return [el('h1', {}, 'Plugins'), wrong.length ? section('problems', 'Problems', wrong.map(one => el('p', {}, code(one.jar), ' ', one.message))) : null,
    all.items.length ? el('div', {class: 'cards'}, all.items.map(plugin => el('section', {class: 'card', 'aria-label': plugin.id}, el('h2', {}, link(['plugins', plugin.id], plugin.id), el('span', {class: 'muted version'}, ' ' + plugin.version)),
      el('ul', {class: 'names'}, (plugin.processors || []).map(one => el('li', {}, el('a', {href: href('plugins', plugin.id) + '?processor=' + encodeURIComponent(one.name)}, code(one.name)), one.summary ? el('span', {class: 'muted'}, ' ', prose(one.summary)) : null)))))) : empty('There is no plugin. A jar that is put into the folder of plugins appears here within two seconds.')];
}

export async function show(page) {
  const id = page.parts[0];
  let over = false;
  page.title(id ? 'Plugin ' + id : 'Plugins');
  async function read() {
    const found = await get(id ? ['plugins', id] : ['plugins']);
    if (over) return;
    if (!id) {
      fill(page.room, list(found));
      return;
    }
    const all = found.processors || [];
    fill(page.room, el('div', {class: 'view-head'}, el('div', {class: 'title'}, el('h1', {}, found.id), badge(found.version)), found.description ? el('p', {class: 'lead'}, prose(found.description)) : null, facts([found.jar ? ['Jar', code(found.jar)] : null, found.sha256 ? ['SHA-256', code(found.sha256)] : null, ['Processors', plural(all.length, 'processor')]])),
      el('div', {class: 'reference'}, el('nav', {'aria-label': 'Processors'}, all.map(one => el('a', {href: href('plugins', id) + '?processor=' + encodeURIComponent(one.name)}, one.name))), el('div', {}, all.map(processor))));
    const wanted = page.query.get('processor');
    const to = wanted && document.getElementById('processor-' + wanted.replace(/\W/g, '-'));
    if (to) to.scrollIntoView();
  }
  await read();
  const again = calm(500, () => { if (!over) read().catch(() => {}); });
  return {changed: type => { if (type === 'plugins' || type === 'all') again(); }, close: () => { over = true; }};
}
