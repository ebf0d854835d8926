import { requirementEntries, splitRequirements } from './split-requirements.cjs';

const ALL = `attrs==1 \\
    --hash=sha256:aa
click==2 ; python_full_version < '3.11' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
click==3 ; python_full_version >= '3.11' \\
    --hash=sha256:dd
zope.event==4 \\
    --hash=sha256:ee
`;

describe('requirementEntries', () => {
  it('keeps the lines of an entry together and drops comments', () => {
    const entries = requirementEntries(`# a comment\n${ALL}`);
    expect(entries.map((entry) => entry.name)).toEqual(['attrs', 'click', 'click', 'zope.event']);
    expect(entries[1]?.text).toBe(
      "click==2 ; python_full_version < '3.11' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc",
    );
  });
});

describe('splitRequirements', () => {
  it('puts every entry into exactly one file, as it was resolved together', () => {
    const { part, rest } = splitRequirements(ALL, 'click==2 \\\n    --hash=sha256:bb\n');
    expect(requirementEntries(part).map((entry) => entry.name)).toEqual(['click', 'click']);
    expect(requirementEntries(rest).map((entry) => entry.name)).toEqual(['attrs', 'zope.event']);
    expect(part).toContain('click==3');
  });

  it('refuses a part that was not resolved from the same requirements', () => {
    expect(() => splitRequirements(ALL, 'numpy==1\n')).toThrow(/numpy/);
  });
});
