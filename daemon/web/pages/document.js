// One document: its pages with the grid over them on the left; what to review, its picture, the tables on the right.
import { ask, el, language, localTime, note, put, Refused, reviewer, said, start, svg, t, tell } from './common.js';
import { clear, crop, drawPages, hideGlass, mark, showGlass, showPassing, showPlace } from './paper.js';

const id = new URLSearchParams(location.search).get('id') ?? '';
const path = `/api/documents/${encodeURIComponent(id)}`;
const tabs = ['flags', 'tables', 'checks', 'text', 'history'];
const facts = ['issuer', 'year', 'document_number', 'addressee', 'date'];

let view = null;    // what the server said
let chosen = null;  // the field, or the cell without one: { field?, table?, cell?, item? }
let tab = 'flags';
let pointer = '';   // where it entered a cell last

const $ = (name) => document.getElementById(name);
const at = (pointer) => pointer.split('/').slice(1).reduce((value, key) => value?.[key], view.record);
const shown = (value) => (value === null || value === undefined || value === '' ? t('blank') : String(value));
const cellKey = (table, row, col) => `${table} ${row} ${col}`;

function labelOf(field) {
  const known = view.labels[field];
  if (known) return known;
  if (field === '/report') return t('report_lost');
  const last = field.split('/').pop();
  if (field.startsWith('/blocks/')) return t('number_in_text');
  return field.startsWith('/pages/') ? t('page', Number(last) + 1) : facts.includes(last) || ['title', 'form'].includes(last) ? t(last) : field;
}

// Fields that a person settled since the file was read last: the same rule as models/report_readings.hpp.
function settledFields() {
  let fields = [];
  for (const entry of view.record.corrections ?? []) {
    if (entry.action === 'reread') fields = [];
    else if (entry.action === 'undo') fields.pop();
    else fields.push(entry.field);
  }
  return new Set(fields);
}

function index() {
  view.fieldOfCell = new Map();
  for (const [field, from] of Object.entries(view.record.provenance)) view.fieldOfCell.set(cellKey(from.table, from.row, from.col), field);
  view.flagged = new Map(view.record.review.map((item) => [item.field, item]));
  view.settled = settledFields();
  view.summed = new Set(view.sums.flatMap((sum) => sum.fields));
}

function classOf(field) {
  if (!field) return '';
  return [view.flagged.has(field) ? 'flagged' : '', view.settled.has(field) ? 'settled' : ''].join(' ').trim();
}

async function load() {
  view = await ask(path);
  index();
  document.title = `${at('/report')?.issuer ?? view.record.source.name} – biaod`;
  title();
  drawPages(view, path, { classOf, choose, glance, leave });
  if (tab === 'flags' && !view.record.review.length) tab = 'tables';
  tabBar();
  showTab();
}

function title() {
  const report = view.record.report;
  const fact = (key) => {
    const field = `/report/${key}`;
    return el('button', { class: view.flagged.has(field) ? 'flagged' : null, onclick: () => choose({ field }) }, `${t(key)}: ${shown(report[key])}`);
  };
  const status = { complete: 'good', needs_review: 'warn', partial: 'bad' }[view.record.status];
  put('title', el('h1', {}, report?.title ?? view.record.source.name, ' ', el('span', { class: `mark ${status}` }, t(view.record.status))),
    el('div', { class: 'facts' }, report ? facts.map(fact) : null, el('span', { class: 'small', id: 'revision' }, t('revision', view.record.revision)), el('span', { class: 'small' }, view.record.source.name)),
    report || view.record.tables.length ? el('div', { class: 'actions' }, el('a', { class: 'button', id: 'export', href: `${path}/export.xlsx`, download: '' }, t('export_workbook')), el('a', { class: 'button', href: `${path}/export.csv`, download: '' }, t('export_tables'))) : null);
}

function placeOf(what) {
  const from = view.record.provenance[what.field];
  if (from?.page) return { page: from.page, bbox: from.bbox };
  if (what.cell?.boxes.length) return what.cell.boxes[0];
  const item = view.flagged.get(what.field);
  return item?.page ? { page: item.page, bbox: item.bbox } : null;
}

