// Builds the console for Maven: install, checks, tests, bundle. What has not changed since the last good build is not
// done again: a digest of everything that goes in is kept beside what came out.
//
// node build.mjs [--skip-checks] [--skip-tests]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const OUTPUT = 'target/classes/META-INF/resources/console';
const BUILD_STAMP = 'target/console.stamp';
const INSTALL_STAMP = 'node_modules/.console-install.stamp';
const INSTALL_INPUTS = ['package.json', 'package-lock.json', '.npmrc'];
const NOT_INPUTS = new Set(['node_modules', 'target']);
const OLDEST_NODE = [20, 19];

process.chdir(HERE);
const options = process.argv.slice(2);
const stamp = digest(inputs('.'));

requireNode();
if (isBuilt()) {
  console.log('console: unchanged since the last build');
} else {
  build();
}

/** The same inputs were built, with nothing left out that is wanted now. */
function isBuilt() {
  const [built, ...leftOut] = read(BUILD_STAMP).split(' ');
  return built === stamp && leftOut.every(option => options.includes(option)) && existsSync(join(OUTPUT, 'index.html'));
}

function build() {
  rmSync(BUILD_STAMP, { force: true });
  install();
  if (!options.includes('--skip-checks')) {
    run('tsc', '--noEmit');
    run('prettier', '--check', '--log-level', 'warn', '.');
  }
  if (!options.includes('--skip-tests')) {
    run('vitest', 'run', '--reporter=dot');
  }
  run('vite', 'build', '--logLevel', 'warn');
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, [stamp, ...options].join(' '));
}

/** Packages are installed exactly as locked, and none of them may run a script while that happens. */
function install() {
  const wanted = digest(INSTALL_INPUTS);
  if (read(INSTALL_STAMP) !== wanted) {
    start('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    writeFileSync(INSTALL_STAMP, wanted);
  }
}

function run(tool, ...args) {
  start(process.execPath, [binaryOf(tool), ...args]);
}

/** The script behind a package's command: started with this very Node, on every platform. */
function binaryOf(tool) {
  const packageName = tool === 'tsc' ? 'typescript' : tool;
  const { bin } = JSON.parse(readFileSync(`node_modules/${packageName}/package.json`, 'utf8'));
  return join('node_modules', packageName, typeof bin === 'string' ? bin : bin[tool]);
}

function start(command, args) {
  const windowsNpm = command === 'npm' && process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: windowsNpm });
  if (error || status !== 0) {
    console.error(`console: "${[command, ...args].join(' ')}" failed${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(`console: Node ${process.versions.node} is too old, ${OLDEST_NODE.join('.')} or newer is needed`);
    process.exit(1);
  }
}

function inputs(folder) {
  return readdirSync(folder)
    .filter(name => !(folder === '.' && NOT_INPUTS.has(name)))
    .map(name => join(folder, name))
    .sort()
    .flatMap(path => (statSync(path).isDirectory() ? inputs(path) : [path]));
}

function digest(paths) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const path of paths) {
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
