/** Prints the figures as one table a workload, each with its ratio to the reference client (rate: higher is better; CPU: lower). */
export function printTable(rows) {
  const workloads = Map.groupBy(rows, ({ suite, workload }) => `${suite}: ${workload}`);
  for (const [title, clients] of workloads) {
    const reference = clients.find((row) => row.reference) ?? clients[0];
    console.log(`\n${title}`);
    const lines = clients.map((row) => [
      row.client,
      `${row.opsPerSecond.toLocaleString('en')}/s`,
      row.mebibytesPerSecond === undefined ? '' : `${row.mebibytesPerSecond.toLocaleString('en')} MiB/s`,
      ratio(row.opsPerSecond, reference.opsPerSecond),
      `${row.cpuSecondsPer1000Ops} ms CPU`,
      ratio(row.cpuSecondsPer1000Ops, reference.cpuSecondsPer1000Ops),
      `${row.peakRssInMiB} MiB`,
      `n=${row.runs}`,
    ]);
    printColumns([['client', 'rate', '', 'x', 'per operation', 'x', 'peak RSS', ''], ...lines]);
  }
}

function ratio(value, reference) {
  return reference ? `${(value / reference).toFixed(2)}x` : '';
}

function printColumns(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) console.log(`  ${line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')}`);
}
