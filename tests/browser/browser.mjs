// Opens a file in Debian's Chromium, without a network, and keeps every complaint it makes.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A page on a file, without a network, and the list of its faults. */
export async function open(browser, file, { hash = '', ...how }) {
  const found = await watched(browser, `file://${file}`, { ...how, offline: true });
  await found.page.goto(`file://${file}${hash}`);
  if (how.script !== false) await settled(found.page);
  return found;
}

/** A page on a server, and the list of its faults; `path` is where it begins. */
export async function visit(browser, base, { path = '/', ...how }) {
  const found = await watched(browser, base, how);
  await found.page.goto(base + path);
  await settled(found.page);
  return found;
}

/**
 * A page that has gone nowhere yet, and a list that fills with what goes wrong:
 * errors on the console, exceptions, violations of the policy, requests for
 * anything but what lies at the address.
 */
async function watched(browser, address, { width, scheme = 'light', script = true, offline = false }) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    offline,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const own = [address, `blob:${address}`];
    if (!own.some((start) => request.url().startsWith(start))) faults.push(`request: ${request.url().slice(0, 200)}`);
  });
  if (script) {
    await page.exposeFunction('reportViolation', (text) => faults.push(`policy: ${text}`));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
  }
  return { page, faults, close: () => context.close() };
}

/** Two frames: layout observers have spoken and what they caused is drawn. */
export function settled(page) {
  return page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))),
  );
}

/** Names of the rules of accessibility that the page breaks, with the places. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ').slice(0, 300)}`);
}
