/** Who may import whom: docs/architecture.md says why. */
module.exports = {
  forbidden: [
    {
      name: 'core-imports-only-core',
      comment: 'core is pure: no SDK, no driver, no clock, no node builtin',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'notes-and-db-import-core-and-packages',
      severity: 'error',
      from: { path: '^src/(notes|db)/' },
      to: { path: '^src/', pathNot: '^src/(core|$1)/' },
    },
    {
      name: 'jobs-import-core-and-packages',
      comment: 'the store never sees the jobs: the composition root gives it what adds them',
      severity: 'error',
      from: { path: '^src/jobs/' },
      to: { path: '^src/', pathNot: '^src/(core|jobs)/' },
    },
    {
      name: 'markup-imports-only-packages',
      severity: 'error',
      from: { path: '^src/markup/' },
      to: { path: '^src/', pathNot: '^src/markup/' },
    },
    {
      name: 'ops-imports-core-and-packages',
      comment: 'what is counted and told comes in as functions',
      severity: 'error',
      from: { path: '^src/ops/' },
      to: { path: '^src/', pathNot: '^src/(core|ops)/' },
    },
    {
      name: 'adapter-imports-core-markup-and-its-sdk',
      comment: 'an adapter never sees the database, the jobs or another adapter',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/', pathNot: '^src/(core|markup|adapters/$1)/' },
    },
    {
      name: 'nothing-imports-the-composition-root',
      severity: 'error',
      from: { path: '^src/(core|notes|db|markup|ops|jobs|adapters)/' },
      to: { path: '^src/app/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      comment: 'mdast is types only: there is no module behind the name',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^mdast$' },
    },
    {
      name: 'production-code-imports-no-dev-dependency',
      comment: 'uniorg is types only',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/(uniorg|@types)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
    },
  },
}
