// The figures of many units: sums that say what they leave out, who is missing or late, this year against the last.
import { ask, el, note, put, Refused, said, start, svg, t } from './common.js';

const wanted = { year: '', form: '', slot: '' };
let units = new Set();  // empty: all
let view = null;

const query = () => {
  const parameters = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''));
  for (const unit of units) parameters.append('unit', unit);
  return parameters;
};
const link = (report) => el('a', { href: `/document?id=${report.id}` }, report.name);

function choice(key, values, name) {
  const node = el('select', { id: key, 'aria-label': t(key), onchange: () => { wanted[key] = node.value; if (key === 'year') { units = new Set(); wanted.form = ''; } load(); } }, values.map((value) => el('option', { value }, name(value))));
  node.value = String(view[key]);
  return node;
}

function unitChoice() {
  return el('details', { class: 'units' }, el('summary', {}, units.size ? t('units_chosen', units.size, view.units.length) : t('units_all', view.units.length)),
    el('div', { class: 'unit-list' }, view.units.map((name) => el('label', {}, el('input', { type: 'checkbox', value: name, checked: units.has(name), onchange: (event) => { if (event.target.checked) units.add(name); else units.delete(name); load(true); } }), ' ', name))));
}

function sumCell(cell) {
  const lacks = cell.excluded.length;
  const text = cell.sum === null ? '' : cell.sum + (cell.unit ? ` ${cell.unit}` : '');
  return el('td', { class: `value${lacks ? ' flagged' : ''}${cell.slot === view.slot ? ' here' : ''}`, rowspan: cell.row_span, colspan: cell.col_span, tabindex: 0, 'data-slot': cell.slot, title: lacks ? t('lacks', lacks) : null,
    onclick: () => { wanted.slot = cell.slot; load(true); }, onkeydown: (event) => { if (event.key === 'Enter') { wanted.slot = cell.slot; load(true); } } }, text, lacks ? el('sup', {}, `−${lacks}`) : null);
}

function tableOf(table) {
  const rows = Array.from({ length: table.rows }, () => el('tr'));
  for (const cell of table.cells) {
    rows[cell.row]?.append(cell.slot === undefined ? el('td', { class: 'label', rowspan: cell.row_span, colspan: cell.col_span }, cell.label) : sumCell(cell));
  }
  return [el('h3', {}, table.caption), el('div', { class: 'wide' }, el('table', { class: 'grid' }, el('tbody', {}, rows)))];
}

// The chosen figure of every unit, the largest first; what is flagged is hatched and not in the sum.
function bars() {
  const all = view.bars.filter((bar) => bar.value !== null || bar.flagged).sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, 40);
  const most = Math.max(1, ...all.map((bar) => Math.abs(bar.value ?? 0)));
  const cell = view.tables.flatMap((table) => table.cells).find((each) => each.slot === view.slot);
  return el('section', { class: 'panel' }, el('h2', {}, view.slot_label), el('p', {}, t('sum_of', cell?.sum ?? '—', cell?.figures ?? 0)),
    cell?.excluded.length ? el('div', { class: 'lacking-list' }, el('b', { class: 'problem' }, t('lacks', cell.excluded.length)), el('ul', {}, cell.excluded.map((report) => el('li', {}, link(report), ` — ${report.review ? t(report.review) : t(report.why)}`)))) : null,
    el('div', { class: 'bars' }, all.map((bar) => [el('span', { class: 'bar-name' }, link(bar)),
      svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', class: 'bar' }, svg('rect', { x: 0, y: 1, height: 8, width: 100 * Math.abs(bar.value ?? 0) / most, class: bar.flagged ? 'flagged' : '' })),
      el('span', { class: bar.flagged ? 'problem' : null }, bar.value ?? '?')])));
}

function deliveries() {
  const all = view.deliveries;
  if (!all) return el('section', { class: 'panel' }, el('h2', {}, t('roster')), el('p', { class: 'small' }, t('no_roster')));
  const missing = all.units.filter((unit) => unit.missing), late = all.units.filter((unit) => unit.late), old = all.units.filter((unit) => unit.old_form);
  const list = (key, kind, some) => el('div', {}, el('h3', {}, el('span', { class: `mark ${some.length ? kind : 'good'}` }, `${t(key)} ${some.length}`)),
    el('ul', { class: 'names', id: `roster-${key}` }, some.map((unit) => el('li', {}, unit.id ? link(unit) : unit.name, unit.received_on ? el('span', { class: 'small' }, ` ${unit.received_on}`) : null))));
  return el('section', { class: 'panel' }, el('h2', {}, t('roster')), el('p', {}, t('roster_count', all.units.length - missing.length, all.units.length)),
    el('div', { class: 'columns' }, list('missing_units', 'bad', missing), list('late', 'warn', late), list('old_form', 'warn', old), list('not_on_roster', 'told', all.not_on_roster)));
}

function lastYear() {
  const differing = view.last_year.filter((unit) => unit.differs.length), without = view.last_year.filter((unit) => !unit.compared);
  return el('section', { class: 'panel', id: 'last-year' }, el('h2', {}, t('against_last_year', view.year - 1)),
    el('p', {}, t('last_year_count', view.last_year.length - without.length, differing.length)),
    el('ul', { class: 'sums' }, differing.map((unit) => el('li', {}, link(unit.report), unit.differs.map((text) => el('div', { class: 'problem' }, text))))));
}

function show() {
  const doubtful = [...view.superseded.map((report) => [report, 'superseded']), ...view.undated.map((report) => [report, 'undated'])];
  put('summary',
    el('section', { class: 'filters' }, choice('year', view.years, String), choice('form', view.forms, (form) => t('form_name', form)), unitChoice(),
      el('a', { class: 'button main', id: 'export', href: `/api/summary.xlsx?${query()}`, download: '' }, t('export_workbook')), el('a', { class: 'button', id: 'export-csv', href: `/api/summary.csv?${query()}`, download: '' }, t('export_tables'))),
    el('p', {}, t('summary_of', view.reports.length, view.year)),
    doubtful.length ? el('ul', { class: 'names' }, doubtful.map(([report, why]) => el('li', {}, link(report), ` — ${t(why)}`))) : null,
    el('div', { class: 'columns wide-first' }, deliveries(), lastYear()),
    el('div', { class: 'columns wide-first' }, el('section', { class: 'panel' }, el('h2', {}, t('sums')), el('p', { class: 'small' }, t('sums_hint')), view.tables.flatMap(tableOf)), bars()));
}

async function load(keepOpen = false) {
  try {
    view = await ask(`/api/summary?${query()}`);
    show();
    if (keepOpen && units.size) document.querySelector('details.units').open = true;
  } catch (error) {
    if (error instanceof Refused && error.status === 400) put('summary', el('p', { class: 'empty' }, t('no_reports'), el('br'), el('span', { class: 'small' }, error.message)));
    else note(said(error), true);
  }
}

await start('summary');
load();
