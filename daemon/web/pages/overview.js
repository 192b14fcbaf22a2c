// The list of documents: filters, live progress, uploads. The journal filters, sorts and cuts; this only shows.
import { ask, el, failureWords, localTime, note, put, said, send, start, t, tell } from './common.js';

const perPage = 50;
const wanted = { state: '', search: '', year: '', form: '', order: 'changed', direction: 'down', offset: 0 };
const columns = ['unit', 'year', 'form', 'state', 'flags', 'file', 'changed'];
const orderOf = { file: 'name' };
let running = new Map();
let stamp = '';
let turn = 0;

const $ = (id) => document.getElementById(id);

function stateMark(row) {
  if (row.state === 'done') {
    const kind = { complete: 'good', needs_review: 'warn', partial: 'bad' }[row.status] ?? '';
    return el('span', { class: `mark ${kind}` }, t(row.status ?? 'done'));
  }
  const pages = running.get(row.job);
  if (row.state === 'running' && pages?.total) {
    return el('span', {}, el('progress', { max: pages.total, value: pages.done }), ` ${t('pages_done', pages.done, pages.total)}`);
  }
  return el('span', { class: `mark ${{ failed: 'bad', running: 'told' }[row.state] ?? ''}` }, t(row.state));
}

function rowOf(row) {
  const to = row.revision ? `/document?id=${row.id}` : null;
  const name = row.unit ?? row.title ?? (row.revision ? t('untitled') : row.name);
  const retry = row.state === 'failed' && row.job ? el('button', { onclick: (event) => { event.stopPropagation(); again(row); } }, t('retry')) : null;
  return el('tr', { class: to ? 'open' : null, 'data-job': row.job, onclick: to ? () => { location.href = to; } : null },
    el('td', {}, to ? el('a', { href: to }, name) : name, row.labels.length ? el('div', { class: 'small' }, row.labels.join(' / ')) : null),
    el('td', {}, row.year ?? ''),
    el('td', {}, row.form ? t('form_name', row.form) : row.revision ? t('no_form') : ''),
    el('td', {}, stateMark(row), row.state === 'failed' ? el('div', { class: 'small', title: row.error?.reason }, row.error ? failureWords(row.error) : '', ' ', retry) : null),
    el('td', {}, row.flags ? el('span', { class: 'mark warn' }, t('items', row.flags)) : '', ' ', row.failing ? el('span', { class: 'mark bad' }, t('failing', row.failing)) : ''),
    el('td', { class: 'small' }, row.name),
    el('td', { class: 'small' }, localTime(row.changed_at)));
}

async function again(row) {
  try { await tell(`/api/jobs/${row.job}/requeue`, {}); note(t('retried')); } catch (error) { note(said(error), true); }
  load();
}

function heads() {
  put('head', el('tr', {}, columns.map((key) => {
    const order = orderOf[key] ?? key;
    const arrow = wanted.order === order ? (wanted.direction === 'down' ? ' ▾' : ' ▴') : '';
    return el('th', {}, el('button', { onclick: () => {
      wanted.direction = wanted.order === order && wanted.direction === 'up' ? 'down' : wanted.order === order ? 'up' : (order === 'changed' || order === 'flags' ? 'down' : 'up');
      wanted.order = order;
      show();
    } }, t(key) + arrow));
  })));
}

function choices(id, all, values, name) {
  const node = $(id);
  node.replaceChildren(el('option', { value: '' }, t(all)), ...values.map((value) => el('option', { value }, name(value))));
  node.value = wanted[id];
}

async function load() {
  const mine = ++turn;
  try {
    const answer = await ask(`/api/documents?${new URLSearchParams({ ...wanted, count: perPage })}`);
    if (mine !== turn) return;
    heads();
    choices('state', 'all_states', ['waiting', 'running', 'flagged', 'done', 'failed'], t);
    choices('year', 'all_years', answer.years, String);
    choices('form', 'all_forms', answer.forms, (form) => t('form_name', form));
    put('rows', answer.rows.map(rowOf));
    $('empty').hidden = answer.total > 0;
    $('place').textContent = answer.total ? t('place', wanted.offset + 1, Math.min(wanted.offset + perPage, answer.total), answer.total) : '';
    $('before').disabled = wanted.offset === 0;
    $('after').disabled = wanted.offset + perPage >= answer.total;
  } catch (error) { note(said(error), true); }
}

function show() { wanted.offset = 0; load(); }

function counts(answer) {
  put('counts', ['waiting', 'running', 'flagged', 'done', 'failed'].map((state) => el('button', {
    class: `count ${state}${wanted.state === state ? ' here' : ''}`,
    onclick: () => { wanted.state = wanted.state === state ? '' : state; show(); counts(answer); },
  }, el('b', {}, answer[state]), t(state), state === 'waiting' && answer.in_inbox ? el('div', { class: 'small' }, t('in_inbox', answer.in_inbox)) : null)));
}

async function watch() {
  try {
    const answer = await ask('/api/progress');
    running = new Map(answer.documents.map((document) => [document.job, document]));
    counts(answer);
    if (answer.stamp !== stamp || running.size) { stamp = answer.stamp; await load(); }
  } catch (error) { if (!document.hidden) note(said(error), true); }
  setTimeout(watch, 1500);
}

async function upload(files) {
  for (const file of files) {
    const line = el('li', {}, `${t('uploading')} `, file.name);
    $('uploads').append(line);
    try {
      const answer = await send(`/api/upload?${new URLSearchParams({ name: file.name })}`, file);
      line.replaceChildren(el('span', { class: 'good-word' }, `✓ ${t('uploaded')} `), answer.name);
      setTimeout(() => line.remove(), 8000);
    } catch (error) { line.replaceChildren(el('span', { class: 'problem' }, `✗ ${said(error)} `), file.name); }
  }
}

function listen() {
  for (const id of ['state', 'year', 'form']) $(id).addEventListener('change', () => { wanted[id] = $(id).value; show(); });
  let pause = 0;
  $('search').addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(() => { wanted.search = $('search').value.trim(); show(); }, 200); });
  $('before').addEventListener('click', () => { wanted.offset = Math.max(0, wanted.offset - perPage); load(); });
  $('after').addEventListener('click', () => { wanted.offset += perPage; load(); });
  $('files').addEventListener('change', () => { upload([...$('files').files]); $('files').value = ''; });
  const drop = $('drop');
  for (const kind of ['dragenter', 'dragover']) addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add('over'); });
  addEventListener('dragleave', (event) => { if (!event.relatedTarget) drop.classList.remove('over'); });
  addEventListener('drop', (event) => { event.preventDefault(); drop.classList.remove('over'); upload([...event.dataTransfer.files]); });
}

await start('documents');
listen();
watch();
