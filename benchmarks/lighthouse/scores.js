// Reads {chromium, pages: [{name, url, cookie}]} and prints a line of JSON for each page and
// device: {name, device, score, wrong}. `wrong` says what keeps it below 100.
import { readFileSync } from 'node:fs'
import { snapshot } from 'lighthouse'
import puppeteer from 'puppeteer-core'

const SCREENS = {
  phone: { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { width: 1440, height: 900 },
}

const { chromium, pages } = JSON.parse(readFileSync(0, 'utf8'))
const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  for (const { name, url, cookie } of pages) {
    for (const device of Object.keys(SCREENS)) {
      console.log(JSON.stringify({ name, device, ...(await look(url, cookie, device)) }))
    }
  }
} finally {
  await browser.close()
}

async function look(url, cookie, device) {
  const context = await browser.createBrowserContext()
  if (cookie) await context.setCookie({ ...cookie, domain: new URL(url).hostname })
  const page = await context.newPage()
  await page.setViewport(SCREENS[device])
  await page.goto(url)
  // Pages that stay live are never quiet, which Lighthouse waits for where it opens them itself.
  const { lhr } = await snapshot(page, {
    flags: {
      onlyCategories: ['accessibility'],
      formFactor: device === 'phone' ? 'mobile' : 'desktop',
      screenEmulation: { disabled: true },
      logLevel: 'error',
    },
  })
  await context.close()
  return judge(url, lhr)
}

function judge(url, lhr) {
  const { score, auditRefs } = lhr.categories.accessibility
  const wrong = auditRefs
    .map((ref) => lhr.audits[ref.id])
    .filter((audit) => audit.score !== null && audit.score < 1)
    .map((audit) => `${audit.title}: ${snippets(audit)}`)
  // Without its session a page is the sign-in page, which would be judged in its place.
  if (lhr.finalDisplayedUrl !== url) wrong.push(`The browser ended at ${lhr.finalDisplayedUrl}`)
  return { score: Math.round((score ?? 0) * 100), wrong }
}

function snippets(audit) {
  return (audit.details?.items ?? []).map((item) => item.node?.snippet ?? '').join(' ')
}
