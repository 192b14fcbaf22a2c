// What all pages share. Text from documents enters the page through text nodes only: nothing here parses HTML.
import { strings } from './strings.js';

const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };

export const language = remembered('language') === 'en' ? 'en' : 'zh';
let session = { csrf: '', signed_in: true };

export function t(key, ...values) {
  const text = strings[language][key] ?? strings.zh[key] ?? key;
  return text.replace(/\{(\d)\}/g, (_, n) => values[n] ?? '');
}

// el('p', { class: 'x', onclick: f }, 'text', child): strings become text nodes.
export function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}
export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}
function fill(node, properties, children) {
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
  return node;
}

export function put(id, ...children) {
  const node = document.getElementById(id);
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

export function note(text, bad = false) {
  const shown = el('div', { class: bad ? 'note bad' : 'note', role: 'status' }, text);
  document.body.append(shown);
  setTimeout(() => shown.remove(), 4000);
}

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.reason || answer.error);
    this.status = status;
    this.word = answer.error;
  }
}

export function said(error) {
  if (!(error instanceof Refused)) return t('broken');
  const known = strings.zh[`error_${error.word}`];
  return known ? t(`error_${error.word}`) + (error.message !== error.word ? ` (${error.message})` : '') : t('error_other', error.message);
}

// Why a file was not read: in Chinese what its sentence, its limit or its kind is called; the daemon's English otherwise.
export function failureWords({ reason, limit, kind, page }) {
  const words = strings[language];
  const why = words.reasons?.[reason] ?? words[`limit_${limit}`] ?? words[`failed_${kind}`] ?? reason;
  return page ? `${t('page', page)}${t('colon')}${why}` : why;
}

export async function ask(path, options = {}) {
  const response = await fetch(path, { credentials: 'same-origin', ...options });
  const answer = await response.json().catch(() => ({ error: String(response.status) }));
  if (response.ok) return answer;
  if (response.status === 401 && answer.error === 'sign_in') {
    await signIn();
    return ask(path, options.headers ? { ...options, headers: { ...options.headers, 'X-Biaod-Csrf': session.csrf } } : options);
  }
  throw new Refused(response.status, answer);
}

export const tell = (path, body) => ask(path, {
  method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'X-Biaod-Csrf': session.csrf },
});

export const send = (path, file) => ask(path, {
  method: 'PUT', body: file, headers: { 'Content-Type': 'application/octet-stream', 'X-Biaod-Csrf': session.csrf },
});

// Asks one question; resolves to the text, or null when it was cancelled.
function question(title, type, check) {
  return new Promise((resolve) => {
    const input = el('input', { type, required: true, autocomplete: 'off', maxlength: 90 });
    const problem = el('span', { class: 'problem' });
    const close = (value) => { dialog.close(); dialog.remove(); resolve(value); };
    const form = el('form', { onsubmit: async (event) => {
      event.preventDefault();
      const wrong = check ? await check(input.value) : null;
      if (wrong) { problem.textContent = wrong; input.select(); } else close(input.value);
    } }, el('h2', {}, title), input, problem, el('button', { class: 'main' }, t('save')));
    const dialog = el('dialog', { oncancel: (event) => { event.preventDefault(); close(null); } }, form);
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}

let signingIn = null;
function signIn() {
  signingIn ??= question(t('token_ask'), 'password', async (token) => {
    try { await tell('/api/sign-in', { token }); } catch { return t('token'); }
    return null;
  }).then(async (token) => {
    signingIn = null;
    if (token === null) throw new Refused(401, { error: 'sign_in' });
    session = await ask('/api/session');
  });
  return signingIn;
}

export async function reviewer() {
  const known = remembered('reviewer');
  if (known) return known;
  const name = (await question(t('who_ask'), 'text'))?.trim();
  if (name) { remember('reviewer', name); bar(); }
  return name || null;
}

let place = '';
function bar() {
  const link = (to, key) => el('a', { href: to, class: place === key ? 'here' : null }, t(key));
  put('bar', el('span', { class: 'name' }, '表 biaod'), link('/', 'documents'), link('/summary', 'summary'), el('span', { class: 'right' },
    el('button', { id: 'who', onclick: () => { remember('reviewer', ''); reviewer(); } }, `${t('who')}: ${remembered('reviewer') || '—'}`),
    el('button', { id: 'language', onclick: () => { remember('language', language === 'zh' ? 'en' : 'zh'); location.reload(); } }, t('other_language'))));
}

// Fills in what the HTML leaves to the dictionary, asks who we are, and says so above.
export async function start(here) {
  place = here;
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  bar();
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll('[data-placeholder]')) node.placeholder = t(node.dataset.placeholder);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', t(node.dataset.label));
  session = await ask('/api/session');
  if (!session.signed_in) await signIn();
}

export const localTime = (text) => new Date(text).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'short', timeStyle: 'short' });
