import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What the Rust side fills in; each stands in the page exactly once. */
export const MARKERS = ['"cx:lang"', 'cx:title', '<!--cx:static-->', '<!--cx:data-->'] as const;

/** A content security policy source that allows exactly this text. */
export function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** Script text that neither ends its element nor opens a comment in it. */
export function inlineScript(code: string): string {
  return code.replaceAll(/<(?=\/script)/gi, '\\x3c').replaceAll(/<(?=!--)/g, '\\x3c').trim();
}

/**
 * The page with its script and style inside, and a policy that allows only them.
 *
 * The script stands in the head: it must run before the first paint, so that a
 * reader never sees the plain page turn into the drawn one.
 */
export function assemble(html: string, code: string, css: string): string {
  const script = inlineScript(code);
  const style = css.trim();
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const bare = html
    .replaceAll(/\s*<script\b[^>]*>[^<]*<\/script>/g, '')
    .replaceAll(/\s*<link\b[^>]*rel="(?:stylesheet|modulepreload)"[^>]*>/g, '');
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<style>${style}</style>`,
    `<script>${script}</script>`,
  ].join('\n');
  const [before, after, ...more] = bare.split('<!--cx:head-->');
  if (after === undefined || more.length > 0) throw new Error('the page needs one <!--cx:head-->');
  const page = before + head + after;
  for (const marker of MARKERS) {
    const times = page.split(marker).length - 1;
    if (times !== 1) throw new Error(`the built page has ${marker} ${times} times instead of once`);
  }
  return page;
}

/** Puts the one script and the one style of a build into its page. */
export function singleFile(): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      let code = '';
      let css = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') code += file.code;
        else if (name.endsWith('.css')) css += String(file.source);
        else continue;
        delete bundle[name];
      }
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('the build made no page');
      page.source = assemble(String(page.source), code, css);
    },
  };
}
