// The pages as delivered, with the recovered grid drawn over them. Places are in PDF points of the page.
import { el, put, svg, t } from './common.js';

let rects = new Map();  // field → rectangles
let pages = new Map();  // number → { node, svg, page }
let spot = null;    // the ring around what is chosen
let passed = null;  // and around what the pointer is over
let glass = null;  // the enlarged cell beside the pointer
let drawnFor = '';

export const pictureOf = (path, number) => `${path}/pages/${number}.jpg`;

function rect(bbox, properties) {
  return svg('rect', { x: bbox[0], y: bbox[1], width: Math.max(0, bbox[2] - bbox[0]), height: Math.max(0, bbox[3] - bbox[1]), ...properties });
}

function paint(view, { classOf, choose, glance, leave }) {
  rects = new Map();
  spot = passed = null;
  for (const { svg: layer } of pages.values()) layer.replaceChildren();
  for (const table of view.record.tables) {
    for (const cell of table.cells) {
      const field = view.fieldOfCell.get(`${table.id} ${cell.row} ${cell.col}`);
      for (const box of cell.boxes) {
        const what = { table: table.id, cell };
        const node = rect(box.bbox, { class: `cell ${classOf(field)}`.trim(), 'data-field': field, onclick: () => choose(what), onmouseenter: (event) => glance(event, what, box), onmouseleave: leave });
        pages.get(box.page)?.svg.append(node);
        if (field) rects.set(field, [...(rects.get(field) ?? []), node]);
      }
    }
  }
}

// The pictures are fetched once: a correction draws the grid anew, not the page.
// `hands`: { classOf, choose, glance, leave }, what cells look like and what they do.
export function drawPages(view, path, hands) {
  if (drawnFor !== path) {
    drawnFor = path;
    pages = new Map();
    put('pages', view.record.pages.map((page) => {
      const layer = svg('svg', { viewBox: `0 0 ${page.width} ${page.height}`, preserveAspectRatio: 'none' });
      const image = el('img', { src: pictureOf(path, page.number), alt: t('page', page.number), loading: pages.size < 2 ? null : 'lazy', onerror: () => { image.replaceWith(el('p', { class: 'lacking' }, t('no_picture'))); } });
      const node = el('div', { class: 'page' }, image, layer, el('span', { class: 'number' }, t('page', page.number)));
      node.style.aspectRatio = `${page.width} / ${page.height}`;
      pages.set(page.number, { node, svg: layer, page });
      return node;
    }));
  }
  paint(view, hands);
}

function ring(place, kind, scroll) {
  const on = place && pages.get(place.page);
  if (!on) return null;
  const node = rect(place.bbox, { class: `cell ${kind}`, 'pointer-events': 'none' });
  on.svg.append(node);
  if (scroll) reveal(place, on);
  return node;
}

function reveal(place, on) {
  const paper = document.getElementById('pages');
  const top = on.node.offsetTop - paper.offsetTop + (place.bbox[1] / on.page.height) * on.node.clientHeight;
  const outside = top < paper.scrollTop + 40 || top > paper.scrollTop + paper.clientHeight - 80;
  if (outside) paper.scrollTo({ top: top - paper.clientHeight / 2 });
}

export function showPlace(place, scroll) {
  spot?.remove();
  spot = ring(place, 'here', scroll);
}

export function showPassing(place, scroll) {
  passed?.remove();
  passed = ring(place, 'there', scroll);
}

export function mark(field, summed) {
  for (const nodes of rects.values()) for (const node of nodes) node.classList.remove('summed');
  for (const other of summed) for (const node of rects.get(other) ?? []) if (other !== field) node.classList.add('summed');
}

// The crop of a cell that the pointer is over, beside `node`, within the window.
export function showGlass(picture, node) {
  hideGlass();
  if (!picture) return;
  glass = el('div', { class: 'glass' }, picture);
  document.body.append(glass);
  const over = node.getBoundingClientRect(), { width, height } = glass.getBoundingClientRect(), gap = 8;
  const above = over.bottom + gap + height > innerHeight;
  glass.style.left = `${Math.max(gap, Math.min(over.left, innerWidth - width - gap))}px`;
  glass.style.top = `${Math.max(gap, above ? over.top - gap - height : over.bottom + gap)}px`;
}

export function hideGlass() {
  glass?.remove();
  glass = null;
}

export function clear() {
  showPlace(null, false);
  mark(null, []);
}

// The cell, enlarged out of the page's own picture, with a little of what surrounds it.
export function crop(path, page, bbox) {
  if (!page) return null;
  const height = Math.max(bbox[3] - bbox[1], 8), width = Math.max(bbox[2] - bbox[0], 8);
  const margin = Math.min(height, 14) * 0.35;
  const box = [bbox[0] - margin, bbox[1] - margin, width + 2 * margin, height + 2 * margin];
  return svg('svg', { class: 'crop', viewBox: box.join(' '), preserveAspectRatio: 'xMidYMid meet', role: 'img' },
    svg('image', { href: pictureOf(path, page.number), x: 0, y: 0, width: page.width, height: page.height, preserveAspectRatio: 'none' }),
    rect(bbox, { fill: 'none', stroke: '#d40000', 'stroke-width': 0.5, 'stroke-opacity': 0.6 }));
}