function choose(what, scroll = true) {
  leave();
  if (!what.field && what.cell) what.field = view.fieldOfCell.get(cellKey(what.table, what.cell.row, what.cell.col));
  chosen = what;
  card();
  showPlace(placeOf(what), scroll);
  mark(what.field, what.field ? view.sums.filter((sum) => sum.fields.includes(what.field)).flatMap((sum) => sum.fields) : []);
  for (const node of document.querySelectorAll('.tab .here')) node.classList.remove('here');
  const cell = [...document.querySelectorAll('.grid td, .flags li')].find((node) => (what.field && node.dataset.field === what.field) || (what.cell && node.dataset.cell === cellKey(what.table, what.cell.row, what.cell.col)));
  cell?.classList.add('here');
  if (scroll) cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const cropOf = (place) => place && crop(path, view.record.pages.find((page) => page.number === place.page), place.bbox);

// The pointer is over a cell, on the page or in the tables: its place, its twin on the other side, its crop.
function glance(event, { table, cell }, box) {
  leave();
  const node = event.currentTarget;
  const spot = `${event.screenX} ${event.screenY}`;
  if (!box || spot === pointer) return;  // the page moved below the pointer
  pointer = spot;
  const twin = document.querySelector(`.grid td[data-cell="${CSS.escape(cellKey(table, cell.row, cell.col))}"]`);
  showPassing(box, node === twin);
  twin?.classList.add('there');
  showGlass(cropOf(box), node);
}

function leave() {
  hideGlass();
  showPassing(null);
  for (const node of document.querySelectorAll('.grid .there')) node.classList.remove('there');
}

function keyed(key, name, action, main = false, disabled = false) {
  return el('button', { class: main ? 'main' : null, onclick: action, disabled, 'data-do': name }, t(name), ' ', el('kbd', {}, key));
}

function card() {
  const total = view.record.review.length;
  const node = $('card');
  if (!chosen) {
    node.className = total ? 'card' : 'card clear';
    put('card', el('h2', {}, t(total ? 'review_place' : 'all_clear', 0, total)), el('p', { class: 'reason' }, t('nothing_chosen')), el('div', { class: 'do' }, keyed('U', 'undo', undo, false, !view.undoable)));
    return;
  }
  const { field, cell } = chosen;
  const item = view.flagged.get(field);
  const from = view.record.provenance[field];
  const value = field?.startsWith('/report/') ? at(field) : undefined;
  const printed = from?.printed ?? item?.printed ?? cell?.text;
  const place = placeOf(chosen);
  const mayCorrect = field?.startsWith('/report/') && (view.labels[field] || [...facts, 'title'].includes(field.split('/').pop()));
  const input = el('input', { id: 'value', value: item?.suggested ?? (value === null || value === undefined ? '' : String(value)), maxlength: 160, 'aria-label': t('correct_to') });
  node.className = item ? 'card' : view.settled.has(field) ? 'card told' : 'card clear';
  const number = item ? view.record.review.indexOf(item) + 1 : 0;
  put('card', el('h2', {}, item ? `${t('review_place', number, total)}　` : '', field ? labelOf(field) : shown(cell?.text)),
    item ? el('p', { class: 'reason problem' }, t(item.reason)) : null,
    view.sums.filter((sum) => sum.fields.includes(field)).slice(0, 3).map((sum) => el('p', { class: 'reason' }, sum.text)),
    cropOf(place),
    el('dl', {}, el('dt', {}, t('printed')), el('dd', {}, shown(printed)), value !== undefined ? [el('dt', {}, t('value')), el('dd', { id: 'current' }, shown(value))] : null,
      item?.suggested !== undefined ? [el('dt', {}, t('suggested')), el('dd', {}, shown(item.suggested))] : null),
    mayCorrect ? el('form', { class: 'do', onsubmit: (event) => { event.preventDefault(); correct(input.value); } }, el('label', { for: 'value' }, t('correct_to')), input, el('button', { class: 'main', id: 'save' }, t('save'), ' ', el('kbd', {}, 'Enter'))) : null,
    el('p', {}), el('div', { class: 'do' }, keyed('A', 'accept', accept, Boolean(item), !item), mayCorrect ? keyed('C', 'correct', edit) : null,
      keyed('N', 'next', () => step(1), false, !total), keyed('P', 'previous', () => step(-1), false, !total), keyed('U', 'undo', undo, false, !view.undoable)));
}

function step(by) {
  const { review } = view.record;
  if (!review.length) { chosen = null; card(); return; }
  const now = review.findIndex((item) => item.field === chosen?.field);
  const next = now < 0 ? (by > 0 ? 0 : review.length - 1) : (now + by + review.length) % review.length;
  choose({ field: review[next].field });
}

function edit() { const input = $('value'); input?.focus(); input?.select(); }

// Afterwards the next flagged value is shown: the one that came after this one.
async function change(action, value) {
  const by = await reviewer();
  if (!by) return;
  const { field } = chosen ?? {};
  const after = view.record.review.findIndex((item) => item.field === field);
  try {
    const answer = await tell(`${path}/corrections`, { revision: view.record.revision, action, field: field ?? '', value: value ?? '', by });
    note(t('saved', answer.revision));
  } catch (error) {
    note(error instanceof Refused && error.word === 'stale' ? t('stale') : said(error), true);
    if (!(error instanceof Refused && error.word === 'stale')) return;
  }
  await load();
  const { review } = view.record;
  if (action !== 'undo' && after >= 0 && review.length) choose({ field: review[Math.min(after, review.length - 1)].field });
  else if (field && action !== 'accept') choose({ field });
  else { chosen = null; clear(); card(); }
  $('pages').focus({ preventScroll: true });
}

const accept = () => { if (view.flagged.has(chosen?.field)) change('accept'); };
const correct = (value) => change('correct', value.trim());
const undo = () => { if (view.undoable) change('undo'); };

function tabBar() {
  const count = { flags: view.record.review.length, checks: view.sums.length, history: view.record.corrections?.length ?? 0 };
  put('tabs', tabs.map((name) => el('button', { role: 'tab', id: `tab-${name}`, 'aria-selected': String(tab === name), onclick: () => { tab = name; tabBar(); showTab(); } }, t(name), count[name] ? ` (${count[name]})` : '')));
  put('keys', t('keys'), [['A', 'accept'], ['C', 'correct'], ['N', 'next'], ['P', 'previous'], ['U', 'undo']].map(([key, name]) => [el('kbd', {}, key), ` ${t(name)}　`]));
}

function showTab() { put('tab', { flags: flagsTab, tables: tablesTab, checks: checksTab, text: textTab, history: historyTab }[tab]()); }

function flagsTab() {
  const { review } = view.record;
  if (!review.length) return [el('p', { class: 'good-word' }, t('all_clear'))];
  return [el('ul', { class: 'flags' }, review.map((item) => el('li', { 'data-field': item.field }, el('button', { onclick: () => choose({ field: item.field }) }, labelOf(item.field)),
    el('span', { class: 'mark warn' }, t(item.reason)), el('b', {}, shown(item.printed)))))];
}

function gridOf(table) {
  const rows = Array.from({ length: table.rows }, () => el('tr'));
  for (const cell of table.cells) {
    const field = view.fieldOfCell.get(cellKey(table.id, cell.row, cell.col));
    const value = field && view.settled.has(field) ? at(field) : cell.text;
    const take = (scroll) => choose({ table: table.id, cell }, scroll);
    rows[cell.row]?.append(el('td', {
      class: `${field ? 'value' : ''} ${classOf(field)}`.trim() || null, rowspan: cell.row_span > 1 ? cell.row_span : null, colspan: cell.col_span > 1 ? cell.col_span : null,
      tabindex: field ? 0 : null, 'data-field': field, 'data-cell': cellKey(table.id, cell.row, cell.col),
      onclick: () => take(true), onfocus: () => { if (chosen?.field !== field) take(true); },
      onmouseenter: (event) => glance(event, { table: table.id, cell }, cell.boxes[0]), onmouseleave: leave,
    }, field && view.settled.has(field) ? (value === null ? '' : String(value)) : value));
  }
  return el('table', { class: 'grid' }, el('tbody', {}, rows));
}

const tablesTab = () => view.record.tables.map((table, n) => [el('h3', {}, table.caption ?? t('table', n + 1)), gridOf(table)]).flat();

function checksTab() {
  return [el('h3', {}, t('sums_fail')), view.sums.length ? el('ul', { class: 'sums' }, view.sums.map((sum) => el('li', {}, el('button', { onclick: () => choose({ field: sum.fields[0] }) }, sum.text)))) : el('p', { class: 'good-word' }, t('all_hold')),
    view.remarks.length ? [el('h3', {}, t('other_checks')), el('ul', { class: 'sums' }, view.remarks.map((remark) => el('li', {}, language === 'zh' ? remark.words : remark.detail)))] : null].flat();
}

function textTab() {
  const { report, blocks } = view.record;
  if (report?.sections?.length) return report.sections.map((section) => [el('h3', {}, section.title), el('p', {}, section.text)]).flat();
  return blocks.filter((block) => block.type !== 'table' && block.type !== 'page_number').map((block) => el(['title', 'heading'].includes(block.type) ? 'h3' : 'p', {}, block.text));
}

function historyTab() {
  const entries = [...(view.record.corrections ?? [])].reverse();
  if (!entries.length) return [el('p', {}, t('no_history'))];
  return [el('ul', { class: 'history' }, entries.map((entry) => el('li', {}, el('b', {}, `${t('revision', entry.revision)}　`), entry.action === 'reread' ? '' : `${labelOf(entry.field)}：`, t(`did_${entry.action}`, shown(entry.old), shown(entry.new)), el('div', { class: 'small' }, t('by_at', entry.by, localTime(entry.at))))))];
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
  if (event.target.matches('input, select, textarea')) {
    if (event.key === 'Escape') $('pages').focus({ preventScroll: true });
    return;
  }
  const action = { a: accept, c: edit, n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1), u: undo }[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
}

await start('');
try {
  await load();
  if (view.record.review.length) step(1); else card();
  addEventListener('keydown', onKey);
} catch (error) { put('card', el('p', { class: 'problem' }, said(error))); }
