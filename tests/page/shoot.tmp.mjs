import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';
const [page0, out, scheme, w, h, id] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const ctx = await browser.newContext({ viewport: { width: +w, height: +h }, colorScheme: scheme, isMobile: +w < 500, deviceScaleFactor: 1 });
const page = await ctx.newPage();
await page.goto(pathToFileURL(page0).href); await page.waitForTimeout(500);
if (id && id !== 'top') await page.locator('#' + id).screenshot({ path: out }); else await page.screenshot({ path: out });
await browser.close();
