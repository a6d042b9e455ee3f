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

/**
 * A page on a file, and a list that fills with what goes wrong: errors on the
 * console, exceptions, violations of the policy, requests for anything else.
 */
export async function open(browser, file, { width, scheme = 'light', script = true, hash = '' }) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    offline: true,
  });
  const page = await context.newPage();
  const faults = [];
  const address = `file://${file}`;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) faults.push(`request: ${request.url().slice(0, 200)}`);
  });
  if (script) {
    await page.exposeFunction('reportViolation', (text) => faults.push(`policy: ${text}`));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
  }
  await page.goto(address + hash);
  if (script) await settled(page);
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
