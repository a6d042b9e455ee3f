import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { assemble, inlineScript } from './single-file';

const page = `<!doctype html>
<html lang="cx:lang"><head><title>cx:title</title><!--cx:head-->
<script type="module" crossorigin src="./assets/index.js"></script>
<link rel="stylesheet" crossorigin href="./assets/index.css"></head>
<body><div id="app"><!--cx:static--></div><!--cx:data--></body></html>`;

test('the policy allows the script and the style that stand in the page', () => {
  const built = assemble(page, 'let a = "</script>";\n', 'p { color: red }\n');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(built)?.[1] ?? '';
  for (const tag of ['script', 'style']) {
    const inside = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(built)?.[1] ?? '';
    const digest = createHash('sha256').update(inside).digest('base64');
    expect(policy).toContain(`${tag}-src 'sha256-${digest}'`);
  }
  expect(policy).not.toContain('unsafe');
  expect(built).not.toContain('assets/');
});

test('script text cannot end its element', () => {
  expect(inlineScript('a="</SCRIPT><!--"')).toBe('a="\\x3c/SCRIPT>\\x3c!--"');
});

test('a page without a place for the data is refused', () => {
  expect(() => assemble(page.replace('<!--cx:data-->', ''), 'a', 'b')).toThrow('cx:data');
});
