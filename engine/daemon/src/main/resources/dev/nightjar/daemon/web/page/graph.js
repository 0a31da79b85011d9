/** Steps and what they read and need, laid out by dagre, drawn as SVG. */
import {el, svg} from '/assets/dom.js';
import {count} from '/assets/figures.js';
import {note, toneOf} from '/assets/parts.js';
import '/assets/dagre.js';

/** More than these make a picture that nobody reads, and a layout that takes long. */
const MOST = 150;
const WIDTH = 184, HEIGHT = 44;
/** Of these units are as many in a rem: the picture grows with the text around it. */
const REM = 14.5;
const cut = (text, room) => text.length > room ? text.slice(0, room - 1) + '…' : text;

/** Steps that belong together: the workflow's own blocks, and those inside a step. */
function blocksOf(nodes, around = '') {
  const found = [];
  for (const [block, some] of Map.groupBy(nodes, node => node.block || 'steps')) {
    found.push({name: [around, around && block === 'steps' ? '' : block].filter(Boolean).join(' '), nodes: some});
    for (const node of some) found.push(...blocksOf(node.children || [], keyOf(node)));
  }
  return found;
}
const keyOf = node => node.path || node.id;

function layout(nodes, edges, direction) {
  const graph = new dagre.graphlib.Graph({multigraph: true}).setGraph({rankdir: direction, nodesep: 18, ranksep: direction === 'LR' ? 44 : 22, marginx: 10, marginy: 10}).setDefaultEdgeLabel(() => ({}));
  nodes.forEach(node => graph.setNode(keyOf(node), {width: WIDTH, height: HEIGHT}));
  edges.forEach((edge, i) => graph.setEdge(edge.from, edge.to, {}, String(i)));
  dagre.layout(graph);
  return graph;
}

/** Through the points that dagre gives, with soft corners. */
function curve(points) {
  let d = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const a = points[i], b = points[i + 1];
    d += `Q${a.x} ${a.y} ${i === points.length - 2 ? b.x : (a.x + b.x) / 2} ${i === points.length - 2 ? b.y : (a.y + b.y) / 2}`;
  }
  return points.length < 3 ? d + `L${points.at(-1).x} ${points.at(-1).y}` : d;
}
function tip(points) {
  const end = points.at(-1), before = points.at(-2);
  const turn = Math.atan2(end.y - before.y, end.x - before.x) * 180 / Math.PI;
  return svg('path', {class: 'tip', d: 'M0 0L-8 -4V4Z', transform: `translate(${end.x} ${end.y}) rotate(${turn.toFixed(1)})`});
}

/** Of a workflow's step none; of a run's step how it went. */
const tone = step => step ? toneOf(step.outcome || (step.spans.length ? 'running' : '')) : 'plain';

function box(node, spot, steps, choose) {
  const step = steps && steps.get(keyOf(node));
  const room = Math.floor((WIDTH - 24) / 7.8);
  const said = step ? (step.outcome || (step.spans && step.spans.length ? 'running' : 'waiting')) : '';
  const act = choose ? {tabindex: 0, role: 'button', on: {click: () => choose(node), keydown: event => move(event, node, choose)}} : {tabindex: 0, role: 'img'};
  return svg('g', {class: 'node ' + tone(steps && (step || {spans: []})), 'data-node': keyOf(node), transform: `translate(${spot.x - WIDTH / 2} ${spot.y - HEIGHT / 2})`,
    'aria-label': `${node.id}, ${node.uses}${node.kind ? ', ' + node.kind : ''}${said ? ', ' + said : ''}`, ...act},
  svg('title', {}, `${node.id} · ${node.uses}${said ? ' · ' + said : ''}`),
  svg('rect', {class: 'shape', width: WIDTH, height: HEIGHT, rx: 7}), svg('rect', {class: 'edge-mark', x: 0, y: 9, width: 4, height: HEIGHT - 18, rx: 2}),
  svg('text', {x: 14, y: 19}, cut(node.id, room)), svg('text', {x: 14, y: 34, class: 'sub'}, cut(node.uses || '', room + 2)));
}

