// A browser for tests: the machine's own Chromium, without a window.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';

function program() {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = places.find(place => place && existsSync(place));
  if (!found) {
    throw new Error('no Chromium found: install it (Debian: apt install chromium) or say where it is in CHROMIUM');
  }
  return found;
}

// launch leaves signals to the test: whoever ends it early should leave no server and no kernel behind.
export function launch() {
  return chromium.launch({
    executablePath: program(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}
