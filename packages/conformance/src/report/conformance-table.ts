import type { Observation, ObservationResult } from './observations.ts';

const MARKS: Readonly<Record<ObservationResult, string>> = { pass: 'yes', fail: '**no**', unsupported: '–' };

/**
 * Renders observations as the page `docs/conformance.md`: per contract, a table of behaviours by client and server, and below
 * it the evidence of every failure.
 */
export function renderConformanceTable(observations: readonly Observation[]): string {
  const contracts = unique(observations.map(({ contract }) => contract));
  const sections = contracts.map((contract) => renderContract(contract, observations.filter((each) => each.contract === contract)));
  return `${[HEADER, ...sections].join('\n\n')}\n`;
}

const HEADER = [
  '# Conformance',
  '',
  'What each client was seen to do on each server, by the contract suites of `@cmx/conformance`. Generated from',
  '`conformance.json`; not edited by hand.',
  '',
  `- ${MARKS.pass}: every case passed`,
  `- ${MARKS.fail}: at least one case failed`,
  `- ${MARKS.unsupported}: no case applies, by the client’s own capability table or for want of a wire to look at`,
].join('\n');

function renderContract(contract: string, observations: readonly Observation[]): string {
  const subjects = unique(observations.map(subjectOf));
  const behaviours = unique(observations.map(({ behaviour }) => behaviour)).toSorted(byNumber);
  const cell = (behaviour: string, subject: string) => {
    const found = observations.find((each) => each.behaviour === behaviour && subjectOf(each) === subject);
    return found ? MARKS[found.result] : '';
  };
  const rows = behaviours.map((behaviour) => row([behaviour, ...subjects.map((subject) => cell(behaviour, subject))]));
  const table = [row(['Behaviour', ...subjects]), row(['---', ...subjects.map(() => '---')]), ...rows, totals(subjects, observations)];
  const failures = observations.filter(({ result }) => result === 'fail').map(({ behaviour, evidence = '', ...each }) => `- ${subjectOf(each)}, ${behaviour}: ${oneLine(evidence)}`);
  const parts = [`## ${contract}`, '', ...table];
  return (failures.length > 0 ? [...parts, '', '### Failures', '', ...failures] : parts).join('\n');
}

function totals(subjects: readonly string[], observations: readonly Observation[]): string {
  const counts = subjects.map((subject) => {
    const own = observations.filter((each) => subjectOf(each) === subject && each.result !== 'unsupported');
    return `${own.filter(({ result }) => result === 'pass').length} of ${own.length}`;
  });
  return row(['**Shown**', ...counts]);
}

function subjectOf({ client, server }: Pick<Observation, 'client' | 'server'>): string {
  return `${client} (${server})`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => oneLine(cell).replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** By the number a behaviour begins with. */
function byNumber(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
