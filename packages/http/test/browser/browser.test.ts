import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startFaultProxy, type FaultProxy } from '@cmx/conformance';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, testService, type TestServer } from '../servers.ts';
import { BROWSER_CASES } from './cases.ts';

const executablePath = findChromium();
const skipped = executablePath === undefined ? ' (skipped: no Chromium on this machine (set CMX_CHROMIUM))' : '';

// Chromium cannot be had from the npm registry, so it is used where it is installed.
describe.skipIf(executablePath === undefined)(`fetch in headless Chromium${skipped}`, () => {
  let server: TestServer;
  let proxy: FaultProxy;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const script = await bundleForBrowser();
    server = await startServer((request, response) => {
      if (request.url !== '/page') return testService(request, response);
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><link rel="icon" href="data:,"><title>cmx</title>');
    });
    proxy = await startFaultProxy({ target: server.origin });
    browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.goto(`${proxy.url}/page`);
    await page.addScriptTag({ content: script });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.close();
  });

  it.each(BROWSER_CASES)('$name', async ({ name, fault, times }) => {
    proxy.clear();
    if (fault) proxy.use({ fault, ...(times !== undefined && { times }) });
    const reason = await page.evaluate(`cmx.runCase(${JSON.stringify(name)}, location.origin)`);
    expect(reason).toBeUndefined();
  });
});

/** The cases and what they use in one script, as somebody's bundler would make it. */
async function bundleForBrowser(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'cases.ts')],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'cmx',
    conditions: ['@cmx/source'],
    external: ['@opentelemetry/api'],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** The Chromium of this machine: `CMX_CHROMIUM`, or one of the usual names on the path. */
function findChromium(): string | undefined {
  const { CMX_CHROMIUM, PATH = '' } = process.env;
  if (CMX_CHROMIUM) return CMX_CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  return PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}
