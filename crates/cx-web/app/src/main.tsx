import '#page/style/tokens.css';
import '#page/style/page.css';
import '#page/style/blocks.css';
import '#page/style/cards.css';
import '#page/style/tables.css';
import '#page/style/derivation.css';
import './style/app.css';
import './style/charts.css';
import '#page/style/print.css';
import './style/print.css';
import { render } from 'preact';
import { App } from './app';
import { type Document, SCHEMA_VERSION } from './document';

const root = document.documentElement;

// Until the drawn page is ready nothing is shown, so that the plain one does not flash.
root.classList.add('starting');

async function read(): Promise<Document | null> {
  const text = document.getElementById('data')?.textContent;
  if (text) return JSON.parse(text) as Document;
  if (import.meta.env.DEV) {
    const sample = await import('../fixtures/sample.json');
    return sample.default as unknown as Document;
  }
  return null;
}

async function start(): Promise<void> {
  try {
    const report = await read();
    const place = document.getElementById('app');
    // A page of another version keeps its plain form, which is always right.
    if (!place || report?.schema_version !== SCHEMA_VERSION) return;
    place.replaceChildren();
    render(<App report={report} />, place);
  } finally {
    root.classList.remove('starting');
  }
}

if (document.readyState === 'loading') {
  addEventListener('DOMContentLoaded', () => void start());
} else {
  void start();
}
