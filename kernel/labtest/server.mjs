// A JupyterLab of its own: in a temporary folder, on loopback, with no settings, trust or
// history of whoever runs the test.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// start copies the tutorial and its samples of the repository at root into a temporary
// folder, and serves that by the JupyterLab of a Python environment; the log goes to logFile.
export async function start(root, venv, logFile) {
  const home = await mkdtemp(path.join(tmpdir(), 'labtest-'));
  const files = path.join(home, 'files');
  const notebooks = path.join(root, 'notebooks');
  await cp(path.join(notebooks, 'ProcessTree.ipynb'), path.join(files, 'ProcessTree.ipynb'));
  await cp(path.join(notebooks, 'samples', 'data'), path.join(files, 'samples', 'data'), { recursive: true });
  const settings = path.join(home, 'settings');
  await quiet(settings);
  const log = createWriteStream(logFile);
  const env = {
    ...process.env,
    PATH: path.join(venv, 'bin') + path.delimiter + process.env.PATH,
    HOME: home,
    JUPYTER_CONFIG_DIR: path.join(home, 'config'),
    JUPYTER_DATA_DIR: path.join(home, 'data'),
    JUPYTER_RUNTIME_DIR: path.join(home, 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: settings,
    JUPYTERLAB_WORKSPACES_DIR: path.join(home, 'workspaces'),
  };
  const child = spawn(path.join(venv, 'bin', 'jupyter-lab'), [
    '--no-browser', '--allow-root', '--expose-app-in-browser', '--JupyterNotebookApp.expose_app_in_browser=True',
    '--ServerApp.ip=127.0.0.1', '--ServerApp.port=0', '--IdentityProvider.token=',
    `--ServerApp.root_dir=${files}`,
  ], {
    cwd: files,
    detached: true, // Ctrl-C is for the test, which then stops the server
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const ended = new Promise(resolve => child.once('exit', resolve));
  async function stop() {
    child.kill('SIGTERM');
    await ended;
    await rm(home, { recursive: true, force: true });
  }
  // jupyter runs another of Jupyter's programs as the server does, to its end.
  async function jupyter(...args) {
    const program = spawn(path.join(venv, 'bin', 'jupyter'), args, { cwd: files, stdio: ['ignore', 'pipe', 'pipe'], env });
    let said = '';
    program.stdout.on('data', text => { said += text; });
    program.stderr.on('data', text => { said += text; });
    const code = await new Promise(resolve => program.once('close', resolve));
    if (code !== 0) {
      throw new Error(`jupyter ${args.join(' ')} = ${code}\n${said}`);
    }
  }
  try {
    return { url: await address(child, path.join(home, 'runtime')), files, stop, jupyter };
  } catch (err) {
    await stop();
    throw new Error(`${err.message}; see ${logFile}`);
  }
}

// quiet keeps JupyterLab from asking whether it may fetch news.
async function quiet(settings) {
  const folder = path.join(settings, '@jupyterlab', 'apputils-extension');
  await mkdir(folder, { recursive: true });
  const values = { fetchNews: 'false', checkForUpdates: false };
  await writeFile(path.join(folder, 'notification.jupyterlab-settings'), JSON.stringify(values));
}

// address waits for the file in which the server tells its port.
async function address(child, runtime) {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    const names = await readdir(runtime).catch(() => []);
    const name = names.find(n => /^jpserver-\d+\.json$/.test(n));
    const text = name ? await readFile(path.join(runtime, name), 'utf8') : '';
    if (text.endsWith('}')) {
      return `http://127.0.0.1:${JSON.parse(text).port}`;
    }
    await sleep(200);
  }
  throw new Error('JupyterLab did not start');
}
