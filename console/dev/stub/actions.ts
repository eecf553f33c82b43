const PROGRAM_PARAMETERS = [
  { name: 'directory', type: 'string', required: false, description: 'Where it runs.' },
  { name: 'environment', type: 'map', required: false, description: 'Variables in addition to the usual ones.' },
  { name: 'stdin', type: 'text', required: false, description: 'What it reads from standard input.' },
];

/** The actions of the stub, shaped like the server's. */
export const ACTIONS = [
  {
    name: 'exec',
    title: 'Run a program',
    description: 'Starts a program with its arguments, without a shell in between.',
    class: 'execute',
    parameters: [
      { name: 'argv', type: 'strings', required: true, description: 'The program and its arguments.' },
      ...PROGRAM_PARAMETERS,
    ],
  },
  {
    name: 'shell',
    title: 'Run a shell command',
    description: "Runs a command line in the machine's own shell (sh, or PowerShell on Windows).",
    class: 'execute',
    parameters: [{ name: 'command', type: 'text', required: true, description: '' }, ...PROGRAM_PARAMETERS],
  },
  {
    name: 'machine-summary',
    title: 'Summarise the machine',
    description: 'Asks for system, processors, memory, disks and addresses. Changes nothing.',
    class: 'read',
    parameters: [],
  },
];
