import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MEMORY_NEEDED_GB, DISK_NEEDED_GB } from './doctor.cjs';
import { ROOT } from './layout.cjs';
import { pinnedVersion } from './project-node.cjs';
import { checkJava, checkPython } from './toolchain.cjs';

const read = (name: string) => readFileSync(path.join(ROOT, '.devcontainer', name), 'utf8');
const dockerfile = read('Dockerfile');
const settings = JSON.parse(read('devcontainer.json')) as {
  hostRequirements: { memory: string; storage: string };
  postCreateCommand: string;
  build: { dockerfile: string };
};
const workflow = readFileSync(path.join(ROOT, '.github', 'actions', 'set-up', 'action.yml'), 'utf8');

describe('the devcontainer', () => {
  it('has the Node that package.json pins, from an image pinned by its digest', () => {
    const [, version] = /^FROM node:([\d.]+)-bookworm-slim@sha256:[0-9a-f]{64}$/m.exec(dockerfile) ?? [];
    expect(version).toBe(pinnedVersion('linux', 'x64'));
  });

  it('has the Python with venv and the JDK of CI, which the set-up accepts', () => {
    const [, python] = /\bpython(3\.\d+)-venv\b/.exec(dockerfile) ?? [];
    expect(checkPython(`Python ${python}.0`)).toMatchObject({ good: true });
    expect(workflow).toContain(`python-version: '${python}'`);
    const [, java] = /\bopenjdk-(\d+)-jdk-headless\b/.exec(dockerfile) ?? [];
    expect(checkJava(`openjdk version "${java}"`)).toMatchObject({ good: true });
    expect(workflow).toContain(`java-version: ${java}`);
  });

  it('has the Node of CI', () => {
    expect(workflow).toContain(`node-version: ${pinnedVersion('linux', 'x64')?.split('.')[0]}`);
  });

  it('requires as much memory and disk as the doctor, and sets up the project', () => {
    const gigabytes = (text: string) => Number(/^(\d+)gb$/.exec(text)?.[1]);
    expect(gigabytes(settings.hostRequirements.memory)).toBeGreaterThanOrEqual(MEMORY_NEEDED_GB);
    expect(gigabytes(settings.hostRequirements.storage)).toBeGreaterThanOrEqual(DISK_NEEDED_GB);
    expect(settings.postCreateCommand).toBe('npm run setup');
    expect(settings.build.dockerfile).toBe('Dockerfile');
  });
});