/** Enter chooses; the arrows go from step to step in the order they are written. */
function move(event, node, choose) {
  const by = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    choose(node);
  } else if (by) {
    event.preventDefault();
    const all = [...event.currentTarget.closest('svg').querySelectorAll('[data-node]')];
    const to = all[all.indexOf(event.currentTarget) + by];
    if (to) to.focus();
  }
}

/** A frame around the steps that run together. */
function frames(stages, laid) {
  return stages.map(stage => stage.filter(path => laid.hasNode(path)).map(path => laid.node(path))).filter(spots => spots.length > 1).map(spots => {
    const left = Math.min(...spots.map(spot => spot.x)) - WIDTH / 2 - 8, top = Math.min(...spots.map(spot => spot.y)) - HEIGHT / 2 - 8;
    const right = Math.max(...spots.map(spot => spot.x)) + WIDTH / 2 + 8, bottom = Math.max(...spots.map(spot => spot.y)) + HEIGHT / 2 + 8;
    return svg('rect', {class: 'stage', x: left, y: top, width: right - left, height: bottom - top, rx: 11});
  });
}

function drawBlock(block, whole, width, steps, choose) {
  const nodes = block.nodes.slice(0, MOST), keys = new Set(nodes.map(keyOf));
  const edges = (whole.edges || []).filter(edge => keys.has(edge.from) && keys.has(edge.to));
  let laid = layout(nodes, edges, 'LR');
  if (laid.graph().width / REM > width) laid = layout(nodes, edges, 'TB');
  const size = laid.graph(), w = Math.ceil(size.width) + 10, h = Math.ceil(size.height) + 10;
  const lines = laid.edges().map(name => [edges[+name.name], laid.edge(name).points]);
  return [svg('svg', {style: {width: w / REM + 'rem', height: h / REM + 'rem'}, viewBox: `-5 -5 ${w} ${h}`, role: 'group', 'aria-label': `${block.name}: ` + (edges.slice(0, 50).map(edge => `${edge.to} ${edge.kind === 'records' ? 'reads' : 'needs'} ${edge.from}`).join('; ') || 'steps that need nothing')},
    frames(whole.stages || [], laid), lines.map(([edge, points]) => [svg('path', {class: 'edge' + (edge.kind === 'records' ? '' : ' needs'), d: curve(points)}), tip(points)]),
    nodes.map(node => box(node, laid.node(keyOf(node)), steps, choose))),
  block.nodes.length > MOST ? note(`and ${count(block.nodes.length - MOST)} more steps`) : null];
}

/**
 * The graph of a workflow or a run, drawn for the room it has.
 *
 * @param steps the run's steps by path; null for a workflow
 * @param choose is told of the node that somebody picks
 */
export function drawGraph(graph, steps, choose) {
  const room = el('div', {class: 'graph'});
  const blocks = blocksOf(graph.nodes || []);
  let drawnFor = 0;
  const draw = () => {
    const width = room.clientWidth;
    if (width < 60 || width === drawnFor) return;
    drawnFor = width;
    room.replaceChildren(...blocks.slice(0, 40).map(block => el('div', {class: 'block'}, block.name === 'steps' ? null : el('h3', {}, block.name),
      el('div', {class: 'scroll'}, drawBlock(block, graph, width / parseFloat(getComputedStyle(document.documentElement).fontSize), steps, choose)))));
  };
  new ResizeObserver(draw).observe(room);
  const box = el('div', {}, room, note('A full line: reads the records of. A broken line: comes after. A frame: runs together.'));
  return {element: box, update: now => { steps = now; recolour(room, now); }};
}

/** Without a new layout: nothing moves while a run goes on. */
function recolour(room, steps) {
  for (const node of room.querySelectorAll('[data-node]')) {
    node.setAttribute('class', 'node ' + tone(steps.get(node.dataset.node) || {spans: []}));
  }
}
