// Opens report pages as their readers do: in light, dark, on a phone, on paper, by keyboard, and without JavaScript.
// Fails on any error, any request beside the file itself, any chart without data, and anything that axe finds inaccessible.
//
//   node check.mjs PAGE... [--shots FOLDER]

import { createRequire } from 'node:module';
import { readFileSync, existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const shotsAt = process.argv.indexOf('--shots');
const shots = shotsAt > 0 ? process.argv[shotsAt + 1] : null;
const files = process.argv.slice(2, shotsAt > 0 ? shotsAt : undefined);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const browser = await chromium.launch({ executablePath, args: flags });

let passed = 0;
let failed = 0;
function claim(holds, what) {
  if (holds) passed += 1;
  else { failed += 1; console.error(`FAILED ${what}`); }
}

// Every chart that is shown has data, marks drawn as SVG, a description and a table.
const chartsOf = page => page.evaluate(() => [...document.querySelectorAll('.chart:not([hidden]) .plot')].map(plot => ({
  id: plot.id, points: Number(plot.dataset.points), marks: plot.querySelectorAll('svg path, svg rect').length,
  label: plot.getAttribute('aria-label').length, wide: plot.querySelector('svg') ? plot.querySelector('svg').getBoundingClientRect().width : 0,
})));

async function opened(file, name, settings, look) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  page.on('console', message => claim(!['error', 'warning'].includes(message.type()), `${name}: console: ${message.text()}`));
  page.on('pageerror', error => claim(false, `${name}: ${error.stack}`));
  page.on('request', request => claim(request.url() === pathToFileURL(file).href || request.url().startsWith('data:'), `${name}: asks for ${request.url()}`));
  await page.goto(pathToFileURL(file).href);
  await page.waitForTimeout(300);
  await look(page, `${basename(file)}, ${name}`);
  if (shots) await page.screenshot({ path: join(shots, `${basename(file, '.html')}-${name}.png`), fullPage: true });
  await context.close();
}

async function everyChart(page, name, least) {
  const charts = await chartsOf(page);
  claim(charts.length >= least, `${name}: only ${charts.length} charts`);
  for (const chart of charts) {
    claim(chart.points > 0, `${name}: ${chart.id} has no data`);
    claim(chart.marks >= Math.min(3, chart.points), `${name}: ${chart.id} has ${chart.marks} marks`);
    claim(chart.label > 30, `${name}: ${chart.id} is not described`);
    claim(chart.wide > 0, `${name}: ${chart.id} is not drawn`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  claim(wide <= 0, `${name}: ${wide} pixels too wide`);
}

async function accessible(page, name) {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  for (const found of violations) claim(false, `${name}: ${found.id}: ${found.help}: ${found.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`);
  claim(violations.length === 0, `${name}: ${violations.length} kinds of faults`);
}

// Every choice of every chooser draws every chart again.
async function everyChoice(page, name) {
  const selects = await page.evaluate(() => [...document.querySelectorAll('select')].filter(select => select.offsetParent).map((select, at) => { select.dataset.at = at; return [...select.options].map(option => option.value); }));
  claim(selects.length >= 3, `${name}: ${selects.length} choosers`);
  for (const [at, values] of selects.entries()) {
    for (const value of values.slice(0, 12)) {
      const select = page.locator(`select[data-at="${at}"]`);
      const has = await select.evaluate((own, wanted) => [...own.options].some(option => option.value === wanted), value);
      if (has && await select.isVisible()) await select.selectOption(value);
      const bare = (await chartsOf(page)).filter(chart => !(chart.points > 0 && chart.marks > 0));
      claim(bare.length === 0, `${name}: ${value} leaves ${bare.map(chart => chart.id)} empty`);
    }
  }
}

async function byKeyboard(page, name) {
  const seen = new Set();
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => { const at = document.activeElement; return at.id || at.tagName; }));
  }
  for (const wanted of ['A', 'BUTTON', 'SUMMARY']) claim(seen.has(wanted) || [...seen].some(id => id === wanted), `${name}: no ${wanted} by Tab`);
  const first = () => page.evaluate(() => document.querySelector('table.sortable tbody').textContent);
  const heading = page.locator('table.sortable th button').nth(1);
  const before = await first();
  await heading.focus();
  await page.keyboard.press('Enter');
  const up = await first();
  await page.keyboard.press('Enter');
  const down = await first();
  const rows = await page.locator('table.sortable tbody tr').count();
  claim(rows < 2 || up !== down || before !== up, `${name}: a heading does not sort`);
  const details = page.locator('.figures summary').first();
  await details.focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(50);
  claim(await page.locator('.figures[open] td').count() > 0, `${name}: the figures of a chart do not open`);
}

for (const path of files) {
  const file = resolve(path);
  await opened(file, 'light', { viewport: { width: 1200, height: 900 } }, async (page, name) => {
    await everyChart(page, name, 4);
    await accessible(page, name);
    await byKeyboard(page, name);
    await everyChoice(page, name);
  });
  await opened(file, 'dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }, async (page, name) => {
    await everyChart(page, name, 4);
    await accessible(page, name);
  });
  await opened(file, 'phone', { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true }, async (page, name) => {
    await everyChart(page, name, 4);
    await everyChoice(page, name);
  });
  await opened(file, 'paper', { viewport: { width: 1000, height: 900 } }, async (page, name) => {
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, ...(shots ? { path: join(shots, `${basename(file, '.html')}.pdf`) } : {}) });
    claim(pdf.length > 30000, `${name}: ${pdf.length} bytes of PDF`);
    await everyChart(page, `${name}, afterwards`, 4);
  });
  await opened(file, 'without-script', { viewport: { width: 1000, height: 900 }, javaScriptEnabled: false }, async (page, name) => {
    const text = await page.locator('body').innerText();
    claim(/In short/.test(text) && /How customers are served/.test(text) && /need JavaScript/.test(text), `${name}: the text is not there`);
    claim(await page.locator('td').count() > 40, `${name}: the tables are not there`);
  });
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
